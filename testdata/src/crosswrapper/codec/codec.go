// Package codec is a wrapper of a wrapper. It imports no package that works on
// files.
package codec

import (
	"encoding/json"

	"crosswrapper/store"
)

func WriteJSON(path string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return store.WriteAll(path, raw)
}

// WriteLines has the path behind other parameters.
func WriteLines(lines []string, sep string, path string) error {
	var b []byte
	for _, l := range lines {
		b = append(append(b, l...), sep...)
	}
	return store.WriteAll(path, b)
}
