// Package sameglobal writes and reads paths that are package variables,
// constants and joins of them.
package sameglobal

import (
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
)

var leasePath = "/var/lib/netd/leases.db"

const (
	baseDir     = "/etc/netd"
	credentials = baseDir + "/credentials"
	reportFile  = baseDir + "/report.html"
)

var zoneDir = "/srv/zones"

type lease struct {
	MAC, IP string
}

func storeLeases(ls []lease) error {
	f, err := os.OpenFile(leasePath, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640) // want `^os.OpenFile truncates leasePath before .*partial \(readLeases reads it back at sameglobal.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewEncoder(f).Encode(ls)
}

func readLeases() (ls []lease, err error) {
	f, err := os.Open(leasePath)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	err = gob.NewDecoder(f).Decode(&ls)
	return ls, err
}

// A constant, and the same path put together from its parts.
func Login(token string) error {
	return os.WriteFile(credentials, []byte(token), 0o600) // want `^os.WriteFile truncates credentials before .*partial \(Token reads it back at sameglobal.go:\d+\)$`
}

func Token() (string, error) {
	raw, err := os.ReadFile(path.Join(baseDir, "credentials"))
	return string(raw), err
}

// The same join of a variable and a constant.
func saveZone(z map[string]string) error {
	raw, err := json.Marshal(z)
	if err != nil {
		return err
	}
	target := fmt.Sprintf("%s/%s", zoneDir, "active.json")
	return os.WriteFile(target, raw, 0o644) // want `^os.WriteFile truncates target before .*partial \(.*zone reads.* at sameglobal.go:\d+.*\)$`
}

func zone() (z map[string]string, err error) {
	raw, err := os.ReadFile(filepath.Join(zoneDir, "active.json"))
	if err != nil {
		return nil, err
	}
	return z, json.Unmarshal(raw, &z)
}

// Near miss: nobody reads this constant.
func report(html []byte) error {
	return os.WriteFile(reportFile, html, 0o644) // want `^os.WriteFile truncates reportFile before .*partial$`
}

// Near miss: a local variable shadows the package variable that is read.
func export(ls []lease, leasePath string) error {
	raw, err := json.Marshal(ls)
	if err != nil {
		return err
	}
	return os.WriteFile(leasePath, raw, 0o644) // want `^os.WriteFile truncates leasePath before .*partial$`
}
