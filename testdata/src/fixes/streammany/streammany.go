// Package streammany has a function that opens more files than are followed through
// one: the first are fixed, and then the others.
package streammany

import (
	"io"
	"os"
)

var out io.Writer = os.Stdout // the import stays

func many(dir string) error {
	f1, err := os.Create(dir + "/1") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f1.Close()
	if _, err := f1.WriteString("1"); err != nil {
		return err
	}
	f2, err := os.Create(dir + "/2") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f2.Close()
	if _, err := f2.WriteString("2"); err != nil {
		return err
	}
	f3, err := os.Create(dir + "/3") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f3.Close()
	if _, err := f3.WriteString("3"); err != nil {
		return err
	}
	f4, err := os.Create(dir + "/4") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f4.Close()
	if _, err := f4.WriteString("4"); err != nil {
		return err
	}
	f5, err := os.Create(dir + "/5") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f5.Close()
	if _, err := f5.WriteString("5"); err != nil {
		return err
	}
	f6, err := os.Create(dir + "/6") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f6.Close()
	if _, err := f6.WriteString("6"); err != nil {
		return err
	}
	f7, err := os.Create(dir + "/7") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f7.Close()
	if _, err := f7.WriteString("7"); err != nil {
		return err
	}
	f8, err := os.Create(dir + "/8") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f8.Close()
	if _, err := f8.WriteString("8"); err != nil {
		return err
	}
	f9, err := os.Create(dir + "/9") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f9.Close()
	if _, err := f9.WriteString("9"); err != nil {
		return err
	}
	f10, err := os.Create(dir + "/10") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f10.Close()
	if _, err := f10.WriteString("10"); err != nil {
		return err
	}
	f11, err := os.Create(dir + "/11") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f11.Close()
	if _, err := f11.WriteString("11"); err != nil {
		return err
	}
	f12, err := os.Create(dir + "/12") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f12.Close()
	if _, err := f12.WriteString("12"); err != nil {
		return err
	}
	f13, err := os.Create(dir + "/13") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f13.Close()
	if _, err := f13.WriteString("13"); err != nil {
		return err
	}
	f14, err := os.Create(dir + "/14") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f14.Close()
	if _, err := f14.WriteString("14"); err != nil {
		return err
	}
	f15, err := os.Create(dir + "/15") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f15.Close()
	if _, err := f15.WriteString("15"); err != nil {
		return err
	}
	f16, err := os.Create(dir + "/16") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer f16.Close()
	if _, err := f16.WriteString("16"); err != nil {
		return err
	}
	f17, err := os.Create(dir + "/17") // want `^os.Create truncates .*; no fix: the function opens too many files, apply the fixes for the others and run again$`
	if err != nil {
		return err
	}
	defer f17.Close()
	if _, err := f17.WriteString("17"); err != nil {
		return err
	}
	return nil
}
