// Package specialreadback shows that special comes before read-back and before
// create-if-missing: a device or a file of the kernel is silent, whoever reads it.
package specialreadback

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const governor = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"

func setGovernor(name string) error { return os.WriteFile(governor, []byte(name), 0o644) }

func currentGovernor() (string, error) {
	raw, err := os.ReadFile(governor)
	return strings.TrimSpace(string(raw)), err
}

func toggle(pid int) error {
	p := fmt.Sprintf("/proc/%d/oom_score_adj", pid)
	old, err := os.ReadFile(p)
	if err != nil {
		return err
	}
	if string(old) == "0\n" {
		return os.WriteFile(p, []byte("1000"), 0o644)
	}
	return os.WriteFile(p, []byte("0"), 0o644)
}

// A cgroup's file that is read, changed and written.
type group struct{ path string }

func (g group) double() error {
	var n uint64
	raw, err := os.ReadFile(filepath.Join(g.path, "memory.max"))
	if err != nil {
		return err
	}
	if _, err := fmt.Sscan(string(raw), &n); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(g.path, "memory.max"), fmt.Append(nil, 2*n), 0o644)
}

// Near miss: the same in an ordinary place.
const limits = "/etc/tuner/limits"

func setLimits(s string) error {
	return os.WriteFile(limits, []byte(s), 0o644) // want `^os.WriteFile truncates limits before .*partial \(currentLimits reads it back at specialreadback.go:\d+\)$`
}

func currentLimits() ([]byte, error) { return os.ReadFile(limits) }
