//go:build linux

package place

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// Format makes an image of size bytes at path with a file system, by the mkfs command line, to which path is added.
func Format(path string, size int64, mkfs ...string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := f.Truncate(size); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if out, err := exec.Command(mkfs[0], append(mkfs[1:], path)...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %v: %s", mkfs[0], err, out)
	}
	return nil
}

// MountImage mounts the image on dir.
func MountImage(image, dir, fstype, options string) error {
	device, err := Attach(image)
	if err != nil {
		return err
	}
	defer device.Close() // the mount holds the device from here on
	return syscall.Mount(device.Name(), dir, fstype, 0, options)
}
