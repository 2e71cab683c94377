//go:build unix

package analyzer_test

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
	"github.com/nonatomicwrite/nonatomicwrite/internal/benchcode"
)

// BenchmarkLines analyses generated packages of code as people write it. What is
// measured is the analyzers' work: parsing and type-checking come before. The
// metric cpu-ns/line is processor time, which other work on the machine does not
// change as it does ns/op; x1000 is that, divided by what the package of 1 000
// lines needs: 1 is linear.
//
//	go test -run '^$' -bench Lines -count 10 ./analyzer | benchstat -
func BenchmarkLines(b *testing.B) {
	base := 0.0
	for _, lines := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			u := stdUniverse(b)
			defer u.forget()
			p := u.check("example.com/generated", benchcode.Lines(lines))
			if p == nil || len(p.errs) > 0 {
				b.Fatalf("the generated code does not compile: %v", p.errs[0])
			}
			runtime.GC()
			b.ReportAllocs()
			found := 0
			start := cpuTime()
			for b.Loop() {
				diags, err := newDriver().analyze(p, analyzer.Suite())
				if err != nil {
					b.Fatal(err)
				}
				found = len(diags)
			}
			perLine := float64((cpuTime() - start).Nanoseconds()) / float64(b.N) / float64(p.lines)
			if lines == 1_000 {
				base = perLine
			}
			b.ReportMetric(perLine, "cpu-ns/line")
			if base > 0 {
				b.ReportMetric(perLine/base, "x1000")
			}
			b.ReportMetric(float64(found), "findings")
		})
	}
}

// BenchmarkSameLines analyses 100 000 lines in packages of 1 000, 10 000 and 100 000,
// each package once in its turn as a build does. BenchmarkLines analyses one package
// again and again: of 1 000 lines it stays in the processor's cache, which one of
// 100 000 lines does not fit in, and the collector has that much less to mark. Here
// all have that in common, so that what is left of x1000 is of the analyzers alone.
//
//	go test -run '^$' -bench SameLines -count 10 ./analyzer | benchstat -
func BenchmarkSameLines(b *testing.B) {
	const total = 100_000
	base := 0.0
	for _, lines := range []int{1_000, 10_000, total} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			u := stdUniverse(b)
			defer u.forget()
			var pkgs []*unit
			all := 0
			for i := range total / lines {
				p := u.check(fmt.Sprintf("example.com/generated%d", i), benchcode.Lines(lines))
				if p == nil || len(p.errs) > 0 {
					b.Fatalf("the generated code does not compile: %v", p.errs[0])
				}
				pkgs, all = append(pkgs, p), all+p.lines
			}
			runtime.GC()
			start := cpuTime()
			for b.Loop() {
				for _, p := range pkgs {
					if _, err := newDriver().analyze(p, analyzer.Suite()); err != nil {
						b.Fatal(err)
					}
				}
			}
			perLine := float64((cpuTime() - start).Nanoseconds()) / float64(b.N) / float64(all)
			if lines == 1_000 {
				base = perLine
			}
			b.ReportMetric(perLine, "cpu-ns/line")
			if base > 0 {
				b.ReportMetric(perLine/base, "x1000")
			}
		})
	}
}

// BenchmarkPairs analyses packages of types with a function that saves each to a
// path and one that loads it, all of them about one type more. The metrics are
// those of BenchmarkLines, for a type: x100 of 1 is linear.
//
//	go test -run '^$' -bench Pairs -count 10 ./analyzer | benchstat -
func BenchmarkPairs(b *testing.B) {
	base := 0.0
	for _, n := range []int{100, 1_000, 4_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			u := stdUniverse(b)
			defer u.forget()
			p := u.check("example.com/pairs", benchcode.Pairs(n))
			if p == nil || len(p.errs) > 0 {
				b.Fatalf("the generated code does not compile: %v", p.errs[0])
			}
			runtime.GC()
			start := cpuTime()
			for b.Loop() {
				diags, err := newDriver().analyze(p, analyzer.Suite())
				if err != nil {
					b.Fatal(err)
				}
				if len(diags) != n {
					b.Fatalf("%d findings, want one a type: %d", len(diags), n)
				}
			}
			perType := float64((cpuTime() - start).Nanoseconds()) / float64(b.N) / float64(n)
			if n == 100 {
				base = perType
			}
			b.ReportMetric(perType, "cpu-ns/type")
			if base > 0 {
				b.ReportMetric(perType/base, "x100")
			}
		})
	}
}

// BenchmarkChain analyses 300 packages, each of which wraps the functions of the
// one before it, so that everything there is to know travels as facts.
func BenchmarkChain(b *testing.B) {
	const n = 300
	u := stdUniverse(b)
	defer u.forget()
	var pkgs []*unit
	for i := range n {
		p := u.check(benchcode.ChainPath(i), benchcode.Chain(i))
		if p == nil || len(p.errs) > 0 {
			b.Fatalf("the generated code does not compile: %v", p.errs[0])
		}
		pkgs = append(pkgs, p)
	}
	b.ReportAllocs()
	found, encoded := 0, 0
	start := cpuTime()
	for b.Loop() {
		d := newDriver()
		found = 0
		for _, p := range pkgs {
			diags, err := d.analyze(p, analyzer.Suite())
			if err != nil {
				b.Fatal(err)
			}
			found += len(diags)
		}
		encoded = d.encoded
	}
	b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N)/n, "cpu-ns/package")
	b.ReportMetric(float64(encoded)/n, "factbytes/package")
	b.ReportMetric(float64(found), "findings")
}

// cpuTime returns the processor time that the process has had.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// TestGenerated proves that the benchmarks measure something: the generated code
// compiles and has findings, as many to the line in a small package as in a
// large one.
func TestGenerated(t *testing.T) {
	u := stdUniverse(t)
	defer u.forget()
	perUnit := -1
	for _, lines := range []int{1_000, 10_000, 50_000} {
		p := u.check(fmt.Sprintf("example.com/generated%d", lines), benchcode.Lines(lines))
		if p == nil || len(p.errs) > 0 {
			t.Fatalf("the generated code does not compile: %v", p.errs[0])
		}
		if p.lines < lines*9/10 || p.lines > lines*11/10 {
			t.Errorf("%d lines, want about %d", p.lines, lines)
		}
		diags, err := newDriver().analyze(p, analyzer.Suite())
		if err != nil {
			t.Fatal(err)
		}
		units := max(1, lines/benchcode.UnitLines)
		if perUnit < 0 {
			perUnit = (len(diags) - 1) / units // one is of the common helper
		}
		if perUnit == 0 || len(diags) != perUnit*units+1 {
			t.Errorf("%d findings in %d lines, want %d a unit and one", len(diags), lines, max(1, perUnit))
		}
	}
}
