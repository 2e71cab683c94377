// Package dot imports the functions of os into the file.
package dot

import . "os"

func Write(path string, b []byte) error {
	return WriteFile(path, b, 0o644) // want `^WriteFile truncates path before .*partial$`
}
