package workshop_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

// scripted answers with a report by a word in the submission's source.
type scripted map[string]judge.Report

func (s scripted) Judge(_ context.Context, sub judge.Submission, _ func(judge.Event)) (judge.Report, error) {
	for word, r := range s {
		if strings.Contains(sub.Files[0].Content, word) {
			if r.State == "broken" {
				return judge.Report{}, errors.New("output validator ended with 1")
			}
			r.Language = sub.Language
			return r, nil
		}
	}
	return judge.Report{}, errors.New("nothing is scripted for " + sub.Files[0].Content)
}

// report is one with a verdict for each of the tests in turn.
func report(tests ...judge.Verdict) judge.Report {
	names := []string{"sample/1", "secret/1", "secret/2"}
	r := judge.Report{Verdict: judge.AC, Summary: judge.Summary{CPUMillisMax: 12, MemoryKiBMax: 345, Total: len(names)}}
	for i, v := range tests {
		r.Tests = append(r.Tests, judge.TestReport{Name: names[i], Verdict: v})
		if v == judge.AC {
			r.Summary.Passed++
		} else if r.Verdict == judge.AC {
			r.Verdict = v
		}
	}
	return r
}

const accept, reject = 42, 43

// verifyPackage has submissions named for the words that script them.
func verifyPackage(more problemstest.Files) problemstest.Files {
	return problemstest.Minimal.With(problemstest.Files{
		"data/secret/2.in": "3\n", "data/secret/2.ans": "6\n",
		"data/invalid_input/x.in":                "x\n",
		"input_validators/v.py":                  "# validator\n",
		"submissions/accepted/a.py":              "# good\n",
		"submissions/wrong_answer/w.go":          "// wrong\n",
		"submissions/time_limit_exceeded/T.java": "// slow\n",
		"submissions/run_time_error/r.py":        "# crash\n",
	}).With(more)
}

func goodScript() scripted {
	return scripted{
		"good":  report(judge.AC, judge.AC, judge.AC),
		"wrong": report(judge.AC, judge.WA),
		"slow":  report(judge.AC, judge.AC, judge.TLE),
		"crash": report(judge.MLE),
	}
}

func validator(f func(stdin string) int) map[string]problemstest.Program {
	return map[string]problemstest.Program{"validator": func(_ judge.Run, in string) (string, int) { return "", f(in) }}
}

func strictly(in string) int {
	if in == "x\n" {
		return reject
	}
	return accept
}

// benchOf is a bench at which j judges.
func benchOf(t *testing.T, sb judge.Sandbox, j judging.Judger) *workshop.Bench {
	return &workshop.Bench{Sandbox: sb, Forge: forge.New(t.TempDir(), sb),
		NewJudge: func(judge.Catalog, judge.HostFactor) judging.Judger { return j }}
}

func verify(t *testing.T, f problemstest.Files, j judging.Judger, programs map[string]problemstest.Program, opts workshop.VerifyOptions) workshop.VerifyReport {
	t.Helper()
	sb := problemstest.NewSandbox(2, programs)
	r, err := benchOf(t, sb, j).Verify(context.Background(), problemstest.Load(t, f), opts)
	if err != nil {
		t.Fatal(err)
	}
	if sb.Kept() {
		t.Errorf("boxes or slots are kept: %+v", sb.Count())
	}
	return r
}

func TestVerifyWithoutSurprise(t *testing.T) {
	var mu sync.Mutex
	var heard []string
	r := verify(t, verifyPackage(nil), goodScript(), validator(strictly), workshop.VerifyOptions{Done: func(row workshop.VerifyRow) {
		mu.Lock()
		heard = append(heard, row.Submission)
		mu.Unlock()
	}})
	if r.Surprise() {
		t.Errorf("surprise: %+v", r)
	}
	want := workshop.VerifyRow{Problem: "double", Submission: "accepted/a.py", Language: judge.Python, Expected: "AC", Got: judge.AC,
		Passed: 3, Total: 3, CPUMillis: 12, LimitMillis: 1500, HostFactor: 1, MemoryKiB: 345}
	if diff := cmp.Diff(want, r.Rows[0]); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	var expected []string
	for _, row := range r.Rows {
		expected = append(expected, row.Submission+" "+row.Expected+" "+string(row.Got))
	}
	if diff := cmp.Diff([]string{"accepted/a.py AC AC", "run_time_error/r.py MLE|OLE|RTE MLE",
		"time_limit_exceeded/T.java TLE TLE", "wrong_answer/w.go WA WA"}, expected); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if slices.Sort(heard); len(heard) != 4 || heard[0] != "accepted/a.py" {
		t.Errorf("heard of %q", heard)
	}
	if len(r.Checks) != 5 {
		t.Errorf("checks: %+v", r.Checks)
	}
}

// A limit is shown as it was on the host that judged.
func TestVerifyShowsTheLimitInForce(t *testing.T) {
	script := goodScript()
	slow := script["good"]
	slow.HostFactor = 2.5
	script["good"] = slow
	r := verify(t, verifyPackage(nil), script, validator(strictly), workshop.VerifyOptions{Only: "accepted/"})
	if row := r.Rows[0]; row.HostFactor != 2.5 || row.LimitMillis != 3750 {
		t.Errorf("a limit of %d ms with a factor of %g", row.LimitMillis, row.HostFactor)
	}
}

func TestVerifyOnly(t *testing.T) {
	r := verify(t, verifyPackage(nil), goodScript(), validator(strictly), workshop.VerifyOptions{Only: "wrong"})
	if len(r.Rows) != 1 || r.Rows[0].Submission != "wrong_answer/w.go" {
		t.Errorf("rows: %+v", r.Rows)
	}
}

func TestVerifySurprises(t *testing.T) {
	ac, wa, tle := judge.AC, judge.WA, judge.TLE
	for _, tt := range []struct {
		name   string
		pkg    problemstest.Files
		change scripted
		run    func(string) int
		want   string
	}{
		{"an accepted one is wrong", nil, scripted{"good": report(ac, wa)}, strictly, "secret/1 is WA; only AC is permitted"},
		{"an accepted one is slow", nil, scripted{"good": report(ac, ac, tle)}, strictly, "secret/2 is TLE; only AC is permitted"},
		{"an accepted one does not compile", nil, scripted{"good": {Verdict: judge.CE}}, strictly, "the submission is CE; only AC is permitted"},
		{"a wrong one passes", nil, scripted{"wrong": report(ac, ac, ac)}, strictly, "no test is WA, as required"},
		{"a wrong one crashes", nil, scripted{"wrong": report(ac, judge.RTE)}, strictly, "secret/1 is RTE; only AC|WA is permitted"},
		{"a slow one is fast", nil, scripted{"slow": report(ac, ac, ac)}, strictly, "no test is TLE, as required"},
		{"the judge fails", nil, scripted{"good": {Verdict: judge.JE, Message: "no box"}}, strictly, "the judge failed: no box"},
		{"the validator fails", nil, scripted{"good": {State: "broken"}}, strictly, "output validator ended with 1"},
		{"a rule of its own", problemstest.Files{"submissions/submissions.yaml": "wrong_answer/w.go:\n  secret/2: {required: [WA]}\n"}, nil, strictly, "no test of secret/2 is WA, as required"},
		{"a rule for a test", problemstest.Files{"submissions/submissions.yaml": "\"*/w.go\":\n  secret/1: {permitted: [AC]}\n"}, nil, strictly, "secret/1 is WA; only AC is permitted"},
		{"a foreign language", problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "languages: [python3, java]\n"}, nil, strictly, "double takes no solutions in Go"},
		{"an input is refused", nil, nil, func(in string) int {
			if in == "2\n" {
				return reject
			}
			return strictly(in)
		}, "refused"},
		{"a validator crashes", nil, nil, func(string) int { return 1 }, "ended with exit code 1, neither 42 nor 43"},
		{"a validator says yes the usual way", nil, nil, func(string) int { return 0 }, "ended with exit code 0, neither 42 nor 43"},
		{"an invalid input is accepted", nil, nil, func(string) int { return accept }, "every input validator accepts it"},
		{"a validator does not compile", problemstest.Files{"input_validators/v.py": "nothing"}, nil, strictly, "does not compile"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			script := goodScript()
			for word, r := range tt.change {
				script[word] = r
			}
			r := verify(t, verifyPackage(tt.pkg), script, validator(tt.run), workshop.VerifyOptions{})
			if !r.Surprise() {
				t.Fatal("no surprise")
			}
			for _, row := range r.Rows {
				if strings.Contains(row.Surprise, tt.want) {
					return
				}
			}
			for _, c := range r.Checks {
				if strings.Contains(c.Reason, tt.want) {
					return
				}
			}
			t.Errorf("want %q in %+v", tt.want, r)
		})
	}
}

// functionPackage asks for a function, so that there is starter code to judge.
var functionPackage = problemstest.Files{
	"signature.yaml":   "function: twice(n int) int\n",
	"data/sample/1.in": "[1]\n", "data/secret/1.in": "[2]\n", "data/secret/2.in": "[3]\n",
	"data/invalid_input/x.in":   "x\n",
	"solution/solution.en.md":   "Add it to itself.\n",
	"statement/problem.en.md":   "Double it.\n\n{{nextsample}}\n",
	"data/sample/1.ans":         "2\n",
	"submissions/accepted/a.py": "# good\n",
}

func starterScript() scripted {
	s := goodScript()
	s["func Twice"] = report(judge.WA)
	s["int twice"] = report(judge.RTE)
	s["def twice"] = report(judge.WA)
	return s
}

func TestVerifyWhatSolversSee(t *testing.T) {
	var big strings.Builder
	for range 20_000 {
		big.WriteString("[1]\n")
	}
	for _, tt := range []struct {
		name        string
		pkg         problemstest.Files
		change      scripted
		check, want string
		warn        int
	}{
		{name: "all is well"},
		{name: "starter code does not compile", change: scripted{"func Twice": {Verdict: judge.CE, Compile: &judge.CompileReport{Output: "undefined: x"}}},
			check: "starter code in Go", want: "does not compile: \"undefined: x\""},
		{name: "starter code is a solution", change: scripted{"def twice": report(judge.AC, judge.AC, judge.AC)},
			check: "starter code in Python", want: "is accepted before anybody has written a line"},
		{name: "the judge fails", change: scripted{"int twice": {Verdict: judge.JE, Message: "no box"}},
			check: "starter code in Java", want: "the judge failed: no box"},
		{name: "no invalid inputs", pkg: problemstest.Files{"data/invalid_input/x.in": problemstest.Gone}, check: "data/invalid_input", want: "has no inputs: add some that the validators must refuse"},
		{name: "a sample without a place", pkg: problemstest.Files{"data/sample/2.in": "[7]\n", "data/sample/2.ans": "14\n"},
			check: "samples in statement/problem.en.md", want: "only 1 of 2 samples are placed; add {{remainingsamples}}"},
		{name: "the remaining ones", pkg: problemstest.Files{"data/sample/2.in": "[7]\n", "data/sample/2.ans": "14\n",
			"statement/problem.en.md": "Double it.\n\n{{nextsample}}\n\n{{remainingsamples}}\n"}},
		{name: "no places", pkg: problemstest.Files{"statement/problem.en.md": "Double it.\n"}},
		{name: "a long sample", pkg: problemstest.Files{"data/sample/1.in": big.String()}, check: "sample/1 is shown", want: "solvers see its first 64.0 KiB only"},
		{name: "no editorial", pkg: problemstest.Files{"solution/solution.en.md": problemstest.Gone}, warn: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			script := starterScript()
			for word, r := range tt.change {
				script[word] = r
			}
			r := verify(t, verifyPackage(functionPackage).With(tt.pkg), script, validator(strictly), workshop.VerifyOptions{})
			var failed []problems.Check
			for _, c := range r.Checks {
				if c.Reason != "" {
					failed = append(failed, c)
				}
			}
			var want []problems.Check
			if tt.want != "" {
				want = []problems.Check{{Name: tt.check, Reason: tt.want}}
			}
			if diff := cmp.Diff(want, failed); diff != "" {
				t.Errorf("failed checks (-want +got):\n%s", diff)
			}
			warned := 0
			for _, w := range r.Warnings {
				if strings.HasPrefix(w, "solution/solution.en.md is missing") {
					warned++
				}
			}
			if warned != tt.warn {
				t.Errorf("warnings: %q", r.Warnings)
			}
		})
	}
}

func TestMargin(t *testing.T) {
	row := workshop.VerifyRow{Expected: "AC", Got: judge.AC, CPUMillis: 400, LimitMillis: 1000}
	if got := row.Margin(); got != 2.5 {
		t.Errorf("margin %g, want 2.5", got)
	}
	for name, change := range map[string]func(*workshop.VerifyRow){
		"not meant to be accepted": func(r *workshop.VerifyRow) { r.Expected = "WA" },
		"not accepted":             func(r *workshop.VerifyRow) { r.Got = judge.TLE },
		"not measured":             func(r *workshop.VerifyRow) { r.CPUMillis = 0 },
	} {
		bad := row
		if change(&bad); bad.Margin() != 0 {
			t.Errorf("%s: margin %g", name, bad.Margin())
		}
	}
}

// Validators get the arguments that the package says.
func TestVerifyPassesArguments(t *testing.T) {
	pkg := verifyPackage(problemstest.Files{
		"data/secret/test_group.yaml": "args: [x]\ninput_validator_args: {v: [--big]}\n",
		"data/invalid_input/x.yaml":   "input_validator_args: [--bad]\n",
		"output_validator/check.py":   "# output\n",
		"data/sample/test_group.yaml": "output_validator_args: [--sample]\n",
	})
	var mu sync.Mutex
	seen := map[string]bool{}
	see := func(kind string, r judge.Run, in string) {
		mu.Lock()
		defer mu.Unlock()
		seen[kind+" "+strings.Join(r.Args, " ")+" <"+strings.TrimSpace(in)] = true
	}
	r := verify(t, pkg, goodScript(), map[string]problemstest.Program{
		"validator": func(r judge.Run, in string) (string, int) { see("input", r, in); return "", strictly(in) },
		"output": func(r judge.Run, in string) (string, int) {
			see("output", r, in)
			if len(r.Attachments) != 2 || r.Attachments[1].Name != "answer" {
				return "", 1
			}
			return "", accept
		},
	}, workshop.VerifyOptions{})
	if r.Surprise() {
		t.Errorf("surprise: %+v", r.Checks)
	}
	for _, want := range []string{
		"input  <1", "input --big x <2", "input --bad <x",
		"output /box/data/input /box/data/answer /work/feedback/ --sample <2", "output /box/data/input /box/data/answer /work/feedback/ <4",
	} {
		if !seen[want] {
			t.Errorf("%q is missing from %v", want, seen)
		}
	}
}

func TestVerifySampleAnswersMustPass(t *testing.T) {
	pkg := verifyPackage(problemstest.Files{"output_validator/check.py": "# output\n"})
	programs := validator(strictly)
	programs["output"] = func(judge.Run, string) (string, int) { return "", reject }
	r := verify(t, pkg, goodScript(), programs, workshop.VerifyOptions{})
	var bad []string
	for _, c := range r.Checks {
		if c.Reason != "" {
			bad = append(bad, c.Name)
		}
	}
	if diff := cmp.Diff([]string{"output validator: answer of sample/1"}, bad); diff != "" {
		t.Error(diff)
	}
}

func TestVerifyReportsDigests(t *testing.T) {
	sb := problemstest.NewSandbox(1, problemstest.Programs())
	pkg := problemstest.Load(t, problemstest.WithGenerated(problemstest.NoDigest, problemstest.NoDigest))
	r, err := benchOf(t, sb, goodScript()).Verify(context.Background(), pkg, workshop.VerifyOptions{})
	if err != nil || !r.Surprise() || len(r.Checks) != 1 || !strings.Contains(r.Checks[0].Reason, problemstest.Digest(problemstest.MadeInput)) {
		t.Errorf("got %+v, %v; want one check that names the digest that was made", r, err)
	}
	if r.Rows == nil {
		t.Error("no rows are null in JSON")
	}
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	sb := problemstest.NewSandbox(0, nil)
	_, err := benchOf(t, sb, goodScript()).Verify(ctx, problemstest.Load(t, verifyPackage(nil)), workshop.VerifyOptions{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Judging for real: the judge's own logic over fake boxes, with a submission
// that prints what its word says.
func TestVerifyWithTheJudge(t *testing.T) {
	sb := problemstest.NewSandbox(2, map[string]problemstest.Program{
		"validator": func(_ judge.Run, in string) (string, int) { return "", strictly(in) },
		"good": func(_ judge.Run, in string) (string, int) {
			return map[string]string{"1\n": "2", "2\n": "4", "3\n": "6"}[in], 0
		},
		"wrong": func(judge.Run, string) (string, int) { return "2", 0 },
		"crash": func(judge.Run, string) (string, int) { return "", 1 },
	})
	f := verifyPackage(problemstest.Files{"submissions/time_limit_exceeded/T.java": problemstest.Gone})
	made := forge.New(t.TempDir(), sb)
	c, err := problems.NewCatalog(problems.CatalogConfig{Roots: []fs.FS{problemstest.In("double", f).FS()}, Tests: made})
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := c.Package(context.Background(), "double")
	if err != nil {
		t.Fatal(err)
	}
	r, err := (&workshop.Bench{Sandbox: sb, Forge: made}).Verify(context.Background(), pkg, workshop.VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Surprise() {
		t.Errorf("surprise: %+v", r)
	}
	if r.Rows[0].Passed != 3 || r.Rows[0].Total != 3 {
		t.Errorf("row: %+v", r.Rows[0])
	}
}
