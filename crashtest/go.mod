module github.com/nonatomicwrite/nonatomicwrite/crashtest

go 1.25.0

require (
	github.com/nonatomicwrite/nonatomicwrite v0.0.0
	golang.org/x/sys v0.38.0
)

require (
	github.com/google/renameio/v2 v2.0.2
	github.com/hanwen/go-fuse/v2 v2.12.1
	github.com/moby/sys/atomicwriter v0.1.0
	github.com/natefinch/atomic v1.0.1
)

require github.com/moby/sys/sequential v0.6.0 // indirect

replace github.com/nonatomicwrite/nonatomicwrite => ../
