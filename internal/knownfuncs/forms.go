package knownfuncs

// The entries that many functions share. Where an argument is not named, it is
// argument 1.
var (
	// harmless opens nothing and hands what it takes to nobody.
	harmless = Entry{Harmless: true}

	// Functions on a writer, reader or handle.
	wraps    = Entry{Handles: []HandleUse{{1, Wraps}}}
	writes   = Entry{Handles: []HandleUse{{1, Writes}}}
	reads    = Entry{Handles: []HandleUse{{1, Reads}}}
	logs     = Entry{Handles: []HandleUse{{1, Logs}}}
	profiles = Entry{Handles: []HandleUse{{1, Profiles}}}
	locks    = Entry{Handles: []HandleUse{{1, Locks}}}
	truncs   = Entry{Handles: []HandleUse{{1, Truncs}}}
	seeks    = Entry{Handles: []HandleUse{{1, Seeks}}}
	syncs    = Entry{Handles: []HandleUse{{1, Syncs}}}
	closes   = Entry{Handles: []HandleUse{{1, Closes}}}
	prints   = Entry{Handles: []HandleUse{{1, Writes}}, Harmless: true} // the operands are content

	// Methods of a writer, reader or handle. Close of an encoder is recvWrites:
	// it writes what is left, and leaves open what it wraps.
	recvWraps  = Entry{Handles: []HandleUse{{Recv, Wraps}}}
	recvWrites = Entry{Handles: []HandleUse{{Recv, Writes}}, Harmless: true}
	recvReads  = Entry{Handles: []HandleUse{{Recv, Reads}}}
	recvSeeks  = Entry{Handles: []HandleUse{{Recv, Seeks}}}
	recvTruncs = Entry{Handles: []HandleUse{{Recv, Truncs}}}
	recvSyncs  = Entry{Handles: []HandleUse{{Recv, Syncs}}}
	recvCloses = Entry{Handles: []HandleUse{{Recv, Closes}}}
	recvLocks  = Entry{Handles: []HandleUse{{Recv, Locks}}}
	readFrom   = Entry{Handles: []HandleUse{{Recv, Writes}, {1, Reads}}}
	writeTo    = Entry{Handles: []HandleUse{{Recv, Reads}, {1, Writes}}}
	recvStat   = Entry{Effects: []Effect{{Op: Stat, Path: Recv}}}
	recvMeta   = Entry{Effects: []Effect{{Op: Meta, Path: Recv}}}
	recvList   = Entry{Effects: []Effect{{Op: List, Path: Recv}}}

	// Path helpers.
	same     = Entry{Shape: Same}
	base     = Entry{Shape: Base}
	parent   = Entry{Shape: Parent}
	joined   = Entry{Shape: Joined}
	trimmed  = Entry{Shape: Trimmed}
	replaced = Entry{Shape: Replaced}
	printed  = Entry{Shape: Printed}
	named    = Entry{Shape: Handled}

	// Origins.
	flagValue = Entry{Place: Flag}
	flagVar   = Entry{Place: Flag, Binds: 1}
	argument  = Entry{Place: Argument}
	unique    = Entry{Place: Unique}
)
