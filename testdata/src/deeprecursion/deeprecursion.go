// Package deeprecursion has a path that goes through a long chain of calls and a
// function that calls itself with a longer path.
package deeprecursion

import (
	"os"
	"path/filepath"
)

func Chain(path string, b []byte) error { return c00(path, b) }

func c00(path string, b []byte) error { return c01(path, b) }

func c01(path string, b []byte) error { return c02(path, b) }

func c02(path string, b []byte) error { return c03(path, b) }

func c03(path string, b []byte) error { return c04(path, b) }

func c04(path string, b []byte) error { return c05(path, b) }

func c05(path string, b []byte) error { return c06(path, b) }

func c06(path string, b []byte) error { return c07(path, b) }

func c07(path string, b []byte) error { return c08(path, b) }

func c08(path string, b []byte) error { return c09(path, b) }

func c09(path string, b []byte) error { return c10(path, b) }

func c10(path string, b []byte) error { return c11(path, b) }

func c11(path string, b []byte) error { return c12(path, b) }

func c12(path string, b []byte) error { return c13(path, b) }

func c13(path string, b []byte) error { return c14(path, b) }

func c14(path string, b []byte) error { return c15(path, b) }

func c15(path string, b []byte) error { return c16(path, b) }

func c16(path string, b []byte) error { return c17(path, b) }

func c17(path string, b []byte) error { return c18(path, b) }

func c18(path string, b []byte) error { return c19(path, b) }

func c19(path string, b []byte) error { return c20(path, b) }

func c20(path string, b []byte) error { return c21(path, b) }

func c21(path string, b []byte) error { return c22(path, b) }

func c22(path string, b []byte) error { return c23(path, b) }

func c23(path string, b []byte) error { return c24(path, b) }

func c24(path string, b []byte) error { return c25(path, b) }

func c25(path string, b []byte) error { return c26(path, b) }

func c26(path string, b []byte) error { return c27(path, b) }

func c27(path string, b []byte) error { return c28(path, b) }

func c28(path string, b []byte) error { return c29(path, b) }

func c29(path string, b []byte) error { return c30(path, b) }

func c30(path string, b []byte) error { return c31(path, b) }

func c31(path string, b []byte) error { return c32(path, b) }

func c32(path string, b []byte) error { return c33(path, b) }

func c33(path string, b []byte) error { return c34(path, b) }

func c34(path string, b []byte) error { return c35(path, b) }

func c35(path string, b []byte) error { return c36(path, b) }

func c36(path string, b []byte) error { return c37(path, b) }

func c37(path string, b []byte) error { return c38(path, b) }

func c38(path string, b []byte) error { return c39(path, b) }

func c39(path string, b []byte) error { return last(path, b) }

func last(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// A directory that is one longer at each call.
func descend(dir string, depth int, b []byte) error {
	if depth == 0 {
		return os.WriteFile(filepath.Join(dir, "leaf"), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, "leaf"\) before .*partial$`
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return descend(filepath.Join(dir, "d"), depth-1, b)
}

func Descend(root string, b []byte) error { return descend(root, 9, b) }

// Near miss: the recursion starts in a temporary directory.
func spill(dir string, depth int, b []byte) error {
	if depth == 0 {
		return os.WriteFile(filepath.Join(dir, "leaf"), b, 0o600)
	}
	return spill(filepath.Join(dir, "d"), depth-1, b)
}

func Spill(b []byte) error {
	dir, err := os.MkdirTemp("", "spill")
	if err != nil {
		return err
	}
	return spill(dir, 3, b)
}
