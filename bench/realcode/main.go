// The realcode command applies all fixes to real programs, and prints what that does
// to them: a row of a Markdown table each. Run it in folder bench:
//
//	go run ./realcode [-clones DIR] [-limit DURATION] [OWNER/NAME@COMMIT...]
//
// Without arguments it takes the programs listed in main.go. They come
// from github.com, or from DIR, which holds a clone of each named OWNER+NAME (bare, in
// itself or in a folder "repo", or with a work tree). It needs git, Go, the module
// proxy, and a few minutes and some 100 MB for a program, in the folder for temporary
// files; nothing is written to the clones.
//
// To each program, in a checkout of its own, it does this:
//
//  1. raise the go line of its go.mod to what the helper needs, as go get would,
//  2. run nonatomicwrite -fix -copy-helper=internal/atomicfile ./..., and that again
//     with the copy as -helper: the second run must change nothing,
//  3. build the packages that built before,
//  4. run the tests of the packages with fixes, before and after. If the results
//     differ, both run once more: a test turned red if it passed in both runs before
//     and in none after.
//
// Fixes apply to what is analysed: the root module, for the system that it runs on.
// Tests run with an empty home directory. The exit status is 1 if a fix broke a build
// or turned a test red, or if the second run changed anything, and 2 if a program
// could not be measured.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// programs are those of the development corpus that need no other build tool.
var programs = []string{
	"FiloSottile/mkcert@1c1dc4ed27ed5936046b6398d39cab4d657a2d8e",
	"direnv/direnv@b00e451f547f39be7ab836d969054114a465a0f9",
	"junegunn/fzf@956562daaa82ddf55ea8f7aeab56883377b742c6",
	"go-task/task@b250872d9aebcd4857679553339d167478b63514",
	"zyedidia/micro@3a7403bde4d508afea93a94d1113ca73cf37c1c1",
	"slackhq/nebula@9c5d7016489cb194db1a8bf27edc2145ac71ab32",
	"nektos/act@bd86152165b976e89c24093ceb039d732b5ed95f",
	"jesseduffield/lazygit@ea916395469808d37d726ae183fa40fd575a9d8a",
	"restic/restic@a80be1478a4c537f8396e0db2b05120aa78f11e0",
	"getsops/sops@15e36f97a8641769712da76b64aec4ea566be81e",
	"cli/cli@44ee17760709bedf1cad7e452e61751489b81a33",
	"helm/helm@e9b85e4de16ad45805843fb121748018cf89094b",
	"AdguardTeam/AdGuardHome@75e43ab5b251aa5038ebc857595855c5b168b93d",
	"gohugoio/hugo@7b5199fdeff7d7682e9f979f468d55bc7b67b934",
}

func main() {
	clones := flag.String("clones", "", "take clones named OWNER+NAME from `DIR`, not from github.com")
	limit := flag.Duration("limit", 20*time.Minute, "give up on a program after that long")
	flag.Parse()
	if flag.NArg() > 0 {
		programs = flag.Args()
	}
	status, err := measure(programs, *clones, *limit)
	if err != nil {
		fmt.Fprintln(os.Stderr, "realcode:", err)
		status = 2
	}
	os.Exit(status)
}

// measure prints the table.
func measure(programs []string, clones string, limit time.Duration) (status int, err error) {
	work, err := os.MkdirTemp("", "realcode")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	linter := filepath.Join(work, "nonatomicwrite")
	build := exec.Command("go", "build", "-o", linter, "github.com/nonatomicwrite/nonatomicwrite/cmd/nonatomicwrite")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return 0, err
	}
	fmt.Print(header)
	for _, name := range programs {
		ctx, stop := context.WithTimeout(context.Background(), limit)
		r, err := try(ctx, work, linter, clones, name)
		if ctx.Err() != nil {
			err = fmt.Errorf("given up after %s", limit)
		}
		stop()
		if err != nil {
			fmt.Fprintf(os.Stderr, "realcode: %s: %v\n", name, err)
			status = 2
			continue
		}
		fmt.Print(r.row(name))
		if r.defect() {
			status = max(status, 1)
		}
	}
	return status, nil
}
