package apply

import (
	"bytes"
	"go/format"
	"strings"
)

// A layout is what of a file's form is kept, though gofmt would change it.
type layout struct {
	bom       bool // it begins with a byte order mark
	crlf      bool // all its lines end in CR LF
	formatted bool // gofmt would change nothing else
}

const bom = "\ufeff"

func layoutOf(content []byte) layout {
	l := layout{
		bom:  bytes.HasPrefix(content, []byte(bom)),
		crlf: bytes.Count(content, []byte("\n")) == bytes.Count(content, []byte("\r\n")) && bytes.Contains(content, []byte("\n")),
	}
	plain := l.plain(content)
	formatted, err := format.Source(plain)
	l.formatted = err == nil && bytes.Equal(formatted, plain)
	return l
}

// plain returns the content as gofmt wants it.
func (l layout) plain(content []byte) []byte {
	content = bytes.TrimPrefix(content, []byte(bom))
	if l.crlf {
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	}
	return content
}

// ends gives new text the line ends of the file.
func (l layout) ends(s string) string {
	if l.crlf {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
	}
	return s
}

// format formats a changed content, if the old one was formatted: a fix is no reason
// to change other lines.
func (l layout) format(content []byte) ([]byte, error) {
	if !l.formatted {
		return content, nil
	}
	plain, err := format.Source(l.plain(content))
	if err != nil {
		return nil, err
	}
	if l.crlf {
		plain = bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n"))
	}
	if l.bom {
		plain = append([]byte(bom), plain...)
	}
	return plain, nil
}
