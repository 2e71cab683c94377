package main

import (
	"context"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A record is one thing that happened to the disk: a write, a flush, or a mark that the workload made.
type record struct {
	kind  byte // 'W', 'F' or 'M'
	off   int64
	bytes []byte // what was written, or the mark
}

// A disk is a file in a FUSE file system on which a loop device is put: it logs every write and flush that reaches it.
// It is what dm-log-writes is, without device mapper.
type disk struct {
	fs.Inode
	mu   sync.Mutex
	data []byte
	log  []record
}

// mark notes what the workload is doing, in order with the writes.
func (d *disk) mark(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log = append(d.log, record{kind: 'M', bytes: []byte(text)})
}

func (d *disk) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_DIRECT_IO, 0
}

func (d *disk) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode, out.Size, out.Blocks = syscall.S_IFREG|0o600, uint64(len(d.data)), uint64(len(d.data))/512
	return 0
}

func (d *disk) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := copy(dest, d.data[min(int(off), len(d.data)):])
	return fuse.ReadResultData(dest[:n]), 0
}

func (d *disk) Write(_ context.Context, _ fs.FileHandle, b []byte, off int64) (uint32, syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if off+int64(len(b)) > int64(len(d.data)) {
		return 0, syscall.ENOSPC
	}
	copy(d.data[off:], b)
	d.log = append(d.log, record{'W', off, append([]byte(nil), b...)})
	return uint32(len(b)), 0
}

func (d *disk) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log = append(d.log, record{kind: 'F'})
	return 0
}

// directory holds the disk's file.
type directory struct {
	fs.Inode
	disk *disk
}

func (r *directory) OnAdd(ctx context.Context) {
	r.AddChild("disk", r.NewPersistentInode(ctx, r.disk, fs.StableAttr{Mode: syscall.S_IFREG, Ino: 2}), false)
}

// serve mounts the disk's file in dir.
func (d *disk) serve(dir string) (*fuse.Server, error) {
	return fs.Mount(dir, &directory{disk: d}, &fs.Options{
		MountOptions: fuse.MountOptions{DirectMountStrict: true, FsName: "crashtest", MaxWrite: 1 << 20}})
}
