package streamwithheld

import (
	"os"
	"syscall"
)

func noticed(path string, b []byte) error {
	fd, err := syscall.InotifyInit()
	if err != nil {
		return err
	}
	f, err := os.Create(path) // want `no fix: the package watches the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := syscall.InotifyAddWatch(fd, path, syscall.IN_MODIFY); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}
