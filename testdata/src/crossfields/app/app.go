// Package app writes the fields of imported types that their package reads.
package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"crossfields/conf"
)

type App struct{ cfg *conf.Config }

func (a *App) save(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(a.cfg.File, raw, 0o600) // want `^os.WriteFile truncates a.cfg.File before writing it: a crash leaves it empty or partial \(conf\..*Load reads it back.*\)$`
}

func remember(c conf.Config, hosts []string) error {
	return os.WriteFile(c.Hosts, []byte(strings.Join(hosts, "\n")), 0o644) // want `^os.WriteFile truncates c.Hosts before .*partial \(conf.ReadHosts reads it back.*\)$`
}

// A field of a field, with a name behind it.
func (a *App) setUsers(b []byte) error {
	f, err := os.Create(filepath.Join(a.cfg.Dirs.Data, "users.db")) // want `^os.Create truncates filepath.Join\(a.cfg.Dirs.Data, "users.db"\) before .*partial \(conf\..*Users reads it back.*\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Embedded: the field is promoted.
type Daemon struct {
	conf.Config
	name string
}

func (d *Daemon) reset() error {
	return os.WriteFile(d.File, []byte("{}"), 0o600) // want `^os.WriteFile truncates d.File before .*partial \(conf\..*Load reads it back.*\)$`
}

// Near miss: a field that nobody reads.
func (a *App) audit(b []byte) error {
	return os.WriteFile(a.cfg.Audit, b, 0o600) // want `^os.WriteFile truncates a.cfg.Audit before .*partial$`
}

// Near miss: another type's field of that name.
func emit(s *conf.Source, b []byte) error {
	return os.WriteFile(s.File, b, 0o600) // want `^os.WriteFile truncates s.File before .*partial$`
}

// Near miss: another directory, and another name.
func (a *App) queue(b []byte) error {
	if err := os.WriteFile(filepath.Join(a.cfg.Dirs.Spool, "mail.txt"), b, 0o600); err != nil { // want `^os.WriteFile truncates filepath.Join\(a.cfg.Dirs.Spool, "mail.txt"\) before .*partial$`
		return err
	}
	return os.WriteFile(filepath.Join(a.cfg.Dirs.Data, "groups.txt"), b, 0o600) // want `^os.WriteFile truncates filepath.Join\(a.cfg.Dirs.Data, "groups.txt"\) before .*partial$`
}
