// Package cobra is a stub of the module.
package cobra

type Command struct{ Use string }
