package atomicfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// otherUser is an ordinary user that owns nothing.
const otherUser = 65534

// TestDifferential does to one tree what os does and to its twin what this package does, and compares the trees and the
// errors. As root it does so once more as an ordinary user. The trees are in os.TempDir. The directory is synced only
// with the names, links and types of file, which may make a difference to that.
func TestDifferential(t *testing.T) {
	diffAs(t, func(t *testing.T) {
		cases, leftOut := 0, 0
		compare := func(rows []diffRow, o Options) {
			for _, c := range rows {
				if !c.possible(t) {
					t.Logf("left out: %s: not on this file system", c.name)
					leftOut++
					continue
				}
				cases++
				for _, w := range diffWriters(o) {
					for _, problem := range c.compare(t, w) {
						t.Errorf("%s %+v %s: %s", w.name, o, c.name, problem)
					}
				}
			}
		}
		compare(differentialRows(), Options{NoDirSync: true})
		compare(shapeRows(), Options{})
		t.Logf("differential: %d cases as uid %d, %d left out, in %s", cases, os.Getuid(), leftOut, os.TempDir())
	})
}

// TestDifferentialSees checks that the comparison finds what is wrong with a writer that only renames.
func TestDifferentialSees(t *testing.T) {
	naive := diffWriters(Options{})[0]
	naive.ours = func(name, data string, perm fs.FileMode) error {
		f, err := os.CreateTemp(filepath.Dir(name), "")
		if err != nil {
			return err
		}
		_, err = f.WriteString(data)
		return errors.Join(err, f.Close(), os.Rename(f.Name(), name))
	}
	caught := 0
	for _, c := range differentialRows() {
		if c.possible(t) && len(c.compare(t, naive)) > 0 {
			caught++
		}
	}
	t.Logf("differential: %d rows show what a plain rename breaks", caught)
	if caught < 100 {
		t.Errorf("only %d rows differ", caught)
	}
}

// diffAs runs the test here, and as another user in a process of its own if this one may change users.
func diffAs(t *testing.T, run func(*testing.T)) {
	t.Helper()
	if uid := os.Getenv("ATOMICFILE_TEST_AS"); uid != "" && uid != fmt.Sprint(os.Getuid()) {
		t.Fatalf("running as %d instead of %s", os.Getuid(), uid)
	}
	run(t)
	if os.Getuid() != 0 {
		return
	}
	dir := testDir(t)
	binary := filepath.Join(dir, "test")
	self, err := os.ReadFile("/proc/self/exe")
	must(t, err, os.WriteFile(binary, self, 0o755), os.Chmod(dir, 0o777))
	cmd := exec.Command(binary, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), "TMPDIR="+dir, fmt.Sprint("ATOMICFILE_TEST_AS=", otherUser))
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: otherUser, Gid: otherUser}}
	out, err := cmd.CombinedOutput()
	t.Logf("as an ordinary user:\n%s", out)
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Errorf("as an ordinary user: %v", err)
	}
}

// A diffWriter writes a file in both ways.
type diffWriter struct {
	name string
	os   func(name, data string, perm fs.FileMode) error
	ours func(name, data string, perm fs.FileMode) error
}

func diffWriters(o Options) []diffWriter {
	return []diffWriter{
		{"WriteFile",
			func(name, data string, perm fs.FileMode) error { return os.WriteFile(name, []byte(data), perm) },
			func(name, data string, perm fs.FileMode) error { return o.WriteFile(name, []byte(data), perm) }},
		{"Create",
			func(name, data string, perm fs.FileMode) error {
				f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, perm)
				if err != nil {
					return err
				}
				_, err = f.WriteString(data)
				return errors.Join(err, f.Close())
			},
			func(name, data string, perm fs.FileMode) error {
				f, err := o.Create(name, perm)
				if err != nil {
					return err
				}
				defer f.Close()
				if _, err = f.WriteString(data); err != nil {
					return err
				}
				return f.Commit()
			}},
	}
}

// A diffRow is one case: what is there before, and the write.
type diffRow struct {
	name  string
	build func(dir string) error // makes the tree
	file  string                 // what is written, relative to the tree
	perm  fs.FileMode
	umask int
	data  string
	price func(before, want tree) // changes what os leaves by the price of replacing; nil for none
}

// diffDir is where the trees are. They have the same path, one after the other, since links have paths in them.
func diffDir() string { return filepath.Join(os.TempDir(), fmt.Sprint("differential", os.Getpid())) }

// possible reports whether the file system has what the tree needs.
func (c diffRow) possible(t *testing.T) bool {
	t.Helper()
	dir := diffDir()
	defer removeTree(t, dir)
	must(t, os.Mkdir(dir, 0o777))
	err := c.build(dir)
	if errors.Is(err, errors.ErrUnsupported) {
		return false
	}
	must(t, err)
	return true
}

// compare returns what differs between the two ways of w.
func (c diffRow) compare(t *testing.T, w diffWriter) (problems []string) {
	t.Helper()
	old := syscall.Umask(c.umask)
	defer syscall.Umask(old)
	dir := diffDir()
	run := func(write func(name, data string, perm fs.FileMode) error) (before, after tree, err error) {
		syscall.Umask(0)
		defer removeTree(t, dir)
		must(t, os.Mkdir(dir, 0o777), c.build(dir))
		before = readTree(t, dir)
		syscall.Umask(c.umask)
		err = write(dir+"/"+c.file, c.data, c.perm)
		return before, readTree(t, dir), err
	}
	_, want, wantErr := run(w.os)
	before, got, gotErr := run(w.ours)
	if c.price != nil {
		c.price(before, want)
	}
	if !maps.Equal(got, want) {
		problems = append(problems, fmt.Sprintf("tree differs\n got %v\nwant %v", got, want))
	}
	if cause(wantErr) != unwrapAll(gotErr) {
		problems = append(problems, fmt.Sprintf("error differs\n got %v\nwant %v", gotErr, wantErr))
	}
	if gotErr != nil {
		var p *fs.PathError
		if !errors.As(gotErr, &p) || p.Path != dir+"/"+c.file {
			problems = append(problems, fmt.Sprintf("%v does not name the path", gotErr))
		}
	}
	return problems
}

func unwrapAll(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// node is what is compared of a file.
type node struct {
	mode     fs.FileMode
	uid, gid uint32
	nlink    uint64
	content  string // or the text of a link
	attrs    string
}

type tree map[string]node

func readTree(t *testing.T, dir string) tree {
	t.Helper()
	got := tree{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrPermission) && got[path].mode.IsDir() {
			return nil // an unreadable directory is in the tree, its files are read by name
		}
		if err != nil {
			return err
		}
		n, err := readNode(path)
		got[strings.TrimPrefix(path, dir)] = n
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrPermission) {
		t.Fatal(err)
	}
	return got
}

func readNode(path string) (node, error) {
	fi, err := os.Lstat(path)
	if err != nil {
		return node{}, err
	}
	st := fi.Sys().(*syscall.Stat_t)
	n := node{mode: fi.Mode(), uid: st.Uid, gid: st.Gid, nlink: uint64(st.Nlink)}
	switch {
	case fi.Mode()&fs.ModeSymlink != 0:
		n.content, err = os.Readlink(path)
	case fi.Mode().IsRegular():
		var b []byte
		if b, err = os.ReadFile(path); errors.Is(err, fs.ErrPermission) {
			n.content, err = "unreadable, size "+fmt.Sprint(fi.Size()), nil
		} else {
			n.content = string(b)
		}
		n.attrs = readAttrs(path)
	}
	return n, err
}

func readAttrs(path string) string {
	list := make([]byte, maxAttr)
	n, err := syscall.Listxattr(path, list)
	if err != nil {
		return ""
	}
	var all []string
	for _, name := range strings.FieldsFunc(string(list[:n]), func(r rune) bool { return r == 0 }) {
		value := make([]byte, maxAttr)
		if n, err := syscall.Getxattr(path, name, value); err == nil {
			all = append(all, fmt.Sprintf("%s=%x", name, value[:n]))
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// differentialRows is every case. Regular files are crossed with modes, umasks, owners and attributes; names, links and
// file types have a row each.
func differentialRows() []diffRow {
	var rows []diffRow
	for _, perm := range []fs.FileMode{0o666, 0o644, 0o600, 0o755, 0, 0o755 | fs.ModeSetuid, 0o666 | fs.ModeDir} {
		for _, umask := range []int{0, 0o022, 0o077} {
			name := fmt.Sprintf("perm %v umask %03o", perm, umask)
			for _, place := range places() {
				rows = append(rows, diffRow{name: "new, " + place.name + ", " + name, build: place.build,
					file: "f", perm: perm, umask: umask, data: "new"})
			}
			for _, mode := range []fs.FileMode{0o600, 0o644, 0o664, 0o640, 0o604, 0o444, 0o200, 0o755, 0} {
				rows = append(rows, diffRow{name: fmt.Sprintf("old %v, %s", mode, name), build: oldFile(mode),
					file: "f", perm: perm, umask: umask, data: "new"})
			}
		}
	}
	for _, place := range places() {
		for _, extra := range extras() {
			for _, mode := range []fs.FileMode{0o600, 0o640, 0o664} {
				rows = append(rows, diffRow{
					name:  fmt.Sprintf("old %v, %s, %s", mode, place.name, extra.name),
					build: join(oldFile(mode), extra.build, place.build), file: "f", perm: 0o666, umask: 0o022, data: "new"})
			}
		}
	}
	return append(rows, shapeRows()...)
}

type builder struct {
	name  string
	build func(dir string) error
}

func join(all ...func(string) error) func(string) error {
	return func(dir string) error {
		for _, build := range all {
			if err := build(dir); err != nil {
				return err
			}
		}
		return nil
	}
}

func nothing(string) error { return nil }

func oldFile(mode fs.FileMode) func(string) error {
	return func(dir string) error {
		return errors.Join(os.WriteFile(dir+"/f", []byte("the old content"), 0o600), os.Chmod(dir+"/f", mode))
	}
}

// places are the kinds of directory that a file is in.
func places() []builder {
	return []builder{
		{"plain directory", nothing},
		{"setgid directory", func(dir string) error {
			if os.Getuid() == 0 {
				if err := os.Chown(dir, 0, 1002); err != nil {
					return err
				}
			}
			return os.Chmod(dir, 0o777|fs.ModeSetgid)
		}},
		{"default ACL", func(dir string) error {
			return setACL(dir, "system.posix_acl_default", []aclEntry{{1, 7, noID}, {2, 6, 1003}, {4, 5, noID}, {16, 7, noID}, {32, 1, noID}})
		}},
	}
}

// extras are what an old file may have beside its mode.
func extras() []builder {
	all := []builder{
		{"nothing else", nothing},
		{"user attribute", attr("user.note", "kept")},
		{"ACL", func(dir string) error {
			return setACL(dir+"/f", accessACL, []aclEntry{{1, 6, noID}, {2, 4, 1003}, {4, 0, noID}, {16, 6, noID}, {32, 0, noID}})
		}},
	}
	if os.Getuid() != 0 {
		return all
	}
	chown := func(uid, gid int) func(string) error {
		return func(dir string) error { return os.Lchown(dir+"/f", uid, gid) }
	}
	return append(all,
		builder{"other owner", chown(1000, 1001)},
		builder{"other owner and ACL", join(all[2].build, chown(1000, 1001))},
		builder{"trusted attribute", attr("trusted.note", "kept")},
		builder{"SELinux label", attr("security.selinux", "system_u:object_r:etc_t:s0\x00")},
		builder{"SMACK label", attr("security.SMACK64", "label")},
		builder{"file capabilities", attr("security.capability", bindCapability)}) // which a write by os removes
}

// bindCapability is cap_net_bind_service=ep as a struct vfs_cap_data (linux/capability.h): revision 2 and the effective
// flag, then what is permitted and inheritable, the lower bits of both before the higher.
const bindCapability = "\x01\x00\x00\x02" + "\x00\x04\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00"

// attr sets an extended attribute of f.
func attr(name, value string) func(string) error {
	return func(dir string) error { return syscall.Setxattr(dir+"/f", name, []byte(value), 0) }
}

// An aclEntry is an entry of a POSIX ACL as it is stored in an attribute (linux/posix_acl_xattr.h).
type aclEntry struct {
	tag, perm uint16
	id        uint32
}

const noID = ^uint32(0)

// setACL sets an ACL, where the file system has ACLs.
func setACL(path, attr string, entries []aclEntry) error {
	b := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint16(b, e.tag)
		b = binary.LittleEndian.AppendUint16(b, e.perm)
		b = binary.LittleEndian.AppendUint32(b, e.id)
	}
	if err := syscall.Setxattr(path, attr, b, 0); err != syscall.EOPNOTSUPP {
		return err
	}
	return nil
}

// shapeRows are the names, links and types of file.
func shapeRows() []diffRow {
	long := strings.Repeat("n", 255)
	link := func(text, name string) func(string) error {
		return func(dir string) error { return os.Symlink(text, dir+"/"+name) }
	}
	mkdir := func(name string, mode fs.FileMode) func(string) error {
		return func(dir string) error {
			return errors.Join(os.Mkdir(dir+"/"+name, 0o700), os.Chmod(dir+"/"+name, mode))
		}
	}
	put := func(name string) func(string) error {
		return func(dir string) error { return os.WriteFile(dir+"/"+name, []byte("old"), 0o640) }
	}
	absolute := func(to, name string) func(string) error {
		return func(dir string) error { return os.Symlink(dir+"/"+to, dir+"/"+name) }
	}
	rows := []diffRow{
		{name: "empty content over old", build: put("f"), file: "f"},
		{name: "trailing slash, new", build: nothing, file: "f/"},
		{name: "trailing slash, file", build: put("f"), file: "f/"},
		{name: "trailing slash, directory", build: mkdir("d", 0o755), file: "d/"},
		{name: "directory", build: mkdir("d", 0o755), file: "d"},
		{name: "dot", build: nothing, file: "."},
		{name: "dot dot", build: mkdir("d", 0o755), file: "d/.."},
		{name: "missing parent", build: nothing, file: "no/f"},
		{name: "file as parent", build: put("p"), file: "p/f"},
		{name: "NUL", build: nothing, file: "a\x00b"},
		{name: "255 bytes, new", build: nothing, file: long},
		{name: "255 bytes, old", build: put(long), file: long},
		{name: "256 bytes", build: nothing, file: long + "n"},
		{name: "path too long", build: nothing, file: strings.Repeat("d/", 2048) + "f"},
		{name: "link", build: join(put("f"), link("f", "l")), file: "l"},
		{name: "absolute link", build: join(put("f"), absolute("f", "l")), file: "l"},
		{name: "chain of links", build: join(put("f"), link("f", "l1"), absolute("l1", "l2"), link("./l2", "l3")), file: "l3"},
		{name: "link to another directory", build: join(mkdir("d", 0o755), put("d/f"), link("d/f", "l")), file: "l"},
		{name: "link in another directory", build: join(mkdir("d", 0o755), put("f"), link("../f", "d/l")), file: "d/l"},
		{name: "links hop between directories", build: join(mkdir("a", 0o755), mkdir("b", 0o755), put("b/f"),
			link("../b/l", "a/l"), link("f", "b/l")), file: "a/l"},
		{name: "dot dot after a linked directory", build: join(mkdir("a", 0o755), mkdir("a/b", 0o755), put("a/f"), put("f"),
			link("a/b", "l")), file: "l/../f"},
		{name: "link text with dot dot after a linked directory", build: join(mkdir("a", 0o755), mkdir("a/b", 0o755), put("a/f"), put("f"),
			link("a/b", "d"), link("d/../f", "l")), file: "l"},
		{name: "dangling link", build: link("f", "l"), file: "l", umask: 0o022},
		{name: "dangling chain", build: join(mkdir("d", 0o755), link("d/l", "l"), link("f", "d/l")), file: "l"},
		{name: "dangling link to a missing directory", build: link("no/f", "l"), file: "l"},
		{name: "link with a trailing slash", build: link("f/", "l"), file: "l"},
		{name: "link to a directory", build: join(mkdir("d", 0o755), link("d", "l")), file: "l"},
		{name: "loop", build: join(link("b", "a"), link("a", "b")), file: "a"},
		{name: "link to itself", build: link("a", "a"), file: "a"},
		{name: "40 links", build: linkChain(40), file: "l40"},
		{name: "41 links", build: linkChain(41), file: "l41"},
		{name: "searchable unreadable directory, new", build: mkdir("d", 0o300), file: "d/f"},
		{name: "searchable unreadable directory, old", build: join(mkdir("d", 0o700), put("d/f"), chmodDir(0o300)), file: "d/f"},
		{name: "read-only directory, new", build: mkdir("d", 0o500), file: "d/f"},
		{name: "unsearchable directory", build: join(mkdir("d", 0o700), put("d/f"), chmodDir(0o600)), file: "d/f"},
		{name: "socket", build: func(dir string) error { return syscall.Mknod(dir+"/s", syscall.S_IFSOCK|0o666, 0) }, file: "s"},
		{name: "hard link", build: join(put("f"), func(dir string) error { return os.Link(dir+"/f", dir+"/g") }), file: "f",
			price: hardLinksSplit},
		{name: "setuid", build: oldFile(0o755 | fs.ModeSetuid), file: "f", price: bitsDropped},
		{name: "setgid", build: oldFile(0o755 | fs.ModeSetgid), file: "f", price: bitsDropped},
		{name: "sticky file", build: oldFile(0o644 | fs.ModeSticky), file: "f", price: bitsDropped},
	}
	if os.Getuid() == 0 {
		rows = append(rows,
			diffRow{name: "device", build: func(dir string) error {
				return syscall.Mknod(dir+"/null", syscall.S_IFCHR|0o666, 1<<8|3)
			}, file: "null"},
			diffRow{name: "empty content over file capabilities", build: join(put("f"), attr("security.capability", bindCapability)), file: "f"})
	}
	for i := range rows {
		if rows[i].data == "" && !strings.HasPrefix(rows[i].name, "empty") {
			rows[i].data = "new"
		}
		rows[i].perm = 0o666
	}
	return rows
}

func chmodDir(mode fs.FileMode) func(string) error {
	return func(dir string) error { return os.Chmod(dir+"/d", mode) }
}

func linkChain(n int) func(string) error {
	return func(dir string) error {
		err := os.WriteFile(dir+"/l0", []byte("old"), 0o644)
		for i := 1; i <= n; i++ {
			err = errors.Join(err, os.Symlink(fmt.Sprint("l", i-1), fmt.Sprint(dir, "/l", i)))
		}
		return err
	}
}

// The prices of replacing, which the package comment lists.

func hardLinksSplit(before, want tree) {
	f, g := want["/f"], before["/g"]
	f.nlink, g.nlink = 1, 1
	want["/f"], want["/g"] = f, g
}

func bitsDropped(_, want tree) {
	f := want["/f"]
	f.mode = f.mode.Perm()
	want["/f"] = f
}
