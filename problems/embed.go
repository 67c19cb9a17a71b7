package problems

import (
	"embed"
	"io/fs"
)

//go:embed all:catalog
var embedded embed.FS

// Builtin is the catalogue that comes with Docket: a directory per problem.
func Builtin() fs.FS {
	sub, err := fs.Sub(embedded, "catalog")
	if err != nil {
		panic(err) // the name is a constant of this file
	}
	return sub
}
