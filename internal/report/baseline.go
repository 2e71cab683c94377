package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A Baseline is a list of findings that were there before: they do not count.
type Baseline struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// An Entry is a fingerprint, and how many findings have it.
type Entry struct {
	Fingerprint
	Count int `json:"count"`
}

func (e Entry) String() string {
	where := e.Package
	if e.Function != "" {
		where += ", " + e.Function
	}
	return where + ": " + e.Subject
}

// baselineVersion is that of the form of the file and of the fingerprints in it.
const baselineVersion = 1

// NewBaseline returns a baseline of all findings, in an order that does not change
// with lines or files.
func NewBaseline(s *Sources, findings []Finding) *Baseline {
	count := map[Fingerprint]int{}
	for _, f := range findings {
		count[s.FingerprintOf(f)]++
	}
	b := &Baseline{Version: baselineVersion, Findings: []Entry{}}
	for p, n := range count {
		b.Findings = append(b.Findings, Entry{p, n})
	}
	slices.SortFunc(b.Findings, func(x, y Entry) int {
		return cmp.Or(
			cmp.Compare(x.Package, y.Package), cmp.Compare(x.Function, y.Function),
			cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Analyzer, y.Analyzer),
		)
	})
	return b
}

// ParseBaseline reads what Encode wrote.
func ParseBaseline(data []byte) (*Baseline, error) {
	var head struct {
		Version *int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("is no baseline: %w", err)
	}
	if head.Version == nil {
		return nil, errors.New("is no baseline: it has no version")
	}
	if *head.Version != baselineVersion {
		return nil, fmt.Errorf("has version %d, and this command reads version %d: write it again with -write-baseline", *head.Version, baselineVersion)
	}
	b := new(Baseline)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(b); err != nil {
		return nil, fmt.Errorf("is no baseline: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("is no baseline: something follows it")
	}
	return b, nil
}

// Encode returns the baseline as it is kept in a file: a line for each field, which
// is kind to people who merge it.
func (b *Baseline) Encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	err := e.Encode(b)
	return out.Bytes(), err
}

// Apply returns the findings that the baseline does not hold, how many it holds, and
// the entries that are stale: of what they hold, nothing or less is left. Only
// entries of the packages that the run covers can be stale.
func (b *Baseline) Apply(s *Sources, findings []Finding, covered func(pkg string) bool) (fresh []Finding, known int, stale []Entry) {
	left := map[Fingerprint]int{}
	for _, e := range b.Findings {
		left[e.Fingerprint] += e.Count
	}
	for _, f := range findings {
		p := s.FingerprintOf(f)
		if left[p] > 0 {
			left[p]--
			known++
			continue
		}
		fresh = append(fresh, f)
	}
	for _, e := range b.Findings {
		if n := left[e.Fingerprint]; n > 0 && covered(e.Package) {
			e.Count = n
			stale = append(stale, e)
			left[e.Fingerprint] = 0
		}
	}
	return fresh, known, stale
}
