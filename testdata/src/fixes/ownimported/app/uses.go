package app

import "fixes/ownimported/safe"

func save(path string, b []byte) error { return safe.WriteFile(path, b, 0o600) }
