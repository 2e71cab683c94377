// Package pathvalue holds symbolic paths: what is known of a path without
// running the program. An expression is evaluated backwards to values made of
// literal text and atoms (a parameter, a field, a package variable, a call, a
// well-known place), so that two expressions can be asked whether they are the
// same path, one below the other, or what kind of place they lead to.
//
// An [Index] of one package evaluates its expressions; [Equal],
// [Index.Alike] and [Below] compare values; [Index.Expand] and [Index.Origins] look through
// fields, package variables, parameters and functions to what they hold.
package pathvalue
