package images

// Name names an image without its digest.
type Name string

// The images.
const (
	GoBuild   Name = "go-build"   // compiler, linker, archives of the standard library
	GoRun     Name = "go-run"     // nothing but the runner
	JavaBuild Name = "java-build" // the compile server
	JavaRun   Name = "java-run"   // a runtime without compiler
	Python    Name = "python"     // the interpreter; it needs no build image
)

// Names lists every image in the order in which they are built: those that
// take longest come last.
func Names() []Name { return []Name{GoRun, GoBuild, Python, JavaBuild, JavaRun} }

// Labels of every image that Docket makes.
const (
	LabelImage     = "docket.image"     // its Name
	LabelDigest    = "docket.digest"    // of what it is made of, in hex
	LabelToolchain = "docket.toolchain" // "go1.26.1", "openjdk 25.0.1", "python 3.13.5"
)

// labelGoSettings is a label of go-build: a [GoSettings] in JSON.
const labelGoSettings = "docket.go-settings"

// repository is what the names of all images begin with.
const repository = "docket/"

// PasswdFile is where /etc/passwd of a run box leads: the root file system is
// read-only, and every lease has a UID of its own.
const PasswdFile = "/box/.passwd"
