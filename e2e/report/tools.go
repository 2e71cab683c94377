//go:build tools

package report

import (
	_ "github.com/nonatomicwrite/nonatomicwrite/cmd/nonatomicwrite"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	_ "github.com/reviewdog/reviewdog/cmd/reviewdog"
)
