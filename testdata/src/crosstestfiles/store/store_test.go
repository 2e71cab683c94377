package store

import "os"

func ReadPage(p *Page) ([]byte, error) { return os.ReadFile(p.File) }

func golden(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return raw, Write(path, raw)
}
