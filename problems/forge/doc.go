// Package forge makes the generated tests of problem packages, and pins them.
//
// A generator of the package prints the input of a test, and the reference, one
// of the accepted submissions, prints the answer to this input. The package pins
// the digests of input and answer. The forge keeps both files in a directory of
// the host, named by their digests, so that each is made once and shared by all
// processes of the host.
//
// # Trust
//
// The programs are written by the package's author. They run only in boxes of a
// [judge.Sandbox], under [ProgramLimits] and with their output bounded.
// What a program does wrong is the package's fault ([IsFault]), not a failure of
// the judge. Data whose digest is not the pinned one is never used: [DigestError].
// Files are written below the forge's directory only, and by [Forge.Generate] in
// the directory of the package that an author names.
//
// # Where things are
//
//	forge.go       Forge: the problem of a package with all its tests in place
//	store.go       files by their digests, and whether there is room for more
//	wait.go        callers who wait for the same package's tests
//	recipe.go      what a piece of data was made from, so that it is made anew when that changes
//	generate.go    Forge.Generate: make all tests anew, and pin them if that is wanted
//	pins.go        digests in the text of a docket.yaml
//	program.go     build and run one program of a package
//	validators.go  build, run and read one validator of a package
//	fault.go       what a package does wrong
package forge
