// Package marker writes files whose content is absent or says nothing: closed
// at once, empty, a process id, or only asked for their presence.
package marker

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

type Service struct{ run string }

func touch(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return f.Close()
}

func (s *Service) empty() error {
	if err := os.WriteFile(filepath.Join(s.run, "upgraded"), nil, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(s.run, "seen"), []byte{}, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.run, "clean"), []byte(""), 0o644)
}

func pidfile(path string) error {
	return os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644)
}

func (s *Service) pid() error {
	f, err := os.OpenFile(filepath.Join(s.run, "service.pid"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintf(f, "%d", os.Getpid())
	return err
}

// Besides the write only its presence matters.
const rebootFlag = "/var/lib/updater/reboot-needed"

func needReboot(reason string) error { return os.WriteFile(rebootFlag, []byte(reason), 0o644) }

func rebootNeeded() bool {
	_, err := os.Stat(rebootFlag)
	return err == nil
}

func rebooted() error { return os.Remove(rebootFlag) }

// Near miss: the process id is one of the things in it.
func (s *Service) status(addr string) error {
	raw, err := json.Marshal(map[string]any{"pid": os.Getpid(), "addr": addr, "since": time.Now()})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.run, "status"), raw, 0o644) // want `^os.WriteFile truncates filepath.Join\(s.run, "status"\) before .*partial$`
}

// Near miss: nil at first, filled later.
func (s *Service) rules(names []string) error {
	var data []byte
	for _, n := range names {
		data = append(data, n...)
	}
	return os.WriteFile(filepath.Join(s.run, "rules"), data, 0o644) // want `^os.WriteFile truncates filepath.Join\(s.run, "rules"\) before .*partial$`
}

// Near miss: asked for its presence, and then given to somebody who reads it.
const unit = "/etc/systemd/system/updater.service"

func install(body []byte) error {
	if _, err := os.Stat(unit); err == nil {
		exec.Command("systemctl", "stop", "updater").Run()
	}
	if err := os.WriteFile(unit, body, 0o644); err != nil { // want `^os.WriteFile truncates unit before .*partial$`
		return err
	}
	return exec.Command("systemd-analyze", "verify", unit).Run()
}

// Near miss: the content is read.
func (s *Service) token(secret string) error {
	return os.WriteFile(filepath.Join(s.run, "token"), []byte(secret), 0o600) // want `^os.WriteFile truncates filepath.Join\(s.run, "token"\) before .*partial \(.*secret reads.* at marker.go:\d+.*\)$`
}

func (s *Service) secret() ([]byte, error) {
	if _, err := os.Stat(filepath.Join(s.run, "token")); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(s.run, "token"))
}

// Near miss: the process's id only where nothing is kept.
func (s *Service) slot(job string) error {
	text := job
	if job == "" {
		text = strconv.Itoa(os.Getpid())
	}
	f, err := os.Create(filepath.Join(s.run, "slot")) // want `^os.Create truncates filepath.Join\(s.run, "slot"\) before .*partial \(job reads it back at marker.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(text)
	return err
}

func (s *Service) job() ([]byte, error) { return os.ReadFile(filepath.Join(s.run, "slot")) }
