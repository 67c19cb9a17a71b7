// Command docket judges solutions to coding challenges: it serves the HTTP
// API, runs workers, and is the client of both.
//
// This package is the only place that reads flags and the variables DOCKET_...,
// and that chooses an exit code. Other packages read what is not Docket's: in
// package sandbox the Docker client finds its engine by DOCKER_HOST and its
// companions, the go command that package sandbox/images starts inherits the
// whole environment, and caches and temporary files lie where HOME,
// XDG_CACHE_HOME and TMPDIR say.
//
// Each subcommand has a file of its own: a struct whose fields are its flags
// and a Run method that is given the context and the process. The exit codes are
// in exitcode.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli is the command line: one field per subcommand.
type cli struct {
	Up     upCmd     `cmd:"" help:"Serve the API and judge, in one process."`
	API    apiCmd    `cmd:"" name:"api" help:"Serve the API alone."`
	Worker workerCmd `cmd:"" help:"Judge, without an API."`
	Bench  benchCmd  `cmd:"" help:"Measure this host against doing the same by hand."`

	Submit  submitCmd  `cmd:"" help:"Submit a program to a problem and wait for the verdict."`
	Run     runCmd     `cmd:"" help:"Run a program on input of your own."`
	Show    showCmd    `cmd:"" help:"Show what became of a submission or run."`
	Cancel  cancelCmd  `cmd:"" help:"Cancel a submission or run that is queued or running."`
	Rejudge rejudgeCmd `cmd:"" help:"Judge a submission again."`

	Problems problemsCmd `cmd:"" help:"List, show and verify problems."`
	Images   imagesCmd   `cmd:"" help:"Build, list and prune the language images."`
	Keys     keysCmd     `cmd:"" help:"Create, list and revoke API keys."`

	Doctor     doctorCmd     `cmd:"" help:"Say what this host lacks and how to mend it."`
	Clean      cleanCmd      `cmd:"" help:"Remove the boxes of all workers, of running ones too."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
	Completion completionCmd `cmd:"" help:"Print a shell's completion script."`
}

const description = `Docket judges solutions to coding challenges in Go, Java and Python.

Exit codes: 0 success (of submit and run: AC), 1 the answer is no (another
verdict, a failed check), 2 wrong usage, 3 trouble (judge error, no connection).`

// exitError ends the command with a code of its own. Err may be nil: then the
// output has already said everything.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// process is the outside world as a subcommand may see it.
type process struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(name string) (value string, set bool)
}

func main() {
	os.Exit(docket())
}

// docket runs the command line of this process. The first SIGINT or SIGTERM
// cancels the context, which asks every subcommand to end in good order; the
// second one kills.
func docket() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args[1:], &process{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.LookupEnv})
}

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, args []string, p *process) int {
	parser, err := newParser(ctx, new(cli), p)
	if err != nil {
		return fail(p, err)
	}
	if line, _ := p.env("COMP_LINE"); line != "" {
		complete(parser)
		return exitOK
	}
	parsed, code, err := parse(parser, args)
	if parsed == nil {
		if err != nil {
			return fail(p, err)
		}
		return code
	}
	return fail(p, parsed.Run())
}

func newParser(ctx context.Context, into any, p *process) (*kong.Kong, error) {
	vars := make(variables)
	return kong.New(into,
		kong.Name("docket"),
		kong.Description(description),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(p.stdout, p.stderr),
		kong.Exit(func(code int) { panic(ended(code)) }),
		kong.DefaultEnvars("DOCKET"),
		kong.PostBuild(vars.take),
		kong.Resolvers(vars.resolver(p.env)),
		kong.ValueFormatter(vars.help),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(p),
	)
}

// ended is the panic by which the parser ends a command line that is done
// before any subcommand runs, such as --help. It does not leave parse.
type ended int

// parse returns a nil context when there is nothing left to run.
func parse(parser *kong.Kong, args []string) (parsed *kong.Context, code int, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case ended:
			parsed, code, err = nil, int(r), nil
		default:
			panic(r)
		}
	}()
	parsed, err = parser.Parse(args)
	if err != nil {
		usage := fmt.Errorf("%w (see \"%s --help\")", err, fullPath(err))
		return nil, exitUsage, &exitError{code: exitUsage, err: usage}
	}
	return parsed, exitOK, nil
}

// fullPath names the subcommand that a wrong command line got as far as.
func fullPath(err error) string {
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		if node := wrong.Context.Selected(); node != nil {
			return node.FullPath()
		}
	}
	return "docket"
}

// fail prints the error, if there is anything to print, and returns its code.
func fail(p *process, err error) int {
	if err == nil {
		return exitOK
	}
	code := exitTrouble
	var exit *exitError
	if errors.As(err, &exit) {
		code = exit.code
		if exit.err == nil {
			return code
		}
	}
	_, _ = fmt.Fprintf(p.stderr, "docket: %s\n", printable(err.Error()))
	return code
}
