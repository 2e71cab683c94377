// Package viper is a stub of github.com/spf13/viper: what the fixtures call.
package viper

type Viper struct{}

func New() *Viper { return new(Viper) }

func ReadInConfig() error                  { return nil }
func Set(key string, value any)            {}
func WriteConfig() error                   { return nil }
func SafeWriteConfig() error               { return nil }
func WriteConfigAs(filename string) error  { return nil }
func (v *Viper) ReadInConfig() error       { return nil }
func (v *Viper) Set(key string, value any) {}
func (v *Viper) WriteConfig() error        { return nil }
