package knownfuncs

// stdReaders describes functions outside packages os and io that read a file by
// its path.
var stdReaders = map[string]Entry{
	// Archives and object files.
	"archive/zip.OpenReader":   {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"debug/buildinfo.ReadFile": {Effects: []Effect{{Op: Read, Path: 1}}},
	"debug/elf.Open":           {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"debug/macho.Open":         {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"debug/macho.OpenFat":      {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"debug/pe.Open":            {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"debug/plan9obj.Open":      {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"plugin.Open":              {Effects: []Effect{{Op: Read, Path: 1}}},

	// Certificates and keys.
	"crypto/tls.LoadX509KeyPair":           {Effects: []Effect{{Op: Read, Path: 1}, {Op: Read, Path: 2}}},
	"net/http.ListenAndServeTLS":           {Effects: []Effect{{Op: Read, Path: 2}, {Op: Read, Path: 3}}},
	"net/http.ServeTLS":                    {Effects: []Effect{{Op: Read, Path: 3}, {Op: Read, Path: 4}}},
	"(*net/http.Server).ListenAndServeTLS": {Effects: []Effect{{Op: Read, Path: 1}, {Op: Read, Path: 2}}},
	"(*net/http.Server).ServeTLS":          {Effects: []Effect{{Op: Read, Path: 2}, {Op: Read, Path: 3}}},

	// Web servers.
	"net/http.ServeFile":   {Effects: []Effect{{Op: Serve, Path: 3}}},
	"net/http.ServeFileFS": {Effects: []Effect{{Op: Serve, Path: 4, In: 3}}},

	// Templates.
	"text/template.ParseFiles":             {Effects: []Effect{{Op: Read, Path: Rest}}},
	"text/template.ParseGlob":              {Effects: []Effect{{Op: Read, Path: 1}}},
	"text/template.ParseFS":                {Effects: []Effect{{Op: Read, Path: Rest, In: 1}}},
	"(*text/template.Template).ParseFiles": {Effects: []Effect{{Op: Read, Path: Rest}}},
	"(*text/template.Template).ParseGlob":  {Effects: []Effect{{Op: Read, Path: 1}}},
	"(*text/template.Template).ParseFS":    {Effects: []Effect{{Op: Read, Path: Rest, In: 1}}},
	"html/template.ParseFiles":             {Effects: []Effect{{Op: Read, Path: Rest}}},
	"html/template.ParseGlob":              {Effects: []Effect{{Op: Read, Path: 1}}},
	"html/template.ParseFS":                {Effects: []Effect{{Op: Read, Path: Rest, In: 1}}},
	"(*html/template.Template).ParseFiles": {Effects: []Effect{{Op: Read, Path: Rest}}},
	"(*html/template.Template).ParseGlob":  {Effects: []Effect{{Op: Read, Path: 1}}},
	"(*html/template.Template).ParseFS":    {Effects: []Effect{{Op: Read, Path: Rest, In: 1}}},

	// Go source.
	"go/parser.ParseFile": {Effects: []Effect{{Op: Read, Path: 2, Data: 3}}},
	"go/parser.ParseDir":  {Effects: []Effect{{Op: List, Path: 2}}},

	// What is compiled into the program is no file on a disk.
	"(embed.FS).Open":     harmless,
	"(embed.FS).ReadFile": harmless,
	"(embed.FS).ReadDir":  harmless,
}
