// Package none has a file without imports.
package none

func (s *store) save(b []byte) error {
	return s.root.WriteFile("state", b, 0o600) // want `^s.root.WriteFile truncates .*partial$`
}
