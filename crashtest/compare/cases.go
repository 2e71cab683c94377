package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/rivals"
	"golang.org/x/sys/unix"
)

// A testCase is a row: what is there, how it is written, and how what came of it is said.
type testCase struct {
	name   string
	ours   string // what atomicfile must come to
	build  func(dir string) error
	file   string // in dir; f if empty
	manner string // 0644 if empty
	user   int
	say    func(dir string, o outcome) string
	direct func(dir string, r rivals.Rival) (string, error) // measures in its own way, in place of all that
}

const ordinaryUser = 1000

const oldContent = "the old content"

// measure returns the cell of a rival.
func (c testCase) measure(dir string, r rivals.Rival) (string, error) {
	if err := errors.Join(os.Mkdir(dir, 0o755), os.Chmod(dir, 0o755)); err != nil {
		return "", err
	}
	if c.direct != nil {
		return c.direct(dir, r)
	}
	if c.manner == "" {
		c.manner = "0644"
	}
	if c.file == "" {
		c.file = "f"
	}
	if r.Stream == nil && (c.manner == "ignore" || c.manner == "panic") {
		return "-", nil
	}
	if err := c.build(dir); err != nil {
		return "", err
	}
	o, err := run(r, c.manner, c.user, dir+"/"+c.file) // not joined, which would clean it
	if err != nil {
		return "", err
	}
	return c.say(dir, o), nil
}

var cases = []testCase{
	{name: "new file, umask 022, perm 0666", ours: "644", build: nothing, manner: "0666", say: mode},
	{name: "old file 0600, perm 0644", ours: "600", build: old(0o600), say: mode},
	{name: "old file's owner 1000, run as root", ours: "1000", build: join(old(0o644), chown), say: owner},
	{name: "link to a file elsewhere", ours: "target written", build: linked, file: "l", say: linkAndTarget},
	{name: "link to /dev/stdout", ours: "on stdout", build: stdout, file: "l", say: onStdout},
	{name: "named pipe", ours: "written", build: fifo, say: pipe},
	{name: "device node", ours: "written", build: device, say: node},
	{name: "ACL", ours: "kept", build: join(old(0o640), acl), say: attr("system.posix_acl_access")},
	{name: "user attribute", ours: "kept", build: join(old(0o640), userAttr), say: attr("user.note")},
	{name: "SELinux label", ours: "kept", build: join(old(0o640), label), say: attr("security.selinux")},
	{name: "old file 0444, ordinary user", ours: "error, old kept", build: join(old(0o444), give), user: ordinaryUser, say: content},
	{name: "default ACL of the directory", ours: "inherited", build: defaultACL, say: inheritedACL},
	{name: "setgid directory", ours: "inherited", build: setgid, say: group},
	{name: "name of 255 bytes", ours: "new", build: nothing, file: strings.Repeat("n", 255), say: longName},
	{name: "trailing slash", ours: "error, no file", build: nothing, file: "f/", say: content},
	{name: "directory not writable", ours: "error, old kept", build: join(old(0o644), giveFile), user: ordinaryUser, say: content},
	{name: "another user's file in a sticky directory", ours: "error, old kept", build: join(old(0o666), sticky), user: ordinaryUser, say: content},
	{name: "bind-mounted file", ours: "error, old kept", build: bound, say: content},
	{name: "fsync of the directory", ours: "yes", direct: dirSync},
	{name: "streaming: failed write ignored, then commit", ours: "error, old kept", build: old(0o644), manner: "ignore", say: content},
	{name: "streaming: panic with a deferred Close", ours: "old kept", build: old(0o644), manner: "panic", say: content},
	{name: "builds on Windows", ours: "yes", direct: onWindows},
}

// What there is before.

func nothing(string) error { return nil }

func join(all ...func(string) error) func(string) error {
	return func(dir string) error {
		for _, f := range all {
			if err := f(dir); err != nil {
				return err
			}
		}
		return nil
	}
}

func old(mode os.FileMode) func(string) error {
	return func(dir string) error {
		return errors.Join(os.WriteFile(dir+"/f", []byte(oldContent), 0o600), os.Chmod(dir+"/f", mode))
	}
}

func chown(dir string) error    { return os.Chown(dir+"/f", 1000, 1000) }
func giveFile(dir string) error { return os.Chown(dir+"/f", ordinaryUser, ordinaryUser) }
func give(dir string) error {
	return errors.Join(giveFile(dir), os.Chown(dir, ordinaryUser, ordinaryUser))
}
func linked(dir string) error {
	return errors.Join(os.Mkdir(dir+"/d", 0o755), os.WriteFile(dir+"/d/f", []byte(oldContent), 0o644), os.Symlink("d/f", dir+"/l"))
}
func stdout(dir string) error { return os.Symlink("/dev/stdout", dir+"/l") }
func fifo(dir string) error {
	if err := syscall.Mkfifo(dir+"/f", 0o600); err != nil {
		return err
	}
	reader, err := syscall.Open(dir+"/f", syscall.O_RDWR|syscall.O_NONBLOCK, 0) // so that nobody waits
	readers = append(readers, reader)
	return err
}
func device(dir string) error { return syscall.Mknod(dir+"/f", syscall.S_IFCHR|0o666, 1<<8|3) }
func userAttr(dir string) error {
	return syscall.Setxattr(dir+"/f", "user.note", []byte("kept"), 0)
}
func label(dir string) error {
	return syscall.Setxattr(dir+"/f", "security.selinux", []byte("system_u:object_r:etc_t:s0\x00"), 0)
}

// sticky gives the file and the directory to one user, or the system may refuse every way of writing it
// (protected_regular, proc_sys_fs(5)).
func sticky(dir string) error {
	return errors.Join(os.Chown(dir+"/f", 1001, 1001), os.Chown(dir, 1001, 1001), os.Chmod(dir, 0o777|os.ModeSticky))
}
func acl(dir string) error {
	return exec.Command("setfacl", "-m", "u:1003:r,m::rw", dir+"/f").Run()
}
func defaultACL(dir string) error {
	return exec.Command("setfacl", "-d", "-m", "u:1003:rw", dir).Run()
}
func setgid(dir string) error {
	return errors.Join(os.Chown(dir, 0, 1002), os.Chmod(dir, 0o755|os.ModeSetgid))
}
func bound(dir string) error {
	return errors.Join(os.WriteFile(dir+"/source", []byte(oldContent), 0o644), os.WriteFile(dir+"/f", nil, 0o644),
		syscall.Mount(dir+"/source", dir+"/f", "", syscall.MS_BIND, ""))
}

// readers are descriptors that keep the pipes open until the end.
var readers []int

// What there is afterwards, in a few words.

func said(o outcome, text string) string {
	if o.err != "" {
		return "error, " + text
	}
	return text
}

func content(dir string, o outcome) string {
	b, err := os.ReadFile(dir + "/f")
	text := fmt.Sprintf("cut file of %d bytes", len(b))
	switch {
	case err != nil:
		text = "no file"
	case string(b) == oldContent:
		text = "old kept"
	case string(b) == newContent:
		text = "new"
	}
	return said(o, text+leftovers(dir))
}

func leftovers(dir string) string {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != "f" && e.Name() != "source" {
			return ", temporary file left"
		}
	}
	return ""
}

func mode(dir string, o outcome) string {
	fi, err := os.Stat(dir + "/f")
	if err != nil {
		return said(o, "no file")
	}
	return said(o, fmt.Sprintf("%o", fi.Mode().Perm()))
}

func owner(dir string, o outcome) string {
	var st syscall.Stat_t
	if err := syscall.Stat(dir+"/f", &st); err != nil {
		return err.Error()
	}
	return said(o, fmt.Sprint(st.Uid))
}

func linkAndTarget(dir string, o outcome) string {
	b, _ := os.ReadFile(dir + "/d/f")
	fi, err := os.Lstat(dir + "/l")
	switch {
	case err != nil:
		return err.Error()
	case fi.Mode()&os.ModeSymlink == 0:
		return said(o, "link replaced, target stale")
	case string(b) == newContent:
		return said(o, "target written")
	}
	return said(o, "target stale")
}

func onStdout(dir string, o outcome) string {
	fi, err := os.Lstat(dir + "/l")
	switch {
	case err != nil:
		return err.Error()
	case fi.Mode()&os.ModeSymlink == 0:
		return said(o, "link replaced by a file")
	case o.stdout == newContent:
		return said(o, "on stdout")
	}
	return said(o, "nothing")
}

func pipe(dir string, o outcome) string {
	fi, err := os.Lstat(dir + "/f")
	if err != nil || fi.Mode()&os.ModeNamedPipe == 0 {
		return said(o, "pipe replaced by a file")
	}
	b := make([]byte, 100)
	n, _ := syscall.Read(readers[len(readers)-1], b)
	if string(b[:max(n, 0)]) == newContent {
		return said(o, "written")
	}
	return said(o, "nothing")
}

func node(dir string, o outcome) string {
	if fi, err := os.Lstat(dir + "/f"); err != nil || fi.Mode()&os.ModeCharDevice == 0 {
		return said(o, "device replaced by a file")
	}
	if o.err != "" {
		return "error"
	}
	return "written"
}

func attr(name string) func(string, outcome) string {
	return func(dir string, o outcome) string {
		if n, err := unix.Getxattr(dir+"/f", name, nil); err != nil || n == 0 {
			return said(o, "lost")
		}
		return said(o, "kept")
	}
}

func inheritedACL(dir string, o outcome) string {
	if attr("system.posix_acl_access")(dir, o) == "kept" {
		return "inherited"
	}
	return said(o, "lost")
}

func group(dir string, o outcome) string {
	var st syscall.Stat_t
	if err := syscall.Stat(dir+"/f", &st); err != nil {
		return err.Error()
	}
	if st.Gid == 1002 {
		return said(o, "inherited")
	}
	return said(o, "lost")
}

func longName(dir string, o outcome) string {
	if _, err := os.Stat(dir + "/" + strings.Repeat("n", 255)); err != nil {
		return said(o, "no file")
	}
	return said(o, "new")
}

// dirSync looks with strace for an fsync of the directory.
func dirSync(dir string, r rivals.Rival) (string, error) {
	if r.Name == "os" {
		return "-", nil
	}
	log := dir + ".strace"
	o, err := run(r, "0644", 0, dir+"/f", "strace", "-f", "-y", "-e", "trace=fsync,fdatasync,sync_file_range,syncfs", "-o", log)
	if err != nil || o.err != "" {
		return "", fmt.Errorf("%v %s", err, o.err)
	}
	b, err := os.ReadFile(log)
	switch {
	case err != nil:
		return "", err
	case !strings.Contains(string(b), "sync("):
		return "", fmt.Errorf("strace saw nothing")
	case strings.Contains(string(b), "<"+dir+">"):
		return "yes", nil
	}
	return "no", nil
}

// onWindows asks the go command whether the package has its function there.
func onWindows(_ string, r rivals.Rival) (string, error) {
	pkg := r.Import
	if pkg == "" {
		pkg = "os"
	}
	cmd := exec.Command("go", "doc", pkg, "WriteFile")
	cmd.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "no symbol") || strings.Contains(string(out), "no buildable") || strings.Contains(string(out), "excluded") {
			return "no", nil
		}
		return "", fmt.Errorf("%v: %s", err, out)
	}
	return "yes", nil
}
