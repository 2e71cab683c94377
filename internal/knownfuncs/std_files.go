package knownfuncs

// stdFiles describes packages os, io/ioutil and io/fs: functions of a path.
var stdFiles = map[string]Entry{
	// Whole files.
	"os.WriteFile":        {Effects: []Effect{{Op: Truncate, Path: 1, Data: 2}}},
	"io/ioutil.WriteFile": {Effects: []Effect{{Op: Truncate, Path: 1, Data: 2}}},
	"os.ReadFile":         {Effects: []Effect{{Op: Read, Path: 1}}},
	"io/ioutil.ReadFile":  {Effects: []Effect{{Op: Read, Path: 1}}},
	"os.Truncate":         {Effects: []Effect{{Op: Truncate, Path: 1, Size: 2}}},

	// Opening.
	"os.Create":     {Effects: []Effect{{Op: Truncate, Path: 1}}, Opens: true},
	"os.Open":       {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"os.OpenFile":   {Effects: []Effect{{Op: Open, Path: 1, Flag: 2}}, Opens: true},
	"os.OpenInRoot": {Effects: []Effect{{Op: Read, Path: 2, In: 1}}, Opens: true},

	// Temporary files and directories.
	"os.CreateTemp":      {Effects: []Effect{{Op: Temp, Path: 1}}, Place: TempName, Opens: true},
	"io/ioutil.TempFile": {Effects: []Effect{{Op: Temp, Path: 1}}, Place: TempName, Opens: true},
	"os.MkdirTemp":       {Effects: []Effect{{Op: Temp, Path: 1}}, Place: TempName},
	"io/ioutil.TempDir":  {Effects: []Effect{{Op: Temp, Path: 1}}, Place: TempName},

	// Names. Readlink's result is Same: who opens either name opens one file.
	"os.Rename":    {Effects: []Effect{{Op: Rename, Path: 1, Dest: 2}}},
	"os.Link":      {Effects: []Effect{{Op: Link, Path: 1, Dest: 2}}},
	"os.Symlink":   {Effects: []Effect{{Op: Link, Path: 1, Dest: 2}}},
	"os.Readlink":  same,
	"os.Remove":    {Effects: []Effect{{Op: Remove, Path: 1}}},
	"os.RemoveAll": {Effects: []Effect{{Op: RemoveAll, Path: 1}}},

	// Directories.
	"os.Mkdir":          {Effects: []Effect{{Op: Mkdir, Path: 1}}},
	"os.MkdirAll":       {Effects: []Effect{{Op: MkdirAll, Path: 1}}},
	"os.ReadDir":        {Effects: []Effect{{Op: List, Path: 1}}, Shape: Child},
	"io/ioutil.ReadDir": {Effects: []Effect{{Op: List, Path: 1}}, Shape: Child},
	"os.CopyFS":         {Effects: []Effect{{Op: MkdirAll, Path: 1}}}, // creates its files exclusively
	"os.DirFS":          same,                                         // the directory as a file system

	// Metadata.
	"os.Stat":    {Effects: []Effect{{Op: Stat, Path: 1}}},
	"os.Lstat":   {Effects: []Effect{{Op: Stat, Path: 1}}},
	"os.Chmod":   {Effects: []Effect{{Op: Meta, Path: 1}}},
	"os.Chown":   {Effects: []Effect{{Op: Meta, Path: 1}}},
	"os.Lchown":  {Effects: []Effect{{Op: Meta, Path: 1}}},
	"os.Chtimes": {Effects: []Effect{{Op: Meta, Path: 1}}},

	// Processes. What the program does with the names among its arguments is
	// its own affair: they are handed away.
	"os.StartProcess":        {Effects: []Effect{{Op: Exec, Path: 1}, {Op: Exec, Path: 2}}},
	"os/exec.Command":        {Effects: []Effect{{Op: Exec, Path: 1}, {Op: Exec, Path: Rest}}},
	"os/exec.CommandContext": {Effects: []Effect{{Op: Exec, Path: 2}, {Op: Exec, Path: Rest}}},
	"os/exec.LookPath":       {Effects: []Effect{{Op: Exec, Path: 1}}, Shape: Same},

	// Below a root.
	"os.OpenRoot":          same, // the directory as a root
	"(*os.Root).Name":      named,
	"(*os.Root).FS":        named,
	"(*os.Root).Close":     recvCloses,
	"(*os.Root).WriteFile": {Effects: []Effect{{Op: Truncate, Path: 1, In: Recv, Data: 2}}},
	"(*os.Root).ReadFile":  {Effects: []Effect{{Op: Read, Path: 1, In: Recv}}},
	"(*os.Root).Create":    {Effects: []Effect{{Op: Truncate, Path: 1, In: Recv}}, Opens: true},
	"(*os.Root).Open":      {Effects: []Effect{{Op: Read, Path: 1, In: Recv}}, Opens: true},
	"(*os.Root).OpenFile":  {Effects: []Effect{{Op: Open, Path: 1, In: Recv, Flag: 2}}, Opens: true},
	"(*os.Root).OpenRoot":  {Effects: []Effect{{Op: Stat, Path: 1, In: Recv}}},
	"(*os.Root).Rename":    {Effects: []Effect{{Op: Rename, Path: 1, In: Recv, Dest: 2}}},
	"(*os.Root).Link":      {Effects: []Effect{{Op: Link, Path: 1, In: Recv, Dest: 2}}},
	"(*os.Root).Symlink":   {Effects: []Effect{{Op: Link, Path: 1, In: Recv, Dest: 2}}},
	"(*os.Root).Readlink":  same,
	"(*os.Root).Remove":    {Effects: []Effect{{Op: Remove, Path: 1, In: Recv}}},
	"(*os.Root).RemoveAll": {Effects: []Effect{{Op: RemoveAll, Path: 1, In: Recv}}},
	"(*os.Root).Mkdir":     {Effects: []Effect{{Op: Mkdir, Path: 1, In: Recv}}},
	"(*os.Root).MkdirAll":  {Effects: []Effect{{Op: MkdirAll, Path: 1, In: Recv}}},
	"(*os.Root).Stat":      {Effects: []Effect{{Op: Stat, Path: 1, In: Recv}}},
	"(*os.Root).Lstat":     {Effects: []Effect{{Op: Stat, Path: 1, In: Recv}}},
	"(*os.Root).Chmod":     {Effects: []Effect{{Op: Meta, Path: 1, In: Recv}}},
	"(*os.Root).Chown":     {Effects: []Effect{{Op: Meta, Path: 1, In: Recv}}},
	"(*os.Root).Lchown":    {Effects: []Effect{{Op: Meta, Path: 1, In: Recv}}},
	"(*os.Root).Chtimes":   {Effects: []Effect{{Op: Meta, Path: 1, In: Recv}}},

	// In a file system.
	"io/fs.ReadFile":              {Effects: []Effect{{Op: Read, Path: 2, In: 1}}},
	"io/fs.Stat":                  {Effects: []Effect{{Op: Stat, Path: 2, In: 1}}},
	"io/fs.Lstat":                 {Effects: []Effect{{Op: Stat, Path: 2, In: 1}}},
	"io/fs.ReadLink":              {Effects: []Effect{{Op: Stat, Path: 2, In: 1}}},
	"io/fs.ReadDir":               {Effects: []Effect{{Op: List, Path: 2, In: 1}}},
	"io/fs.Glob":                  {Effects: []Effect{{Op: List, Path: 2, In: 1}}},
	"io/fs.WalkDir":               {Effects: []Effect{{Op: List, Path: 2, In: 1}}},
	"(io/fs.FS).Open":             {Effects: []Effect{{Op: Read, Path: 1, In: Recv}}, Opens: true},
	"(io/fs.ReadFileFS).ReadFile": {Effects: []Effect{{Op: Read, Path: 1, In: Recv}}},
	"(io/fs.StatFS).Stat":         {Effects: []Effect{{Op: Stat, Path: 1, In: Recv}}},
	"(io/fs.ReadLinkFS).Lstat":    {Effects: []Effect{{Op: Stat, Path: 1, In: Recv}}},
	"(io/fs.ReadLinkFS).ReadLink": {Effects: []Effect{{Op: Stat, Path: 1, In: Recv}}},
	"(io/fs.ReadDirFS).ReadDir":   {Effects: []Effect{{Op: List, Path: 1, In: Recv}}},
	"(io/fs.GlobFS).Glob":         {Effects: []Effect{{Op: List, Path: 1, In: Recv}}},
	"(net/http.FileSystem).Open":  {Effects: []Effect{{Op: Read, Path: 1, In: Recv}}, Opens: true},
	"(net/http.Dir).Open":         {Effects: []Effect{{Op: Read, Path: 1, In: Recv}}, Opens: true},

	// Walking. The callback gets the names.
	"path/filepath.Glob":    {Effects: []Effect{{Op: List, Path: 1}}, Shape: Child},
	"path/filepath.Walk":    {Effects: []Effect{{Op: List, Path: 1}}, Shape: Child},
	"path/filepath.WalkDir": {Effects: []Effect{{Op: List, Path: 1}}, Shape: Child},
}
