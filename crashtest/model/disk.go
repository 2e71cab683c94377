package main

import (
	"context"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A disk is a file system of one directory in memory that knows what a power cut cannot take away. Its rules are those
// of POSIX and no more: data is durable after fsync of the file, names after fsync of the directory; what is not may be
// there or not, in any combination.
type disk struct {
	mu      sync.Mutex
	ino     uint64
	durable map[string]*file // the names on the platter
	pending []change         // changes of names since the directory's fsync
	point   func()           // is called after every operation, with mu held
}

// A change is a change of names.
type change func(names map[string]*file)

type directory struct {
	fs.Inode
	disk *disk
}

type file struct {
	fs.Inode
	disk         *disk
	data, synced []byte
	versions     [][]byte // what data has been since the last fsync
	mode         uint32
}

// contents returns what a power cut may leave of the file's data: any version since the fsync, nothing, half, or the
// right size full of zeros.
func (f *file) contents() []string {
	all := []string{string(f.synced)}
	if slices.Equal(f.data, f.synced) {
		return all
	}
	for _, v := range append(f.versions, f.data) {
		all = append(all, string(v), string(v[:len(v)/2]), strings.Repeat("\x00", len(v)))
	}
	return append(all, "")
}

// states returns what the name may have after a power cut now; missing stands for no file.
func (d *disk) states(name string) map[string]bool {
	const missing = "<missing>"
	all := map[string]bool{}
	for subset := range 1 << len(d.pending) {
		names := map[string]*file{}
		for n, f := range d.durable {
			names[n] = f
		}
		for i, do := range d.pending {
			if subset>>i&1 == 1 {
				do(names)
			}
		}
		if names[name] == nil {
			all[missing] = true
			continue
		}
		for _, c := range names[name].contents() {
			all[c] = true
		}
	}
	return all
}

// The operations of the file system.

func (d *directory) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode = syscall.S_IFDIR | 0o755
	return 0
}

func (d *directory) Create(ctx context.Context, name string, _ uint32, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	d.disk.mu.Lock()
	defer d.disk.mu.Unlock()
	d.disk.ino++
	f := &file{disk: d.disk, mode: mode & 0o7777}
	child := d.NewPersistentInode(ctx, f, fs.StableAttr{Mode: syscall.S_IFREG, Ino: d.disk.ino})
	d.disk.change(func(names map[string]*file) { names[name] = f })
	out.Mode = syscall.S_IFREG | f.mode
	return child, nil, fuse.FOPEN_DIRECT_IO, 0
}

func (d *directory) Unlink(_ context.Context, name string) syscall.Errno {
	d.disk.mu.Lock()
	defer d.disk.mu.Unlock()
	d.disk.change(func(names map[string]*file) { delete(names, name) })
	return 0
}

func (d *directory) Rename(_ context.Context, name string, _ fs.InodeEmbedder, to string, _ uint32) syscall.Errno {
	d.disk.mu.Lock()
	defer d.disk.mu.Unlock()
	f := d.GetChild(name).Operations().(*file)
	d.disk.change(func(names map[string]*file) { delete(names, name); names[to] = f })
	return 0
}

// Fsync of the directory makes its names durable.
func (d *directory) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	d.disk.mu.Lock()
	defer d.disk.mu.Unlock()
	for _, do := range d.disk.pending {
		do(d.disk.durable)
	}
	d.disk.pending = nil
	d.disk.point()
	return 0
}

func (d *disk) change(c change) {
	d.pending = append(d.pending, c)
	d.point()
}

func (f *file) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	out.Mode, out.Size, out.Nlink = syscall.S_IFREG|f.mode, uint64(len(f.data)), 1
	return 0
}

func (f *file) Setattr(ctx context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	f.disk.mu.Lock()
	if mode, ok := in.GetMode(); ok {
		f.mode = mode & 0o7777
	}
	if size, ok := in.GetSize(); ok {
		f.set(resize(f.data, int(size)))
	}
	f.disk.mu.Unlock()
	return f.Getattr(ctx, nil, out)
}

func (f *file) Open(_ context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if flags&syscall.O_TRUNC != 0 {
		f.set(nil)
	}
	return nil, fuse.FOPEN_DIRECT_IO, 0
}

func (f *file) Read(_ context.Context, _ fs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	n := copy(dest, f.data[min(int(off), len(f.data)):])
	return fuse.ReadResultData(dest[:n]), 0
}

func (f *file) Write(_ context.Context, _ fs.FileHandle, b []byte, off int64) (uint32, syscall.Errno) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	data := resize(f.data, max(len(f.data), int(off)+len(b)))
	copy(data[off:], b)
	f.set(data)
	return uint32(len(b)), 0
}

// Fsync of a file makes its data durable, not its name.
func (f *file) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	f.synced, f.versions = f.data, nil
	f.disk.point()
	return 0
}

// set changes the data to a slice of its own.
func (f *file) set(data []byte) {
	f.versions = append(f.versions, f.data)
	f.data = data
	f.disk.point()
}

func resize(data []byte, size int) []byte {
	n := make([]byte, size)
	copy(n, data)
	return n
}
