package fix

// An ownHelpers holds the atomic helpers that the package has or imports.
type ownHelpers struct{ targets []target }

// ownHelpers returns the project's own atomic helpers, found once.
func (f *Fixer) ownHelpers() []target {
	return nil
}
