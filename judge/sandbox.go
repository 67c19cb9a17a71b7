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
	// Acquire waits for a free slot: one judging lane, pinned to one CPU. The
	// caller must release it.
	Acquire(ctx context.Context) (Slot, error)
}

// Slot is one judging lane. It serves one judging at a time and its methods
// are not safe for concurrent use, except that boxes opened on it may run
// side by side (the two halves of an interactive test).
type Slot interface {
	// Build compiles sources. Sources that do not compile are a Build that is
	// not OK; an error means that the judge failed.
	Build(ctx context.Context, src Source) (Build, error)
	// Open leases a run box and copies the artifact into it. Limits are those
	// of the problem; the box is sized by their memory.
	Open(ctx context.Context, a Artifact, l Limits) (Box, error)
	// Check makes sure that the sandbox works for a language, whatever a
	// program did: it makes a box of each of its roles. It also fails once
	// after boxes died that waited on the slot, as they do when the engine
	// ends. An error says nothing about any program.
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
	// Stdin is streamed to the program. Nil means an empty input. One that
	// tells its length, as that of Sized does, may become a file that the
	// program can map; any other is a pipe. One that ends with ErrCutOff has no
	// end that the program could see.
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

// ErrCutOff is what a [Run]'s Stdin ends with, in place of io.EOF, when whoever
// wrote it died before it had said all. The program is given everything up to
// there. If it asks for more after that it is stopped ([StoppedForInput]). A
// program that knows enough without asking ends by itself, however long it takes.
var ErrCutOff = errors.New("input is cut off")

// Sized is a reader of at most n bytes of r that tells, by Len() int, how many
// are left. R must have as many.
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
// submission: the worker could not have judged any other either, for want of
// an engine, an image or a disk.
var ErrOutage = errors.New("the worker cannot judge anything at present")

// ErrLanguageOutage is an ErrOutage that concerns one language alone, of those
// that the worker does not keep ready: others can be judged.
var ErrLanguageOutage = fmt.Errorf("%w in this language", ErrOutage)
