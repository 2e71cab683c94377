package streamwithheld

import (
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// What is done to the path while the file is open is done to the old file where the
// new one is somewhere else until it is complete.

func chown(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: Chown is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := os.Chown(path, 1, 1); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func chtimes(path string, b []byte, at time.Time) error {
	f, err := os.Create(path) // want `no fix: Chtimes is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return os.Chtimes(path, at, at)
}

func stat(path string, b []byte) (int64, error) {
	f, err := os.Create(path) // want `no fix: Stat is called with the path before the file is complete$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func rename(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: Rename is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return os.Rename(path, path+".done")
}

func link(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: Link is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := os.Link(path, path+".same"); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func child(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the package hands the file to another program$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := exec.Command("server", "-config", path).Start(); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func controlled(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the package locks the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK}); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func served(path string, b []byte, w http.ResponseWriter, r *http.Request) error {
	f, err := os.Create(path) // want `no fix: ServeFile is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	http.ServeFile(w, r, path)
	return nil
}
