// Package app uses the constants and variables of another package as paths.
package app

import (
	"os"
	"path/filepath"
	"strings"

	"crossnames/names"
)

// A constant that its own package reads.
func setState(b []byte) error {
	return os.WriteFile(names.StateFile, b, 0o600) // want `^os.WriteFile truncates names.StateFile before .*partial \(names.State reads it back.*\)$`
}

// A variable that its own package reads.
func setMessage(b []byte) error {
	return os.WriteFile(names.Motd, b, 0o644) // want `^os.WriteFile truncates names.Motd before .*partial \(names.Message reads it back.*\)$`
}

// A variable and a constant joined; the reader is here.
func setHosts(hosts []string) error {
	return os.WriteFile(filepath.Join(names.Dir, names.HostsName), []byte(strings.Join(hosts, "\n")), 0o644) // want `^os.WriteFile truncates filepath.Join\(names.Dir, names.HostsName\) before .*partial \(hosts reads it back at app.go:\d+\)$`
}

func hosts() ([]byte, error) { return os.ReadFile(names.Dir + "/hosts.list") }

func addRow(row string) error {
	raw, err := os.ReadFile(names.Ledger)
	if err != nil {
		return err
	}
	return os.WriteFile(names.Ledger, append(raw, row...), 0o644) // want `^os.WriteFile truncates names.Ledger before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: another constant.
func report(b []byte) error {
	return os.WriteFile(names.ReportFile, b, 0o644) // want `^os.WriteFile truncates names.ReportFile before .*partial$`
}

// Near miss: other variables.
func draw(b []byte) error {
	if err := os.WriteFile(names.Banner, b, 0o644); err != nil { // want `^os.WriteFile truncates names.Banner before .*partial$`
		return err
	}
	return os.WriteFile(names.Chart, b, 0o644) // want `^os.WriteFile truncates names.Chart before .*partial$`
}

// Near miss: another name in the same directory.
func retire(b []byte) error {
	return os.WriteFile(filepath.Join(names.Dir, names.OldName), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(names.Dir, names.OldName\) before .*partial$`
}
