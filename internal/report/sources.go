package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
)

// Sources reads the files that findings are in, each once. What cannot be read or
// parsed has no lines and no functions: a finding there is shown without.
type Sources struct{ files map[string]*source }

// NewSources returns sources that have read nothing yet.
func NewSources() *Sources { return &Sources{files: map[string]*source{}} }

// A source is a file with its top-level declarations.
type source struct {
	text  string
	lines []string
	decls []decl
}

// A decl is a function, or what else is declared at the top level.
type decl struct {
	name     string // "Save", "(*Store).Save", "var defaults"
	from, to int    // the first and the last line, doc comment included
}

func (s *Sources) file(name string) *source {
	f, ok := s.files[name]
	if !ok {
		f = readSource(name)
		s.files[name] = f
	}
	return f
}

// Line returns a line of a file without its end, or "".
func (s *Sources) Line(file string, line int) string {
	f := s.file(file)
	if line < 1 || line > len(f.lines) {
		return ""
	}
	return strings.TrimRight(f.lines[line-1], "\r\n")
}

// Around returns the name of the function or other declaration around a line, and
// its first and last line. A line outside any is for itself.
func (s *Sources) Around(file string, line int) (name string, from, to int) {
	for _, d := range s.file(file).decls {
		if d.from <= line && line <= d.to {
			return d.name, d.from, d.to
		}
	}
	return "", line, line
}

func readSource(name string) *source {
	data, err := os.ReadFile(name)
	if err != nil {
		return &source{}
	}
	s := &source{text: string(data)}
	for line := range strings.Lines(s.text) {
		s.lines = append(s.lines, line)
	}
	fset := token.NewFileSet()
	// What stands before a syntax error is parsed.
	f, _ := parser.ParseFile(fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
	if f == nil {
		return s
	}
	add := func(name string, doc *ast.CommentGroup, n ast.Node) {
		from := n.Pos()
		if doc != nil {
			from = doc.Pos()
		}
		// A //line comment changes no line of the file itself.
		s.decls = append(s.decls, decl{name, fset.PositionFor(from, false).Line, fset.PositionFor(n.End(), false).Line})
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			add(funcName(d), d.Doc, d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					add(d.Tok.String()+" "+spec.Names[0].Name, spec.Doc, spec)
				}
			}
		}
	}
	return s
}

func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	recv := types.ExprString(d.Recv.List[0].Type)
	if strings.HasPrefix(recv, "*") {
		recv = "(" + recv + ")"
	}
	return recv + "." + d.Name.Name
}
