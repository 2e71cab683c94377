package directivetests

import (
	"os"
	"testing"
)

func TestSave(t *testing.T) {
	//nonatomicwrite:ignore nothing is looked at here
	//nonatomicwrite:ingore not even this
	b, err := os.ReadFile("x")
	if err != nil {
		t.Fatal(err)
	}
	save("x", b)
}
