// Package ioutil writes as programs did before Go 1.16.
package ioutil

import (
	"fmt"
	"io/ioutil"
	"os"
)

func Write(path string, b []byte) error {
	return ioutil.WriteFile(path, b, 0o644) // want `^ioutil.WriteFile truncates path before .*partial$`
}

func WriteText(path string, b []byte) error {
	return os.WriteFile(path, fmt.Append(nil, string(b)), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}
