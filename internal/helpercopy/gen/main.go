// The gen command writes the archive of package atomicfile: gen FOLDER LICENCE FILE.
package main

import (
	"log"
	"os"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	"github.com/nonatomicwrite/nonatomicwrite/internal/helpercopy"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: gen FOLDER LICENCE FILE")
	}
	data, err := helpercopy.Pack(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	if err := atomicfile.WriteFile(os.Args[3], data, 0o644); err != nil {
		log.Fatal(err)
	}
}
