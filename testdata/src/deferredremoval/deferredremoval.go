// Package deferredremoval removes what it wrote when the function returns. Wherever the
// write stands, the removal has to be arranged for whenever the write is done. All these
// files are read back, so that only the removal tells what is left in place.
package deferredremoval

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

func env(dir string) ([]byte, error)  { return os.ReadFile(filepath.Join(dir, "env")) }
func list(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "list")) }

// In one block with the write, behind it.
func inBlock(dir string, body []byte) (bool, error) {
	if len(body) > 0 {
		p := filepath.Join(dir, "env")
		if err := os.WriteFile(p, body, 0o644); err != nil {
			return false, err
		}
		defer os.Remove(p)
	}
	return true, exec.Command("deploy", dir).Run()
}

// Before it, and the write stands deeper.
func before(dir string, body []byte, kind int) error {
	p := filepath.Join(dir, "env")
	switch kind {
	case 1:
		defer func() { _ = os.Remove(p) }()
		if len(body) > 0 {
			if err := os.WriteFile(p, body, 0o644); err != nil {
				return err
			}
		}
	}
	return exec.Command("deploy", dir).Run()
}

// In a loop, which goes on where the write fails.
func each(dirs []string, body []byte) error {
	for _, dir := range dirs {
		p := filepath.Join(dir, "env")
		if err := os.WriteFile(p, body, 0o644); err != nil {
			fmt.Println(err)
			continue
		}
		if len(body) > 1<<20 {
			return fmt.Errorf("%s: too large", p)
		}
		defer os.Remove(p)
	}
	return exec.Command("deploy", dirs...).Run()
}

// Through a method and a function that do nothing else.
type envFile struct{ dir string }

func (f *envFile) path() string { return filepath.Join(f.dir, "env") }

func (f *envFile) remove() error { return os.Remove(f.path()) }

func (f *envFile) run(body []byte) error {
	if len(body) > 0 {
		if err := os.WriteFile(f.path(), body, 0o644); err != nil {
			return err
		}
		defer f.remove()
	}
	return exec.Command("deploy", f.dir).Run()
}

func drop(p string) { os.Remove(p) }

func dropped(dir string, body []byte) error {
	p := filepath.Join(dir, "env")
	if err := os.WriteFile(p, body, 0o644); err != nil {
		return err
	}
	defer drop(p)
	return exec.Command("deploy", dir).Run()
}

// Through a literal that is held by a variable, or that sees to it that it is done once.
func held(dir string, body []byte) error {
	p := filepath.Join(dir, "env")
	cleanUp := func() { os.Remove(p) }
	if err := os.WriteFile(p, body, 0o644); err != nil {
		return err
	}
	defer cleanUp()
	return exec.Command("deploy", dir).Run()
}

func once(dir string, body []byte) error {
	var done sync.Once
	p := filepath.Join(dir, "env")
	defer func() { done.Do(func() { os.Remove(p) }) }()
	if err := os.WriteFile(p, body, 0o644); err != nil {
		return err
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: the file stays where it is asked for.
func kept(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return err
	}
	if !keep {
		defer os.Remove(p)
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: the same with a literal.
func keptByLiteral(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return err
	}
	if !keep {
		defer func() { os.Remove(p) }()
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: left before the removal is arranged for, and nothing has failed.
func leftBefore(dir string, body []byte, keep bool) error {
	if len(body) > 0 {
		p := filepath.Join(dir, "list")
		if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
			return err
		}
		if keep {
			return nil
		}
		defer os.Remove(p)
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: the same with the rest of the work.
func leftToRun(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	err := os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
	if err == nil && keep {
		return exec.Command("deploy", dir).Run()
	}
	defer os.Remove(p)
	return err
}

// Near miss: the loop goes on, and nothing has failed.
func leftInLoop(dirs []string, body []byte, keep bool) {
	for _, dir := range dirs {
		p := filepath.Join(dir, "list")
		if err := os.WriteFile(p, body, 0o644); err != nil || keep { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
			continue
		}
		defer os.Remove(p)
	}
}

// Near miss: kept where the removal is not deferred.
func leftWithout(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return err
	}
	if keep {
		return nil
	}
	return os.Remove(p)
}

// Near miss: in another branch than the write.
func otherBranch(dir string, body []byte, clean bool) error {
	p := filepath.Join(dir, "list")
	if clean {
		defer os.Remove(p)
	} else if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return err
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: written once more behind the block.
func again(dir string, body []byte) error {
	p := filepath.Join(dir, "list")
	if len(body) > 0 {
		if err := os.WriteFile(p, body, 0o644); err != nil {
			return err
		}
		defer os.Remove(p)
	}
	return os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
}

// Near miss: what is deferred last is done first, so the file is written behind its
// removal.
func writtenLast(dir string, body []byte) error {
	p := filepath.Join(dir, "list")
	defer func() {
		_ = os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
	}()
	defer os.Remove(p)
	return exec.Command("deploy", dir).Run()
}

// Near miss: removed to be written anew.
func anew(dir string, body []byte) {
	p := filepath.Join(dir, "list")
	defer func() {
		os.Remove(p)
		_ = os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
	}()
}

// Near miss: the function that is deferred removes only what a failure left.
func dropIfFailed(p string, err *error) {
	if *err != nil {
		os.Remove(p)
	}
}

func droppedIfFailed(dir string, body []byte) (err error) {
	p := filepath.Join(dir, "list")
	defer dropIfFailed(p, &err)
	if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return err
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: so does the method.
type listFile struct{ dir string }

var errStale = errors.New("stale")

func (f *listFile) path() string { return filepath.Join(f.dir, "list") }

func (f *listFile) abandon(err *error) {
	if errors.Is(*err, errStale) {
		os.Remove(f.path())
	}
}

func (f *listFile) save(body []byte) (err error) {
	defer f.abandon(&err)
	return os.WriteFile(f.path(), body, 0o644) // want `^os.WriteFile truncates f.path\(\) before .*partial \(list reads it back at .*\)$`
}

// Near miss: the file of another object is removed.
func (f *listFile) remove() error { return os.Remove(f.path()) }

func (f *listFile) replace(old *listFile, body []byte) error {
	defer old.remove()
	return os.WriteFile(f.path(), body, 0o644) // want `^os.WriteFile truncates f.path\(\) before .*partial \(list reads it back at .*\)$`
}

// Removed by what runs behind the write, and is deferred there. Near miss: it does not
// always run.
func inLiteral(dir string, body []byte) error {
	p := filepath.Join(dir, "env")
	if err := os.WriteFile(p, body, 0o644); err != nil {
		return err
	}
	return func() error {
		defer os.Remove(p)
		return exec.Command("deploy", dir).Run()
	}()
}

func inLiteralAtTimes(dir string, body []byte, keep bool) (err error) {
	p := filepath.Join(dir, "list")
	if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return err
	}
	if !keep {
		func() {
			defer os.Remove(p)
			err = exec.Command("deploy", dir).Run()
		}()
	}
	return err
}

// Near miss: of an object that is made on the spot.
func newListFile(dir string) *listFile { return &listFile{dir} }

func (f *listFile) moveTo(dir string, body []byte) error {
	defer newListFile(dir).remove()
	return os.WriteFile(f.path(), body, 0o644) // want `^os.WriteFile truncates f.path\(\) before .*partial \(list reads it back at .*\)$`
}

// Near miss: the program ends before the removal is arranged for, here or in a function.
func exitsBefore(dir string, body []byte, keep bool) error {
	if len(body) > 0 {
		p := filepath.Join(dir, "list")
		if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
			return err
		}
		if keep {
			os.Exit(0)
		}
		defer os.Remove(p)
	}
	return exec.Command("deploy", dir).Run()
}

func done(p string) {
	fmt.Println(p)
	os.Exit(0)
}

func exitsInCall(dir string, body []byte, keep bool) error {
	if len(body) > 0 {
		p := filepath.Join(dir, "list")
		if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
			return err
		}
		if keep {
			done(p)
		}
		defer os.Remove(p)
	}
	return exec.Command("deploy", dir).Run()
}

// Near miss: what is deferred leaves before it removes, in a literal, in a function, and
// in a condition.
func leavesLiteral(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	defer func() {
		if keep {
			return
		}
		os.Remove(p)
	}()
	return os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
}

func dropUnless(p string, keep bool) {
	if keep {
		return
	}
	os.Remove(p)
}

func leavesFunction(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	defer dropUnless(p, keep)
	return os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
}

func keptOrDropped(p string, keep bool) bool { return keep || os.Remove(p) == nil }

func leavesCondition(dir string, body []byte, keep bool) error {
	p := filepath.Join(dir, "list")
	defer keptOrDropped(p, keep)
	return os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
}

// Near miss: the closure is kept, and nobody need ever call it.
func undo(dir string, body []byte) (func(), error) {
	p := filepath.Join(dir, "list")
	if err := os.WriteFile(p, body, 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
		return nil, err
	}
	return func() {
		defer os.Remove(p)
		fmt.Println("undone")
	}, nil
}

func dropper(p string) func() { return func() { os.Remove(p) } }

func neverCalled(dir string, body []byte) error {
	if len(body) > 0 {
		p := filepath.Join(dir, "list")
		defer dropper(p)
		return os.WriteFile(p, body, 0o644) // want `^os.WriteFile truncates p before .*partial \(list reads it back at .*\)$`
	}
	return nil
}

// Near miss: the object has another file by then, or the variable another object.
func (f *listFile) moved(body []byte) error {
	if len(body) > 0 {
		defer f.remove()
		f.dir = "/var/lib/deployed"
		return os.WriteFile(f.path(), body, 0o644) // want `^os.WriteFile truncates f.path\(\) before .*partial \(list reads it back at .*\)$`
	}
	return nil
}

func (f *listFile) exchanged(body []byte) error {
	old := f
	defer old.remove()
	f = newListFile("/var/lib/deployed")
	return os.WriteFile(f.path(), body, 0o644) // want `^os.WriteFile truncates f.path\(\) before .*partial \(list reads it back at .*\)$`
}
