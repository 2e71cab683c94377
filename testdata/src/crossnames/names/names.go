// Package names has constants and variables that others use for paths.
package names

import (
	"os"
	"path/filepath"
)

const (
	StateFile  = "/var/lib/app/state.json"
	ReportFile = "/var/lib/app/report.html"
	HostsName  = "hosts.list"
	OldName    = "hosts.old"
)

var (
	Dir    = filepath.Join(os.Getenv("HOME"), ".app")
	Ledger = "ledger.csv"
	Chart  = "chart.svg"
	Motd   = "/etc/app/motd"
	Banner = "/etc/app/banner"
)

// Message reads one of the variables here.
func Message() ([]byte, error) { return os.ReadFile(Motd) }

// State reads one of the constants here.
func State() ([]byte, error) { return os.ReadFile(StateFile) }
