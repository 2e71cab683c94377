package report

// New returns the findings in functions, or other declarations, that were touched:
// whoever changes a function is asked about all of it. The argument reports that of
// a range of lines.
func (s *Sources) New(findings []Finding, touched func(file string, first, last int) bool) (fresh []Finding) {
	for _, f := range findings {
		_, first, last := s.Around(f.Place.File, f.Place.Line)
		if touched(f.Place.File, first, last) {
			fresh = append(fresh, f)
		}
	}
	return fresh
}
