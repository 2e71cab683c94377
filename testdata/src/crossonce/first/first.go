// Package first calls the wrapper twice and knows nothing of what becomes of it.
package first

import "crossonce/store"

func Init(path string) error { return store.Save(path, store.Book{}) }

func Merge(path string, books ...store.Book) error {
	all := store.Book{}
	for _, b := range books {
		for k, v := range b {
			all[k] += v
		}
	}
	return store.Save(path, all)
}
