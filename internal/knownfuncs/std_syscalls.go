package knownfuncs

// stdSyscalls describes package syscall, as it is on Linux or on Windows. A
// descriptor is a handle. A second directory's descriptor (Renameat) is not
// described: in nearly every call it is the first one again.
var stdSyscalls = map[string]Entry{
	// Opening.
	"syscall.Open":    {Effects: []Effect{{Op: Open, Path: 1, Flag: 2}}, Opens: true},
	"syscall.Openat":  {Effects: []Effect{{Op: Open, Path: 2, In: 1, Flag: 3}}, Opens: true},
	"syscall.Creat":   {Effects: []Effect{{Op: Truncate, Path: 1}}, Opens: true},
	"syscall.Mkfifo":  {Effects: []Effect{{Op: Exclusive, Path: 1}}},
	"syscall.Mknod":   {Effects: []Effect{{Op: Exclusive, Path: 1}}},
	"syscall.Mknodat": {Effects: []Effect{{Op: Exclusive, Path: 2, In: 1}}},

	// Names.
	"syscall.Rename":          {Effects: []Effect{{Op: Rename, Path: 1, Dest: 2}}},
	"syscall.Renameat":        {Effects: []Effect{{Op: Rename, Path: 2, In: 1, Dest: 4}}},
	"syscall.MoveFile":        {Effects: []Effect{{Op: Rename, Path: 1, Dest: 2}}},
	"syscall.Link":            {Effects: []Effect{{Op: Link, Path: 1, Dest: 2}}},
	"syscall.Symlink":         {Effects: []Effect{{Op: Link, Path: 1, Dest: 2}}},
	"syscall.CreateHardLink":  {Effects: []Effect{{Op: Link, Path: 2, Dest: 1}}},
	"syscall.Readlink":        {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Unlink":          {Effects: []Effect{{Op: Remove, Path: 1}}},
	"syscall.Unlinkat":        {Effects: []Effect{{Op: Remove, Path: 2, In: 1}}},
	"syscall.DeleteFile":      {Effects: []Effect{{Op: Remove, Path: 1}}},
	"syscall.Rmdir":           {Effects: []Effect{{Op: Remove, Path: 1}}},
	"syscall.RemoveDirectory": {Effects: []Effect{{Op: Remove, Path: 1}}},

	// Directories.
	"syscall.Mkdir":           {Effects: []Effect{{Op: Mkdir, Path: 1}}},
	"syscall.Mkdirat":         {Effects: []Effect{{Op: Mkdir, Path: 2, In: 1}}},
	"syscall.CreateDirectory": {Effects: []Effect{{Op: Mkdir, Path: 1}}},
	"syscall.ReadDirent":      {Effects: []Effect{{Op: List, Path: 1}}},
	"syscall.Getdents":        {Effects: []Effect{{Op: List, Path: 1}}},

	// Metadata.
	"syscall.Stat":                {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Lstat":               {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Fstat":               {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Statfs":              {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Fstatfs":             {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Access":              {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Faccessat":           {Effects: []Effect{{Op: Stat, Path: 2, In: 1}}},
	"syscall.Getxattr":            {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Listxattr":           {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.GetFileAttributes":   {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.GetFileAttributesEx": {Effects: []Effect{{Op: Stat, Path: 1}}},
	"syscall.Chmod":               {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Fchmod":              {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Fchmodat":            {Effects: []Effect{{Op: Meta, Path: 2, In: 1}}},
	"syscall.Chown":               {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Lchown":              {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Fchown":              {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Fchownat":            {Effects: []Effect{{Op: Meta, Path: 2, In: 1}}},
	"syscall.Utime":               {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Utimes":              {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.UtimesNano":          {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Futimes":             {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Setxattr":            {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.Removexattr":         {Effects: []Effect{{Op: Meta, Path: 1}}},
	"syscall.SetFileAttributes":   {Effects: []Effect{{Op: Meta, Path: 1}}},

	// Content.
	"syscall.Truncate":  {Effects: []Effect{{Op: Truncate, Path: 1, Size: 2}}},
	"syscall.Ftruncate": truncs,
	"syscall.Read":      reads,
	"syscall.Pread":     reads,
	"syscall.ReadFile":  reads,
	"syscall.Write":     writes,
	"syscall.Pwrite":    {Handles: []HandleUse{{1, Writes | Seeks}}},
	"syscall.WriteFile": writes,
	"syscall.Sendfile":  {Handles: []HandleUse{{1, Writes}, {2, Reads}}},
	"syscall.Splice":    {Handles: []HandleUse{{1, Reads}, {3, Writes}}},
	"syscall.Mmap":      wraps, // the file as memory
	"syscall.Seek":      seeks,
	"syscall.Dup":       wraps,

	// Locks, durability, the end.
	"syscall.Flock":            locks,
	"syscall.FcntlFlock":       locks,
	"syscall.Fsync":            syncs,
	"syscall.Fdatasync":        syncs,
	"syscall.FlushFileBuffers": syncs,
	"syscall.Close":            closes,
	"syscall.CloseHandle":      closes,

	// Others that use the file.
	"syscall.InotifyAddWatch": {Effects: []Effect{{Op: Watch, Path: 2}}},
	"syscall.Exec":            {Effects: []Effect{{Op: Exec, Path: 1}, {Op: Exec, Path: 2}}},
	"syscall.ForkExec":        {Effects: []Effect{{Op: Exec, Path: 1}, {Op: Exec, Path: 2}}},
	"syscall.StartProcess":    {Effects: []Effect{{Op: Exec, Path: 1}, {Op: Exec, Path: 2}}},

	// Names in the system's form.
	"syscall.BytePtrFromString":   same,
	"syscall.ByteSliceFromString": same,
	"syscall.UTF16PtrFromString":  same,
	"syscall.UTF16FromString":     same,
	"syscall.StringToUTF16Ptr":    same,
	"syscall.StringToUTF16":       same,
	"syscall.UTF16ToString":       same,
	"syscall.FullPath":            same,
}
