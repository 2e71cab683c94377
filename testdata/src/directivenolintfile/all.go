//nolint:nonatomicwrite // a file of scratch writers
package directivenolintfile

import "os"

func one(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }

func two(p string, b []byte) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}
