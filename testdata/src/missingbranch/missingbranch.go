// Package missingbranch writes unconditionally, also on the branch where the file
// was missing: that is state, not create-if-missing.
package missingbranch

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
)

func increment(path string) error {
	counts := map[string]int{}
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		counts["created"] = 1
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(raw, &counts); err != nil {
			return err
		}
	}
	counts["runs"]++
	raw, err = json.Marshal(counts)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o644) // want `^os.WriteFile truncates path before .*partial \(read at missingbranch.go:\d+ and written back\)$`
}

// The early return is taken on other errors only.
func addIgnore(file, pattern string) error {
	raw, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if strings.Contains(string(raw), pattern) {
		return nil
	}
	return os.WriteFile(file, append(raw, pattern+"\n"...), 0o644) // want `^os.WriteFile truncates file before .*partial \(read at missingbranch.go:\d+ and written back\)$`
}

// Near miss: this one returns where it exists, so it only ever creates.
func initIgnore(file string) error {
	_, err := os.ReadFile(file)
	if err == nil {
		return nil
	}
	if !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(file, []byte("*.o\n"), 0o644) // want `^os.WriteFile creates file in place: .* \(.*read.* at missingbranch.go:\d+.*\)$`
}
