// Package lib looks into files for its callers. What it answers is short, and still
// carries what was read, or leaves it elsewhere.
package lib

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
)

// Has answers whether a file has a text in it.
func Has(path, text string) (bool, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	return strings.Contains(string(raw), text), nil
}

// Mode says the answer in words.
func Mode(path string) string {
	if on, _ := Has(path, "on"); on {
		return "on"
	}
	return "off"
}

var settings struct{ Name string }

// Load answers whether it could read the settings.
func Load(path string) bool {
	raw, err := os.ReadFile(path)
	return err == nil && json.Unmarshal(raw, &settings) == nil
}

// Settings returns what was read.
func Settings() []byte {
	raw, _ := json.Marshal(settings)
	return raw
}

var cache sync.Map

// Cache answers whether a file is in the cache now.
func Cache(path string) (bool, error) {
	raw, err := os.ReadFile(path)
	cache.Store(path, raw)
	return err == nil, err
}

// Cached returns a file of the cache.
func Cached(path string) []byte {
	raw, _ := cache.Load(path)
	return raw.([]byte)
}

// Ask has the content in its error.
func Ask(path string) (bool, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	return true, errors.New(string(raw))
}
