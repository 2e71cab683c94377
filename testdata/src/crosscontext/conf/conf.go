// Package conf edits files that it is given by their paths.
package conf

import "os"

func Set(path, line string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, line...), 0o600) // want `^os.WriteFile truncates path before .*partial \(read at conf.go:\d+ and written back\)$`
}

func Put(path, text string) error {
	return os.WriteFile(path, []byte(text), 0o600) // want `^os.WriteFile truncates path before .*partial$`
}
