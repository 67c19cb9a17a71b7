// Package images makes the container images that boxes are started from, and
// knows how the programs in them are started: the Go compiler and linker, the
// Java compile server and runtime, the warm Python interpreter.
//
// Everything that goes into an image is embedded in this package or comes
// from the host's Go toolchain; the images' own package manager installs Java
// and Python. An image is named by a digest of what it is made of, the runner
// included, so a worker whose build differs looks for a name that is not
// there, and [Load] says which command makes it.
//
// This side of the boundary is trusted: nothing that a submission wrote is
// ever an input of an image.
package images

//go:generate go run ./gen
