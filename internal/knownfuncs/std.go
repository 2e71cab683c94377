package knownfuncs

// std describes the standard library. Every name in it exists there with a
// signature that fits: std_test.go checks both.
var std = []map[string]Entry{
	stdFiles,
	stdSyscalls,
	stdReaders,
	stdHandles,
	stdCodecs,
	stdPaths,
	stdOrigins,
	stdHarmless,
}
