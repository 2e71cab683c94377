// Package third has evidence of its own: one finding more, at its own call.
package third

import "crossonce/store"

type Shop struct{ stock string }

func (s *Shop) Sell(item string) error {
	b, err := store.Load(s.stock)
	if err != nil {
		return err
	}
	b[item]--
	return store.Save(s.stock, b) // want `^store.Save truncates s.stock before .*partial \(read at third.go:\d+ and written back\)$`
}

func (s *Shop) Clear() error {
	return store.Save(s.stock, store.Book{}) // want `^store.Save truncates s.stock before .*partial \(Sell reads it back at third.go:\d+\)$`
}
