// Package funcvar calls os.WriteFile through variables.
package funcvar

import (
	"io/ioutil"
	"os"
)

var writeFile = os.WriteFile

type store struct{ path, other string }

func (s *store) save(b []byte) error {
	return writeFile(s.path, b, 0o600) // want `^writeFile truncates s.path before .*partial \(load reads it back at funcvar.go:\d+\)$`
}

func (s *store) load() ([]byte, error) { return os.ReadFile(s.path) }

func (s *store) again(b []byte) error {
	return writeFile(s.other, b, 0o600) // want `^writeFile truncates s.other before .*partial$`
}

func WriteVar(path string, b []byte) error {
	return writeFile(path, b, 0o600) // want `^writeFile truncates path before .*partial$`
}

func (s *store) local(b []byte) error {
	write := ioutil.WriteFile
	return write(s.path, b, 0o600) // want `^write truncates s.path before .*partial \(load reads it back at funcvar.go:\d+\)$`
}

// Not every call of it is a finding.
var writeMixed = os.WriteFile

func (s *store) mixed(b []byte) error {
	if err := writeMixed(os.TempDir()+"/x", b, 0o600); err != nil {
		return err
	}
	return writeMixed(s.path, b, 0o600) // want `^writeMixed truncates s.path .*; no fix: the variable that is called is used for something else too$`
}

// It goes elsewhere.
var writeShared = os.WriteFile

func (s *store) shared(b []byte) error {
	use(writeShared)
	return writeShared(s.path, b, 0o600) // want `^writeShared truncates s.path .*; no fix: the variable that is called is used for something else too$`
}

func use(func(string, []byte, os.FileMode) error) {}

// It is set elsewhere.
var writeLate func(string, []byte, os.FileMode) error

func init() { writeLate = os.WriteFile }

func (s *store) late(b []byte) error {
	return writeLate(s.path, b, 0o600) // want `^writeLate truncates s.path .*; no fix: the variable that is called gets its function elsewhere$`
}

func (s *store) inOtherFile(b []byte) error {
	return writeOther(s.path, b, 0o600) // want `^writeOther truncates s.path .*; no fix: the variable that is called gets its function elsewhere$`
}

// It has a value, and gets another: what is called is not known, and not reported.
var writeAgain = os.WriteFile

func init() { writeAgain = other }

func other(string, []byte, os.FileMode) error { return nil }

func (s *store) replaced(b []byte) error {
	return writeAgain(s.path, b, 0o600)
}

// Anybody can set it.
var WriteFile = os.WriteFile

func (s *store) exported(b []byte) error {
	return WriteFile(s.path, b, 0o600) // want `^WriteFile truncates s.path .*; no fix: the function is kept in an exported variable$`
}

type ops struct {
	write func(string, []byte, os.FileMode) error
}

var theOps = ops{write: os.WriteFile}

func (s *store) field(b []byte) error {
	return theOps.write(s.path, b, 0o600) // want `^theOps.write truncates s.path .*; no fix: the function is kept in a field$`
}
