// Package app imports the helper in another file.
package app

import "os"

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func writeFrom(path string, write func([]byte) []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial`
	if err != nil {
		return err
	}
	defer f.Close()
	go f.Write(write(nil))
	return nil
}
