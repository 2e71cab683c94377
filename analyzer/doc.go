package analyzer

// Doc is the linter's manual.
const Doc = "report truncating writes on persistent paths"
