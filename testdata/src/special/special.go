// Package special writes devices, the kernel's files and pipes. The near misses
// are names that only start or end alike.
package special

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
)

const procSelf = "/proc/self"

func tune(score int) error {
	if err := os.WriteFile(procSelf+"/oom_score_adj", []byte(strconv.Itoa(score)), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(path.Join("/sys", "kernel", "mm", "ksm", "run"), []byte("1"), 0); err != nil {
		return err
	}
	return os.WriteFile("/dev/cpu_dma_latency", []byte{0, 0, 0, 0}, 0)
}

func discard() (*os.File, error) { return os.OpenFile(os.DevNull, os.O_WRONLY|os.O_TRUNC, 0) }

func notify(msg string) error {
	f, err := os.Create(`\\.\pipe\agent-events`)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, msg)
	return err
}

// A cgroup's files, wherever the hierarchy is mounted.
func join(cgroup string, pid int, limit uint64) error {
	if err := os.WriteFile(filepath.Join(cgroup, "cgroup.procs"), []byte(strconv.Itoa(pid)+"\n"), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(cgroup, "memory.max"), strconv.AppendUint(nil, limit, 10), 0o644)
}

// What lies beside a cgroup's file is one too.
type group struct{ dir, logs string }

func (g *group) procs() ([]byte, error) {
	return os.ReadFile(filepath.Join(g.dir, "cgroup.procs"))
}

func (g *group) set(name, value string) error {
	return os.WriteFile(filepath.Join(g.dir, name), []byte(value), 0o644)
}

func (g *group) get(name string) ([]byte, error) { return os.ReadFile(filepath.Join(g.dir, name)) }

// Near miss: another folder of the same group.
func (g *group) log(name string, b []byte) error {
	return os.WriteFile(filepath.Join(g.logs, name), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(g.logs, name\) before .*partial$`
}

// Near miss: a folder whose name begins like the special one.
func devices(list []byte) error {
	return os.WriteFile("/devices/map.txt", list, 0o644) // want `^os.WriteFile truncates "/devices/map.txt" before .*partial$`
}

func sysadmin(list []byte) error {
	return os.WriteFile("/sysadmin/roster", list, 0o644) // want `^os.WriteFile truncates "/sysadmin/roster" before .*partial$`
}

// Near miss: proc below another root.
func snapshot(chroot string, maps []byte) error {
	return os.WriteFile(filepath.Join(chroot, "proc", "maps"), maps, 0o644) // want `^os.WriteFile truncates filepath.Join\(chroot, "proc", "maps"\) before .*partial$`
}

// Near miss: no pipe, only called so.
func pipeline(dir string, yaml []byte) error {
	return os.WriteFile(dir+"/pipe/agent-events", yaml, 0o644) // want `^os.WriteFile truncates dir ?\+ ?"/pipe/agent-events" before .*partial$`
}

// Near miss: what follows belongs to the same element of the path.
func contact(id string, card []byte) error {
	return os.WriteFile("con"+id, card, 0o644) // want `^os.WriteFile truncates "con" ?\+ ?id before .*partial$`
}
