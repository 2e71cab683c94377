// Package second calls the wrapper too. What it reads is another file.
package second

import "crossonce/store"

type Ledger struct{ in, out string }

func (l *Ledger) Run() error {
	b, err := store.Load(l.in)
	if err != nil {
		return err
	}
	return store.Save(l.out, b)
}
