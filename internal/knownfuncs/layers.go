package knownfuncs

// layers describes popular modules outside the standard library. With -modules
// the test checks it against their newest versions.
var layers = []map[string]Entry{
	layerFiles,
	layerSyscalls,
	layerHandles,
	layerOrigins,
	layerHarmless,
}
