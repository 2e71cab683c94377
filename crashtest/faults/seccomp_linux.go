package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// System calls are stopped with seccomp user notification (seccomp_unotify(2)): the kernel asks this process about each
// one of the worker's threads before it is made. No ptrace, and the worker is the real binary.

// The structures of linux/seccomp.h, which x/sys does not have.
type (
	seccompData struct {
		nr   int32
		arch uint32
		ip   uint64
		args [6]uint64
	}
	notification struct {
		id         uint64
		pid, flags uint32
		data       seccompData
	}
	response struct {
		id    uint64
		val   int64
		err   int32
		flags uint32
	}
)

const (
	setModeFilter   = 1          // SECCOMP_SET_MODE_FILTER
	newListener     = 1 << 3     // SECCOMP_FILTER_FLAG_NEW_LISTENER
	retUserNotify   = 0x7fc00000 // SECCOMP_RET_USER_NOTIF
	retAllow        = 0x7fff0000 // SECCOMP_RET_ALLOW
	ioctlReceive    = 0xc0502100 // SECCOMP_IOCTL_NOTIF_RECV
	ioctlSend       = 0xc0182101 // SECCOMP_IOCTL_NOTIF_SEND
	respondContinue = 1          // SECCOMP_USER_NOTIF_FLAG_CONTINUE
)

// filter asks about the system calls in calls and allows the others.
func filter() []unix.SockFilter {
	prog := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}} // the number is at offset 0
	for i, c := range calls {
		prog = append(prog, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: uint8(len(calls) - i), K: uint32(c.nr)})
	}
	return append(prog,
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: retAllow},
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: retUserNotify})
}

// install puts the filter on this process, hands the listener over on descriptor 3, and becomes args.
func install(args []string) error {
	runtime.LockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	conn, err := net.FileConn(os.NewFile(3, "supervisor"))
	if err != nil {
		return err
	}
	prog := filter()
	fprog := unix.SockFprog{Len: uint16(len(prog)), Filter: &prog[0]}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, setModeFilter, newListener, uintptr(unsafe.Pointer(&fprog)))
	if errno != 0 {
		return errno
	}
	if _, _, err = conn.(*net.UnixConn).WriteMsgUnix([]byte{0}, unix.UnixRights(int(fd)), nil); err != nil {
		return err
	}
	unix.CloseOnExec(int(fd))
	unix.CloseOnExec(3)
	return syscall.Exec("/proc/self/exe", args, os.Environ())
}

// A call is a system call of the worker while it writes.
type call struct {
	name string
	path string // of the descriptor that it is about, if it is about one
	notification
}

// supervise runs the worker with args and asks judge about each of its calls between the marks. It returns what the
// worker printed.
func supervise(args []string, judge func(c call) response) (string, error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return "", err
	}
	ours, theirs := os.NewFile(uintptr(pair[0]), "listener"), os.NewFile(uintptr(pair[1]), "listener")
	defer ours.Close()
	var out strings.Builder
	cmd := exec.Command("/proc/self/exe", append([]string{"-install"}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.ExtraFiles = []*os.File{theirs}
	err = cmd.Start()
	theirs.Close()
	if err != nil {
		return "", err
	}
	listener, err := receive(pair[0])
	if err != nil {
		cmd.Process.Kill()
		return out.String(), errors.Join(err, cmd.Wait())
	}
	go answer(listener, cmd.Process.Pid, judge)
	err = cmd.Wait()
	return out.String(), err
}

// receive takes the listener from the socket.
func receive(socket int) (int, error) {
	oob := make([]byte, 64)
	_, n, _, _, err := unix.Recvmsg(socket, make([]byte, 1), oob, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return 0, err
	}
	messages, err := unix.ParseSocketControlMessage(oob[:n])
	if err != nil || len(messages) == 0 {
		return 0, fmt.Errorf("no listener came: %v", err)
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return 0, err
	}
	return fds[0], nil
}

// answer answers the worker's calls until it has ended.
func answer(listener, pid int, judge func(c call) response) {
	defer unix.Close(listener)
	poll := []unix.PollFd{{Fd: int32(listener), Events: unix.POLLIN}}
	writing := false
	for {
		if _, err := unix.Poll(poll, -1); err == unix.EINTR {
			continue
		}
		if poll[0].Revents&unix.POLLIN == 0 {
			return // POLLHUP: no thread with the filter is left
		}
		var q notification
		if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(listener), ioctlReceive, uintptr(unsafe.Pointer(&q))); errno != 0 {
			continue
		}
		r := response{flags: respondContinue}
		c := call{name: callName(q.data.nr), notification: q}
		switch {
		case c.name == "close" && q.data.args[0] == markBegin:
			writing = true
		case c.name == "close" && q.data.args[0] == markEnd:
			writing = false
		case writing:
			fd := q.data.args[0]
			if c.name == "epoll_ctl" {
				fd = q.data.args[2]
			}
			c.path, _ = os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, int32(fd)))
			if !strings.HasPrefix(c.path, "anon_inode:") { // the Go runtime's own
				r = judge(c)
			}
		}
		r.id = q.id
		unix.Syscall(unix.SYS_IOCTL, uintptr(listener), ioctlSend, uintptr(unsafe.Pointer(&r)))
	}
}

// writeHalf does the worker's write(2) with half of the bytes, on the worker's own descriptor, and says so.
func writeHalf(c call) (response, error) {
	size := c.data.args[2] / 2
	pidfd, err := unix.PidfdOpen(int(c.pid), 0)
	if err == unix.EINVAL || err == unix.ENOENT { // pid is a thread's; any thread shares descriptors
		pidfd, err = unix.PidfdOpen(threadGroup(c.pid), 0)
	}
	if err != nil {
		return response{}, err
	}
	defer unix.Close(pidfd)
	fd, err := unix.PidfdGetfd(pidfd, int(c.data.args[0]), 0)
	if err != nil {
		return response{}, err
	}
	defer unix.Close(fd)
	buf := make([]byte, size)
	local := []unix.Iovec{{Base: unsafe.SliceData(buf)}}
	local[0].SetLen(len(buf))
	remote := []unix.RemoteIovec{{Base: uintptr(c.data.args[1]), Len: len(buf)}}
	if _, err := unix.ProcessVMReadv(int(c.pid), local, remote, 0); err != nil {
		return response{}, err
	}
	n, err := unix.Write(fd, buf)
	return response{val: int64(n)}, err
}

// threadGroup returns the process of a thread.
func threadGroup(tid uint32) int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", tid))
	_, rest, _ := strings.Cut(string(status), "\nTgid:")
	var pid int
	fmt.Sscan(rest, &pid)
	return pid
}
