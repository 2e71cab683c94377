// Package docs holds those pages that the command prints.
package docs

import _ "embed"

// Findings is the page that explains what a finding of each category means: a
// section each, headed by the category.
//
//go:embed findings.md
var Findings string
