// The notes command keeps notes in a file and prints them as a page.
package main

import (
	"flag"
	"html"
	"log"
	"os"
	"strings"
)

func main() {
	out := flag.String("o", "notes.html", "where to write the page")
	flag.Parse()
	s := &store{path: "notes.txt"}
	notes, err := s.load()
	if err != nil {
		log.Fatal(err)
	}
	if note := strings.Join(flag.Args(), " "); note != "" {
		notes = append(notes, note+"\n"...)
		if err := s.save(notes); err != nil {
			log.Fatal(err)
		}
	}
	if err := page(*out, notes); err != nil {
		log.Fatal(err)
	}
}

func page(name string, notes []byte) error {
	return os.WriteFile(name, []byte("<pre>"+html.EscapeString(string(notes))+"</pre>\n"), 0o644)
}
