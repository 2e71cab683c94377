// Package streammany has a function that opens more files than are followed through
// one: the first are fixed, and then the others.
package streammany

import (
	"io"
	"os"
)

var out io.Writer = os.Stdout // the import stays

// Many writes each file when it has written the one before.
func Many(path string, b []byte) error {
	f1, err := os.Create(path) // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f1.Close()
	if _, err := f1.Write(b); err != nil {
		return err
	}
	f2, err := os.Create(path + ".2") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f2.Close()
	if _, err := f2.Write(b); err != nil {
		return err
	}
	f3, err := os.Create(path + ".3") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f3.Close()
	if _, err := f3.Write(b); err != nil {
		return err
	}
	f4, err := os.Create(path + ".4") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f4.Close()
	if _, err := f4.Write(b); err != nil {
		return err
	}
	f5, err := os.Create(path + ".5") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f5.Close()
	if _, err := f5.Write(b); err != nil {
		return err
	}
	f6, err := os.Create(path + ".6") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f6.Close()
	if _, err := f6.Write(b); err != nil {
		return err
	}
	f7, err := os.Create(path + ".7") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f7.Close()
	if _, err := f7.Write(b); err != nil {
		return err
	}
	f8, err := os.Create(path + ".8") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f8.Close()
	if _, err := f8.Write(b); err != nil {
		return err
	}
	f9, err := os.Create(path + ".9") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f9.Close()
	if _, err := f9.Write(b); err != nil {
		return err
	}
	f10, err := os.Create(path + ".10") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f10.Close()
	if _, err := f10.Write(b); err != nil {
		return err
	}
	f11, err := os.Create(path + ".11") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f11.Close()
	if _, err := f11.Write(b); err != nil {
		return err
	}
	f12, err := os.Create(path + ".12") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f12.Close()
	if _, err := f12.Write(b); err != nil {
		return err
	}
	f13, err := os.Create(path + ".13") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f13.Close()
	if _, err := f13.Write(b); err != nil {
		return err
	}
	f14, err := os.Create(path + ".14") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f14.Close()
	if _, err := f14.Write(b); err != nil {
		return err
	}
	f15, err := os.Create(path + ".15") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f15.Close()
	if _, err := f15.Write(b); err != nil {
		return err
	}
	f16, err := os.Create(path + ".16") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f16.Close()
	if _, err := f16.Write(b); err != nil {
		return err
	}
	f17, err := os.Create(path + ".17") // want `^os.Create truncates .*; no fix: the function opens too many files, apply the fixes for the others and run again$`
	if err != nil {
		return err
	}
	defer f17.Close()
	if _, err := f17.Write(b); err != nil {
		return err
	}
	return nil
}
