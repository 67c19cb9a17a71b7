package images

import _ "embed"

//go:embed seccomp.json
var seccomp string

// Seccomp is the profile of every box, as the engine takes it.
func Seccomp() string { return seccomp }
