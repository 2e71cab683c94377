// Package editedinplace shows shape 12: it looks like output that a user asked for,
// but the file is edited in place or read again.
package editedinplace

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

var (
	overwrite = flag.Bool("w", false, "write result to (source) file")
	certFile  = flag.String("cert", "server.pem", "the server's certificate")
	exportTo  = flag.String("export", "export.json", "export to `file`")
	chartTo   = flag.String("chart", "chart.svg", "draw to `file`")
)

// A formatter's -w.
func formatFile(name string, out io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	src, err := io.ReadAll(f)
	f.Close()
	if err != nil {
		return err
	}
	res := bytes.ReplaceAll(src, []byte("\t"), []byte("    "))
	if *overwrite {
		dst, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0) // want `^os.OpenFile truncates name before .*partial \(read at editedinplace.go:\d+ and written back\)$`
		if err != nil {
			return err
		}
		defer dst.Close()
		_, err = dst.Write(res)
		return err
	}
	_, err = out.Write(res)
	return err
}

// A certificate that is renewed, and read at the next start.
func renew(der []byte) error {
	f, err := os.Create(*certFile) // want `^os.Create truncates \*certFile before .*partial \(certificate reads it back at editedinplace.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func certificate() (*x509.Certificate, error) {
	raw, err := os.ReadFile(*certFile)
	if err != nil {
		return nil, err
	}
	b, _ := pem.Decode(raw)
	if b == nil {
		return nil, errors.New("no certificate")
	}
	return x509.ParseCertificate(b.Bytes)
}

// A key pair that another package reads.
type server struct{ cert, key string }

func (s *server) pair() (tls.Certificate, error) { return tls.LoadX509KeyPair(s.cert, s.key) }

func (s *server) rotate(der []byte) error {
	return os.WriteFile(s.key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600) // want `^os.WriteFile truncates s.key before .*partial \(pair reads it back at editedinplace.go:\d+\)$`
}

// An export that the next export reads.
func export(rows map[string]int) error {
	old := map[string]int{}
	if raw, err := os.ReadFile(*exportTo); err == nil {
		if err := json.Unmarshal(raw, &old); err != nil {
			return err
		}
	}
	for k, v := range old {
		rows[k] += v
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return os.WriteFile(*exportTo, raw, 0o644) // want `^os.WriteFile truncates \*exportTo before .*partial \(read at editedinplace.go:\d+ and written back\)$`
}

// Near miss: a picture that is drawn anew each time.
func chart(rows map[string]int) error {
	f, err := os.Create(*chartTo) // want `^os.Create truncates \*chartTo before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintf(f, "<svg><text>%d</text></svg>", len(rows))
	return err
}
