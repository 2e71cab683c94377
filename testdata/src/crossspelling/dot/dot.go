// Package dot imports with a dot.
package dot

import . "crossspelling/store"

func rewrite(path string) error {
	raw, err := Read(path)
	if err != nil {
		return err
	}
	return Save(path, raw) // want `^Save truncates path before .*partial \(read at dot.go:\d+ and written back\)$`
}
