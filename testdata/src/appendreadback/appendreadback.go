// Package appendreadback shows that not truncating comes before read-back: a
// journal that is appended to and replayed is silent, one that is written anew is
// not.
package appendreadback

import (
	"bufio"
	"fmt"
	"os"
)

type Journal struct{ path, snapshot, claim string }

func (j *Journal) Append(entry string) error {
	f, err := os.OpenFile(j.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, entry)
	return err
}

func (j *Journal) Replay(apply func(string)) error {
	f, err := os.Open(j.path)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		apply(sc.Text())
	}
	return sc.Err()
}

func (j *Journal) Claim(owner string) error {
	f, err := os.OpenFile(j.claim, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(owner)
	return err
}

func (j *Journal) Owner() ([]byte, error) { return os.ReadFile(j.claim) }

// Near miss: the snapshot is written anew.
func (j *Journal) Snapshot(entries []string) error {
	f, err := os.OpenFile(j.snapshot, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) // want `^os.OpenFile truncates j.snapshot before .*partial \(Restore reads it back at appendreadback.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	for _, e := range entries {
		fmt.Fprintln(f, e)
	}
	return nil
}

func (j *Journal) Restore() ([]byte, error) { return os.ReadFile(j.snapshot) }
