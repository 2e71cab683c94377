package broken

import "os"

func unparsed(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path .*; no fix: the function does not compile$`
	if err != nil {
		return err
	}
	defer f.Close()
	f.Write(b) +
	return nil
}
