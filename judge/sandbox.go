package judge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Sandbox runs programs that nobody trusts.
type Sandbox interface {
	// Acquire waits for a free slot, which is pinned to one CPU. The caller must
	// release the slot.
	Acquire(ctx context.Context) (Slot, error)
}

// Slot is a place in a worker for one judging at a time. Its methods are not safe
// for concurrent use, except that boxes opened on the slot may run side by side
// (the program and the validator of an interactive test).
type Slot interface {
	// Build compiles sources. Sources that do not compile are a Build that is
	// not OK; an error means that the judge failed.
	Build(ctx context.Context, src Source) (Build, error)
	// Open leases a run box and copies the artifact into it. Limits are those
	// of the problem; the box is sized by their memory.
	Open(ctx context.Context, a Artifact, l Limits) (Box, error)
	// Check makes sure that the sandbox works for a language, whatever programs
	// did: Check makes a box of each of the language's roles. Check also fails
	// once after idle boxes of the slot died, as they do when the engine ends.
	// An error says nothing about any program.
	Check(ctx context.Context, l Language) error
	// Release gives the slot back.
	Release()
}

// Box is a leased sandbox that holds one artifact and runs it any number of
// times. Between two runs every process is gone and every file that the
// program wrote is wiped.
type Box interface {
	// Run gives one test to the program in the box. The program's fate is in
	// the Result; an error means that the judge failed and the test may be
	// run again.
	Run(ctx context.Context, r Run, l Limits) (Result, error)
	// Close ends the lease. A box that is provably clean is used again.
	Close() error
}

// Source is what a build starts from.
type Source struct {
	Language Language
	Files    []File
	// Driver holds files that Docket adds beside the user's: the driver of a
	// function problem. They are part of the artifact's identity.
	//
	// Go: files in a directory are a package of that import path; packages are
	// compiled in the order of their first files, then the user's files as the
	// package "solution", which can import none of them, then the files without
	// a directory as package main. Java and Python: the files lie beside the
	// user's.
	Driver []File
	// Entry is the driver's main class (Java) or main file (Python). Empty
	// where there is no driver.
	Entry string
	// Mismatch is what the author is told, before the compiler's own words,
	// when the driver does not compile against files that do.
	Mismatch string
}

// Artifact is what a build produced, ready to be copied into a run box.
type Artifact struct {
	Language Language
	Key      string // digest of everything that the build depended on
	Entry    string // Java: the main class; Python: the main file
	Data     []byte // Go: an executable; Java: a jar; Python: see Files
	Files    []File // Python: the sources themselves
}

// Build is the outcome of compiling sources.
type Build struct {
	OK       bool
	Output   string        // what the compiler said: capped, without paths of the box
	Took     time.Duration // wall time; zero when Cached
	Cached   bool
	Artifact Artifact // set when OK
}

// Run is one execution of an artifact.
type Run struct {
	Args []string
	// Stdin is streamed to the program. Nil means an empty input. A Stdin that
	// tells its length, such as one from Sized, may become a file that the
	// program can map; any other becomes a pipe. Of a Stdin that ends with
	// ErrCutOff the program sees no end.
	Stdin io.Reader
	// Stdout receives what the program prints, up to the output limit. Nil
	// discards it. A Stdout that returns an error stops receiving; the
	// program runs on.
	Stdout io.Writer
	// Attachments are files laid read-only in the box for this run only.
	Attachments []Attachment
	// Collect names files, relative to the working directory, whose content
	// is wanted after the run. Their directories are made beforehand.
	Collect []string
}

// ErrCutOff is what a [Run]'s Stdin ends with, in place of io.EOF, when the writer
// of the input died before it had written all. The program is given what was
// written. A program that asks for more after that is stopped
// ([StoppedForInput]). A program that does not ask for more is left to end by
// itself, however long that takes.
var ErrCutOff = errors.New("input is cut off")

// Sized returns a reader of the first n bytes of r whose method Len() int tells
// how many bytes are left. R must have at least n bytes.
func Sized(r io.Reader, n Bytes) io.Reader { return &sized{io.LimitedReader{R: r, N: int64(n)}} }

type sized struct{ io.LimitedReader }

func (s *sized) Len() int { return int(s.N) }

// Attachment is a file laid in a box for one run, at [AttachmentDir]/Name.
type Attachment struct {
	Name string
	Size Bytes
	Open func() (io.ReadCloser, error)
}

// Paths that a program in a run box may rely on.
const (
	AttachmentDir = "/box/data" // where attachments are, read-only
	WorkDir       = "/work"     // the working directory and home: small, wiped after every run
)

// ErrOutage is among the causes of an error that says nothing about the
// submission: without an engine, an image or a disk the worker could not have
// judged any other submission either.
var ErrOutage = errors.New("the worker cannot judge anything at present")

// ErrLanguageOutage is an ErrOutage of one language that the worker does not keep
// ready. The worker can still judge the others.
var ErrLanguageOutage = fmt.Errorf("%w in this language", ErrOutage)
