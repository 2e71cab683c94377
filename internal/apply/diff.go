package apply

import (
	"fmt"
	"strings"
)

// diffContext is how many equal lines a hunk shows around changed ones, as diff -u.
const diffContext = 3

// Diff returns a change as a unified diff, which patch and git apply understand. The
// name is what the file is called there, with slashes.
func (c Change) Diff(name string) string {
	a, b := lines(string(c.Old)), lines(string(c.New))
	var out strings.Builder
	fmt.Fprintf(&out, "--- a/%s\n+++ b/%s\n", name, name)
	for _, h := range hunks(edits(a, b), len(a)) {
		fmt.Fprintf(&out, "@@ -%s +%s @@\n", lineRange(h.aFrom, h.aTo), lineRange(h.bFrom, h.bTo))
		at := h.aFrom
		for _, m := range h.changes {
			mark(&out, " ", a[at:m.aFrom])
			mark(&out, "-", a[m.aFrom:m.aTo])
			mark(&out, "+", b[m.bFrom:m.bTo])
			at = m.aTo
		}
		mark(&out, " ", a[at:h.aTo])
	}
	return out.String()
}

// lines splits a text behind its line ends.
func lines(s string) (all []string) {
	for line := range strings.Lines(s) {
		all = append(all, line)
	}
	return all
}

func mark(out *strings.Builder, with string, lines []string) {
	for _, line := range lines {
		out.WriteString(with + line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// lineRange returns the lines from one index up to another as a hunk names them.
func lineRange(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

// A change of lines replaces some lines of the first text by some of the second.
type lineChange struct{ aFrom, aTo, bFrom, bTo int }

// A hunk is changes of lines that are near each other, with what is around them.
type hunk struct {
	lineChange
	changes []lineChange
}

// hunks joins changes that share context. The first text has n lines.
func hunks(changes []lineChange, n int) (all []hunk) {
	for _, c := range changes {
		before, after := min(diffContext, c.aFrom), min(diffContext, n-c.aTo)
		h := hunk{lineChange{c.aFrom - before, c.aTo + after, c.bFrom - before, c.bTo + after}, []lineChange{c}}
		if last := len(all) - 1; last >= 0 && h.aFrom <= all[last].aTo {
			all[last].aTo, all[last].bTo = h.aTo, h.bTo
			all[last].changes = append(all[last].changes, c)
			continue
		}
		all = append(all, h)
	}
	return all
}

// edits returns the fewest changes of lines that make the second text of the first:
// the greedy algorithm of Myers, An O(ND) Difference Algorithm and Its Variations
// (1986), on what is left of the texts between their common beginning and end.
func edits(a, b []string) []lineChange {
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	aTo, bTo := len(a), len(b)
	for aTo > from && bTo > from && a[aTo-1] == b[bTo-1] {
		aTo--
		bTo--
	}
	var changes []lineChange
	x, y := from, from
	for _, equal := range common(a[from:aTo], b[from:bTo]) {
		ex, ey := from+equal[0], from+equal[1]
		if ex > x || ey > y {
			changes = append(changes, lineChange{x, ex, y, ey})
		}
		x, y = ex+1, ey+1
	}
	if aTo > x || bTo > y {
		changes = append(changes, lineChange{x, aTo, y, bTo})
	}
	return changes
}

// common returns the indices of a longest common subsequence in both texts.
func common(a, b []string) (pairs [][2]int) {
	far := map[int]int{1: 0} // by diagonal x-y: the furthest x that d edits reach
	var trace []map[int]int  // far before each d
	for d := 0; d <= len(a)+len(b); d++ {
		copied := make(map[int]int, len(far))
		for k, x := range far {
			copied[k] = x
		}
		trace = append(trace, copied)
		for k := -d; k <= d; k += 2 {
			x := step(far, k, d)
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			far[k] = x
			if x >= len(a) && x-k >= len(b) {
				return walkBack(trace, len(a), len(b))
			}
		}
	}
	return nil
}

// step returns where diagonal k begins with the d-th edit: below a deletion or right
// of an insertion.
func step(far map[int]int, k, d int) int {
	if k == -d || k != d && far[k-1] < far[k+1] {
		return far[k+1]
	}
	return far[k-1] + 1
}

// walkBack returns the equal pairs on the way that the trace took.
func walkBack(trace []map[int]int, x, y int) (pairs [][2]int) {
	for d := len(trace) - 1; d >= 0; d-- {
		k := x - y
		begin := step(trace[d], k, d)
		for x > begin && x > 0 && y > 0 {
			x--
			y--
			pairs = append(pairs, [2]int{x, y})
		}
		if d == 0 {
			break
		}
		if k == -d || k != d && trace[d][k-1] < trace[d][k+1] {
			x, y = trace[d][k+1], trace[d][k+1]-(k+1)
		} else {
			x, y = trace[d][k-1], trace[d][k-1]-(k-1)
		}
	}
	for i, j := 0, len(pairs)-1; i < j; i, j = i+1, j-1 {
		pairs[i], pairs[j] = pairs[j], pairs[i]
	}
	return pairs
}
