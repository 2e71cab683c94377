package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// A Fingerprint tells whether two findings, in two states of the same source, are
// one: the analyzer, the package, the function around it, and what is done to which
// path, as written. It has no line numbers, so it survives lines that move. Findings
// that are equal in all of this are told apart by their number among them.
type Fingerprint struct {
	Analyzer string `json:"analyzer"`
	Package  string `json:"package"`
	Function string `json:"function"`
	Subject  string `json:"subject"` // "os.WriteFile truncates s.path before writing it"
}

// fingerprintVersion names the way fingerprints are made. It changes with it.
const fingerprintVersion = "nonatomicwrite/v1"

// FingerprintOf returns the fingerprint of a finding.
func (s *Sources) FingerprintOf(f Finding) Fingerprint {
	function, _, _ := s.Around(f.Place.File, f.Place.Line)
	return Fingerprint{f.Analyzer, f.Package, function, subject(f.Message)}
}

// subject returns a message up to where it says what can happen: the callee and the
// path expression. What follows may name lines.
func subject(message string) string {
	subject, _, _ := strings.Cut(message, ": ")
	subject, _, _ = strings.Cut(subject, " (")
	return subject
}

// hash returns the fingerprint as text for tools, with the number of the finding
// among those that are equal, from 1.
func (p Fingerprint) hash(nth int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{p.Analyzer, p.Package, p.Function, p.Subject}))
	return fmt.Sprintf("%s:%d", hex.EncodeToString(sum[:16]), nth)
}

// fingerprints returns the fingerprints of findings as text.
func (s *Sources) fingerprints(findings []Finding) []string {
	seen := map[Fingerprint]int{}
	out := make([]string, len(findings))
	for i, f := range findings {
		p := s.FingerprintOf(f)
		seen[p]++
		out[i] = p.hash(seen[p])
	}
	return out
}
