// Package weakhints has what is never enough alone: the word config, a place
// below the user's directories, an extension, a marshal call before the write.
// The last write has the same hints and evidence besides.
package weakhints

import (
	"encoding/json"
	"os"
	"path/filepath"
)

type Config struct {
	Theme string `json:"theme"`
}

func WriteSampleConfig(configPath string, c Config) error {
	raw, err := json.MarshalIndent(c, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(configPath, raw, 0o644) // want `^os.WriteFile truncates configPath before .*partial$`
}

func completionScript(script string) error {
	dir, err := os.UserConfigDir()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "fish", "completions", "tool.fish"), []byte(script), 0o644) // want `^os.WriteFile truncates .* before .*partial$`
}

func thumbnail(id string, png []byte) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(cache, "thumbs", id+".png"), png, 0o644) // want `^os.WriteFile truncates .* before .*partial$`
}

func manifest(dir string, v any) error {
	f, err := os.Create(filepath.Join(dir, "deployment.yaml")) // want `^os.Create truncates filepath.Join\(dir, "deployment.yaml"\) before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

func userConfig() string {
	dir, _ := os.UserConfigDir()
	return filepath.Join(dir, "tool", "config.json")
}

func (c *Config) save() error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return os.WriteFile(userConfig(), raw, 0o600) // want `^os.WriteFile truncates userConfig\(\) before .*partial \(.*loadConfig.* at weakhints.go:\d+.*\)$`
}

func loadConfig() (*Config, error) {
	raw, err := os.ReadFile(userConfig())
	if err != nil {
		return nil, err
	}
	c := new(Config)
	return c, json.Unmarshal(raw, c)
}
