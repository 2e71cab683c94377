// Package emptypkg declares nothing.
package emptypkg
