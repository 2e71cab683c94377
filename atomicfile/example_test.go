package atomicfile_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

func ExampleWriteFile() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "state.json")

	if err := atomicfile.WriteFile(name, []byte(`{"runs": 1}`), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	data, err := os.ReadFile(name)
	fmt.Println(string(data), err)
	// Output: {"runs": 1} <nil>
}

func ExampleCreate() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "report.csv")

	report := func(source io.Reader) error {
		f, err := atomicfile.Create(name, 0o666)
		if err != nil {
			return err
		}
		defer f.Close() // throws the new content away, unless it was committed
		if _, err := io.Copy(f, source); err != nil {
			return err
		}
		return f.Commit()
	}
	fmt.Println(report(strings.NewReader("a,b\n1,2\n")))
	broken, writer := io.Pipe()
	go func() {
		fmt.Fprint(writer, "a,b\n3,")
		writer.CloseWithError(errors.New("connection lost"))
	}()
	fmt.Println(report(broken))
	data, err := os.ReadFile(name)
	fmt.Printf("%q %v\n", data, err)
	// Output:
	// <nil>
	// connection lost
	// "a,b\n1,2\n" <nil>
}
