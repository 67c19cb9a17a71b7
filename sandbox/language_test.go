package sandbox

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
	"github.com/docketjudge/docket/sandbox/wire"
)

// everyRole lists the roles of all languages.
func everyRole() []*role {
	var all []*role
	for _, lang := range languages {
		all = append(all, lang.roles()...)
	}
	return all
}

func TestEveryLanguageHasItsValue(t *testing.T) {
	if len(languages) != len(judge.Languages()) {
		t.Errorf("the table has %d languages, judge %d", len(languages), len(judge.Languages()))
	}
	var used []images.Name
	for _, l := range judge.Languages() {
		lang := languages[l]
		if lang == nil {
			t.Errorf("%s is not in the table", l.Name())
			continue
		}
		if lang.runtime == nil || lang.build == nil || lang.lay == nil || lang.command == nil {
			t.Errorf("the value of %s lacks a part: %+v", l.Name(), lang)
		}
		for _, r := range lang.roles() {
			used = append(used, r.name)
		}
	}
	names := images.Names()
	slices.Sort(names)
	slices.Sort(used)
	if d := cmp.Diff(names, used); d != "" {
		t.Errorf("images (-) and roles (+) differ:\n%s", d)
	}
}

// A language that only the table knows is built, laid into a box, run and
// warmed by the same code as the others.
func TestMadeUpLanguageNeedsOnlyItsValue(t *testing.T) {
	const madeUp judge.Language = "made-up"
	compiler := &role{name: images.JavaBuild, memory: judge.GiB}
	runtime := &role{name: images.JavaRun, memory: 2 * judge.DefaultMemory, named: true}
	value := &language{
		compiler: compiler,
		runtime:  runtime,
		build: func(ctx context.Context, s *slot, src judge.Source, _ string) (judge.Build, error) {
			b, err := s.take(ctx, compiler)
			if err != nil {
				return judge.Build{}, err
			}
			defer s.give(b)
			if err := b.putSources("/box/src", src.Files); err != nil {
				return judge.Build{}, err
			}
			_, words, err := b.tool(ctx, []string{"/docket/made-up"}, nil, "/box/src")
			return judge.Build{OK: true, Output: words, Artifact: judge.Artifact{Entry: "begin", Data: []byte("code")}}, err
		},
		lay: func(b *box, a judge.Artifact) error { return b.put("/box/program", a.Data, false) },
		command: func(e *wire.Exec, a judge.Artifact, r judge.Run, l judge.Limits) {
			e.Argv = append([]string{"/docket/vm", "--memory=" + l.Memory.String(), "/box/program", a.Entry}, r.Args...)
		},
		fate: func(r *judge.Result, _ judge.Limits) {
			r.OutOfMemory = r.OutOfMemory || bytes.Contains(r.Stderr, []byte("no room"))
		},
	}
	src := judge.Source{Language: madeUp, Files: []judge.File{{Name: "main.mu", Content: "say hello"}}}

	d := docketOf(t, map[judge.Language]*language{madeUp: value})
	s := &slot{docker: d, shelf: map[*role][]*box{}}
	d.slots = []*slot{s}
	built, ran := &fakeRunner{says: "no warnings"}, &fakeRunner{says: "hello", complains: "no room"}
	s.shelf[compiler] = []*box{built.box(t, d, compiler)}
	s.shelf[runtime] = []*box{ran.box(t, d, runtime)}
	if all := s.missing(); len(all) > 0 {
		t.Fatalf("%s is not warm", all[0].name)
	}

	b, err := s.Build(t.Context(), src)
	if err != nil || !b.OK || b.Output != "no warnings" || b.Artifact.Language != madeUp || b.Artifact.Key == "" {
		t.Fatalf("built %+v, %v", b, err)
	}
	if again, err := s.Build(t.Context(), src); err != nil || !again.Cached {
		t.Errorf("built twice: %+v, %v", again, err)
	}
	if want := []string{"/box/src/main.mu: say hello", "/docket/made-up"}; !slices.Equal(built.asked, want) {
		t.Errorf("the compiler's box was asked %q", built.asked)
	}

	box, err := s.Open(t.Context(), b.Artifact, judge.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if all := s.missing(); len(all) != 1 || all[0] != runtime {
		t.Error("nothing is missing while the run box is leased")
	}
	var out strings.Builder
	r, err := box.Run(t.Context(), judge.Run{Args: []string{"x"}, Stdin: strings.NewReader("in"), Stdout: &out}, judge.Limits{})
	if err != nil || out.String() != "hello" || !r.OutOfMemory {
		t.Errorf("printed %q, ended %+v, %v", out.String(), r, err)
	}
	if err := box.Close(); err != nil {
		t.Error(err)
	}
	users := images.PasswdFile + ": "
	if want := "/docket/vm --memory=256.0 MiB /box/program begin x"; len(ran.asked) != 3 || !strings.HasPrefix(ran.asked[0], users) ||
		ran.asked[1] != "/box/program: code" || ran.asked[2] != want {
		t.Errorf("the run box was asked %q", ran.asked)
	}
	if diff := cmp.Diff(map[string]int{"java-build": 1, "java-run": 1}, d.Stats().Warm); diff != "" {
		t.Errorf("the boxes are not warm again:\n%s", diff)
	}
	s.Release()
	if len(d.free) != 1 {
		t.Error("the slot is not free")
	}

	// A language without a value is an error, not a panic.
	src.Language = "another"
	if _, err := s.Build(t.Context(), src); err == nil {
		t.Error("a language without a value is built")
	}
	if _, err := s.Open(t.Context(), judge.Artifact{Language: "another"}, judge.Limits{}); err == nil {
		t.Error("an artifact of a language without a value is opened")
	}
}

// docketOf is a sandbox with languages of its own and without an engine.
func docketOf(t *testing.T, languages map[judge.Language]*language) *Docker {
	t.Helper()
	set, err := images.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d := &Docker{
		set: set, languages: languages, cache: newArtifacts(judge.MiB), log: slog.New(slog.DiscardHandler),
		died: func(string) bool { return false }, free: make(chan *slot, 1), closed: make(chan struct{}),
	}
	d.complaints.of = make(map[string]*complaint)
	d.config.MaxLeases, d.config.MaxAge = 500, time.Hour
	for l := range languages {
		d.config.Languages = append(d.config.Languages, l)
	}
	return d
}

// fakeRunner answers like the runner of a box in which every program says the
// same. It keeps the files that were put and the programs that were run; a test
// may look once an answer is there.
type fakeRunner struct {
	says, complains string
	asked           []string
}

// box is a box whose runner is f.
func (f *fakeRunner) box(t *testing.T, d *Docker, r *role) *box {
	t.Helper()
	b, peer := boxOnPipe(t)
	b.docker, b.role, b.memory, b.made = d, r, r.memory, time.Now()
	go f.serve(peer)
	return b
}

func (f *fakeRunner) serve(peer net.Conn) {
	answer := func(frames ...wire.Frame) {
		var b bytes.Buffer
		_ = wire.NewWriter(&b).WriteAll(frames...) // to memory
		_, _ = peer.Write(muxed("1" + b.String()))
	}
	done := wire.Frame{Kind: wire.KindDone}
	var put wire.Put
	var content []byte
	for r := wire.NewReader(peer); ; {
		kind, p, err := r.Next()
		if err != nil {
			return
		}
		switch kind {
		case wire.KindLease, wire.KindWipe:
			answer(done)
		case wire.KindPut:
			put, _ = wire.DecodePut(p)
			content = nil
		case wire.KindData:
			if content = append(content, p...); uint64(len(content)) == put.Size {
				f.asked = append(f.asked, put.Path+": "+string(content))
				answer(done)
			}
		case wire.KindExec:
			e, _ := wire.DecodeExec(p)
			f.asked = append(f.asked, strings.Join(e.Argv, " "))
		case wire.KindStdinEnd:
			answer(wire.Frame{Kind: wire.KindStdout, Payload: []byte(f.says)}, wire.Frame{Kind: wire.KindStderr, Payload: []byte(f.complains)},
				wire.Frame{Kind: wire.KindExited, Payload: wire.Exited{}.Append(nil)})
		}
	}
}
