module github.com/nonatomicwrite/nonatomicwrite/crashtest

go 1.25.0

require (
	github.com/nonatomicwrite/nonatomicwrite v0.0.0
	golang.org/x/sys v0.38.0
)

require github.com/hanwen/go-fuse/v2 v2.12.1

replace github.com/nonatomicwrite/nonatomicwrite => ../
