package problems_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

// tokens is a class problem whose instances are processes.
func tokens(docket string) problemstest.Files {
	return problemstest.Minimal.With(problemstest.Files{
		"docket.yaml":    docket,
		"signature.yaml": "class: Codec()\nmethods:\n  - encode(number int) token\n  - decode(text token) int\n",
	})
}

// changed is problem.yaml with strings replaced.
func changed(pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(problemstest.ProblemYAML)
}

// refusals are packages that are broken in one place each.
var refusals = []struct {
	name string
	pkg  problemstest.Files
	want string // among the refusals
}{
	{"no metadata", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.Gone}), "problem.yaml: is missing"},
	{"metadata is no YAML", problemstest.Minimal.With(problemstest.Files{"problem.yaml": "name: X\nuuid: [\n"}), "problem.yaml:2: not YAML:"},
	{"metadata is a list", problemstest.Minimal.With(problemstest.Files{"problem.yaml": "- a\n"}), "problem.yaml:1: problem.yaml must be a map of keys to values"},
	{"two documents", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "---\na: b\n"}), "problem.yaml: holds 2 documents instead of one"},
	{"byte order mark", problemstest.Minimal.With(problemstest.Files{"problem.yaml": "\ufeff" + problemstest.ProblemYAML}), "problem.yaml:1: begins with a byte order mark"},
	{"an alias", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "keywords: &a [x]\n"}), "problem.yaml:7: anchors and aliases are not taken"},
	{"a huge file", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + strings.Repeat("#", 300<<10)}), "problem.yaml: has 300.2 KiB, more than the 128.0 KiB that are taken"},
	{"an unknown key", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "colour: red\n"}), `problem.yaml:7: unknown key "colour" in problem.yaml`},
	{"a key twice", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "license: cc0\n"}), "problem.yaml:7:"},
	{"a key of the other version", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "validation: default\n"}), `problem.yaml:7: unknown key "validation" in problem.yaml`},
	{"an unknown limit", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("memory", "ram")}), `problem.yaml:6: unknown key "ram" in limits`},
	{"an unknown version", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("2025-09", "2099-01")}), `problem.yaml:1: problem_format_version is "2099-01"; 2025-09 and legacy are read`},
	{"no name", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("name: Double it\n", "")}), "problem.yaml:1: name is missing"},
	{"no uuid", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("uuid: 6f9619ff-8b86-d011-b42d-00cf4fc964ff\n", "")}), "problem.yaml:1: uuid is missing"},
	{"a bad uuid", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("6f9619ff-", "")}), `problem.yaml:3: uuid is "8b86-d011-b42d-00cf4fc964ff", which is not a UUID`},
	{"an unknown license", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("cc0", "mine")}), `problem.yaml:5: license is "mine", which is not one of unknown, public domain,`},
	{"an owner of the public domain", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("cc0", "public domain\nrights_owner: I")}), "problem.yaml:6: a problem in the public domain has no rights_owner"},
	{"a license without an owner", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("credits: A. Author\n", "")}), "problem.yaml:4: license cc0 needs a rights_owner, an author or a source"},
	{"no time", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("1.5", "0")}), "problem.yaml:6: time_limit must be a number above zero"},
	{"too much time", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("1.5", "100")}), "problem.yaml:6: time_limit is 1m40s; at most 1m0s are taken"},
	{"time is a word", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("1.5", "long")}), "problem.yaml:6: time_limit must be a number above zero"},
	{"too little memory", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("128", "8")}), "problem.yaml:6: memory is 8.0 MiB; it must be between 16.0 MiB and 2.0 GiB"},
	{"half a MiB", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("128", "128.5")}), "problem.yaml:6: memory must be a whole number above zero"},
	{"a slow validator", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("memory: 128", "validation_time: 61")}), "problem.yaml:6: validation_time is 1m1s; at most 1m0s are taken"},
	{"several passes", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("memory: 128", "validation_passes: 3")}), "problem.yaml:6: validation_passes is for problems of several passes, which are not supported"},
	{"scoring", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "type: scoring\n"}), "problem.yaml:7: problems of type scoring are not supported"},
	{"multi-pass", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "type: [multi-pass]\n"}), "problem.yaml:7: problems of type multi-pass are not supported"},
	{"an unknown type", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "type: quiz\n"}), `problem.yaml:7: type "quiz" is not one of`},
	{"foreign languages", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "languages: [cpp, rust]\n"}), "problem.yaml:7: none of the languages is go, java or python3"},
	{"a long constant", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "constants: {many: \"" + strings.Repeat("x", 257) + "\"}\n"}), "problem.yaml:7: constant many has more than 256 bytes"},
	{"deep metadata", problemstest.Minimal.With(problemstest.Files{"docket.yaml": "difficulty: easy\ngenerate: " + strings.Repeat("[", 100)}), "docket.yaml:2: has values more than 32 deep in one another"},
	{"empty metadata", problemstest.Minimal.With(problemstest.Files{"docket.yaml": "difficulty: |\n" + strings.Repeat("\n", 100)}), "docket.yaml:2: has more than 20 empty lines in a row"},
	{"a bad constant", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "constants:\n  max-n: 3\n"}), `problem.yaml:8: constant "max-n" is not a name`},
	{"a bad embargo", problemstest.Minimal.With(problemstest.Files{"problem.yaml": problemstest.ProblemYAML + "embargo_until: tomorrow\n"}), `problem.yaml:7: embargo_until is "tomorrow"`},
	{"a nameless person", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("credits: A. Author", "credits: {authors: [{email: x}]}")}), "a person needs a name"},

	{"no statement", problemstest.Minimal.With(problemstest.Files{"statement/problem.en.md": problemstest.Gone}), "statement: holds no problem.<language>.md"},
	{"an empty statement", problemstest.Minimal.With(problemstest.Files{"statement/problem.en.md": "\n"}), "statement/problem.en.md: is empty"},
	{"a statement without a language", problemstest.Minimal.With(problemstest.Files{"statement/problem.md": "x\n"}), "statement/problem.md: must name its language"},
	{"a statement that is not UTF-8", problemstest.Minimal.With(problemstest.Files{"statement/problem.en.md": "\xff\n"}), "statement/problem.en.md: is not UTF-8 text"},
	{"a statement without a name", problemstest.Minimal.With(problemstest.Files{"statement/problem.sv.md": "x\n"}), "problem.yaml: there is a statement in sv, but no name"},
	{"a name without a statement", problemstest.Minimal.With(problemstest.Files{"problem.yaml": changed("name: Double it", "name: {en: D, sv: D}")}), "problem.yaml: there is a name in sv, but no statement/problem.sv.md"},
	{"too many samples wanted", problemstest.Minimal.With(problemstest.Files{"statement/problem.en.md": "x\n{{nextsample}}{{nextsample}}\n"}), "statement/problem.en.md:2: there are only 1 samples to include"},

	{"no data", problemstest.Minimal.With(problemstest.Files{"data/sample/1.in": problemstest.Gone, "data/sample/1.ans": problemstest.Gone, "data/secret/1.in": problemstest.Gone, "data/secret/1.ans": problemstest.Gone}), "data: is missing"},
	{"no secret tests", problemstest.Minimal.With(problemstest.Files{"data/secret/1.in": problemstest.Gone, "data/secret/1.ans": problemstest.Gone}), "data/secret: holds no tests"},
	{"no answer", problemstest.Minimal.With(problemstest.Files{"data/secret/1.ans": problemstest.Gone}), "data/secret/1.in: has no answer: 1.ans is missing"},
	{"no input", problemstest.Minimal.With(problemstest.Files{"data/secret/2.ans": "2\n"}), "data/secret/2.ans: belongs to no test: 2.in is missing"},
	{"settings of no test", problemstest.Minimal.With(problemstest.Files{"data/secret/2.yaml": "hint: x\n"}), "data/secret/2.yaml: belongs to no test: 2.in is missing"},
	{"tests beside groups", problemstest.Minimal.With(problemstest.Files{"data/secret/g/1.in": "", "data/secret/g/1.ans": ""}), "data/secret: holds both tests and groups"},
	{"groups of samples", problemstest.Minimal.With(problemstest.Files{"data/sample/g/1.in": "", "data/sample/g/1.ans": ""}), "data/sample/g: samples cannot be divided into groups"},
	{"files of a test", problemstest.Minimal.With(problemstest.Files{"data/secret/1.files/x.txt": ""}), "data/secret/1.files: files beside the standard input are not supported"},
	{"settings of the other version", problemstest.Minimal.With(problemstest.Files{"data/secret/testdata.yaml": ""}), "data/secret/testdata.yaml: is of another version of the format"},
	{"an unknown setting", problemstest.Minimal.With(problemstest.Files{"data/secret/test_group.yaml": "args: []\non_reject: break\n"}), `data/secret/test_group.yaml:2: unknown key "on_reject"`},
	{"a score", problemstest.Minimal.With(problemstest.Files{"data/secret/test_group.yaml": "max_score: 10\n"}), "data/secret/test_group.yaml:1: max_score is for scoring problems"},
	{"a bad checker flag", problemstest.Minimal.With(problemstest.Files{"data/secret/test_group.yaml": "args: []\noutput_validator_args: [float_tolerance, x]\n"}), `data/secret/test_group.yaml:2: checker flag float_tolerance: "x" is not a number`},
	{"an unknown checker flag", problemstest.Minimal.With(problemstest.Files{"data/secret/1.yaml": "output_validator_args: case\n"}), `data/secret/1.yaml:1: checker flag "case" is unknown`},
	{"arguments are a map", problemstest.Minimal.With(problemstest.Files{"data/secret/1.yaml": "args: {a: b}\n"}), "data/secret/1.yaml:1: args must be a string or a list of strings"},
	{"a sample twice over", problemstest.Minimal.With(problemstest.Files{"data/sample/1.out": "", "data/sample/1.ans.statement": ""}), "data/sample/1.out: cannot be beside 1.ans.statement"},

	{"no input validator", problemstest.Minimal.With(problemstest.Files{"input_validators/v.py": problemstest.Gone}), "input_validators: is missing"},
	{"no accepted submission", problemstest.Minimal.With(problemstest.Files{"submissions/accepted/a.py": problemstest.Gone, "submissions/accepted/README.md": problemstest.Gone}), "submissions/accepted: is missing"},
	{"included code", problemstest.Minimal.With(problemstest.Files{"include/go/x.go": ""}), "include: files added to every submission (include/) are not supported"},
	{"a static validator", problemstest.Minimal.With(problemstest.Files{"static_validator/x.py": ""}), "static_validator: static validators are not supported"},
	{"a partial submission", problemstest.Minimal.With(problemstest.Files{"submissions/partially_accepted/x.py": ""}), "submissions/partially_accepted: partially_accepted is for scoring problems"},
	{"an unknown verdict", problemstest.Minimal.With(problemstest.Files{"submissions/submissions.yaml": "accepted:\n  permitted: [AC, OK]\n"}), `submissions/submissions.yaml:2: permitted holds "OK", which is not one of`},
	{"an unknown test", problemstest.Minimal.With(problemstest.Files{"submissions/submissions.yaml": "accepted:\n  secret/9:\n    permitted: [AC]\n"}), "submissions/submissions.yaml:2: no test or group is named secret/9"},
	{"an unknown expectation", problemstest.Minimal.With(problemstest.Files{"submissions/submissions.yaml": "accepted:\n  allowed: [AC]\n"}), `submissions/submissions.yaml:2: unknown key "allowed" in accepted`},
	{"a bad glob", problemstest.Minimal.With(problemstest.Files{"submissions/submissions.yaml": "accepted/[ab].py: {}\n"}), "submissions/submissions.yaml:1: pattern accepted/[ab].py: only * and {a,b} are wildcards"},
	{"open braces", problemstest.Minimal.With(problemstest.Files{"submissions/submissions.yaml": "\"{a,b\": {}\n"}), "submissions/submissions.yaml:1: pattern {a,b: its braces do not close"},

	{"interactive without a validator", problemstest.Interactive.With(problemstest.Files{"output_validator/v.py": problemstest.Gone}), "output_validator: is missing: an interactive problem needs an output validator"},
	{"a validator in C++", problemstest.Interactive.With(problemstest.Files{"output_validator/v.py": problemstest.Gone, "output_validator/v.cpp": ""}), "output_validator/v.cpp: is not written in Go, Java or Python"},
	{"a validator with a build script", problemstest.Interactive.With(problemstest.Files{"output_validator/build": ""}), "output_validator: is built by a script, which is not supported"},
	{"a validator in two languages", problemstest.Interactive.With(problemstest.Files{"output_validator/v.go": ""}), "output_validator: mixes Go and Python"},
	{"a validator of the other version", problemstest.Minimal.With(problemstest.Files{"output_validators/v.py": ""}), "output_validators: belongs to the legacy format"},
	{"a bad interaction", problemstest.Interactive.With(problemstest.Files{"data/sample/1.interaction": "<1\n2\n"}), "data/sample/1.interaction:2: a line must begin with < or >"},

	{"legacy scoring", problemstest.Legacy.With(problemstest.Files{"problem.yaml": "type: scoring\n"}), "problem.yaml:1: problems of type scoring are not supported"},
	{"legacy scores", problemstest.Legacy.With(problemstest.Files{"data/secret/a/testdata.yaml": "range: 0 10\n"}), "data/secret/a/testdata.yaml:1: range is for scoring problems"},
	{"legacy on_reject", problemstest.Legacy.With(problemstest.Files{"data/secret/a/testdata.yaml": "on_reject: stop\n"}), `data/secret/a/testdata.yaml:1: on_reject is "stop"`},
	{"legacy validation", problemstest.Legacy.With(problemstest.Files{"problem.yaml": "validation: special\n"}), `problem.yaml:1: validation is "special"`},
	{"legacy without its validator", problemstest.Legacy.With(problemstest.Files{"problem.yaml": "name: X\nvalidation: custom\n"}), "problem.yaml:2: validation is custom, but output_validators/ is missing"},
	{"legacy flags", problemstest.Legacy.With(problemstest.Files{"problem.yaml": "name: X\nvalidator_flags: bogus\n", "data/secret/a/testdata.yaml": problemstest.Gone}), `problem.yaml: checker flag "bogus" is unknown`},
	{"legacy time", problemstest.Legacy.With(problemstest.Files{".timelimit": "soon\n"}), ".timelimit:1: must be a number of seconds above zero"},

	{"an unknown key for Docket", problemstest.Generated("size: 1\n"), `docket.yaml:1: unknown key "size" in docket.yaml`},
	{"an unknown difficulty", problemstest.Generated("difficulty: brutal\n"), `docket.yaml:1: difficulty is "brutal", which is not one of easy, medium, hard`},
	{"an unknown language's limits", problemstest.Generated("limits:\n  cpp: {time_limit: 1}\n"), `docket.yaml:2: unknown key "cpp" in limits`},
	{"a limit out of bounds", problemstest.Generated("limits:\n  go:\n    time_limit: 1\n    output: 512\n"), "docket.yaml:4: output is 512.0 MiB; at most 256.0 MiB are taken"},
	{"languages in two places", problemstest.Generated("languages: [go]\n"), "docket.yaml:1: languages belong into problem.yaml"},
	{"no such reference", problemstest.Generated("reference: accepted/none.go\n"), "docket.yaml:1: reference accepted/none.go is not a submission that can be run"},
	{"a wrong reference", problemstest.Generated("reference: wrong_answer/w.go\n"), "docket.yaml:1: reference wrong_answer/w.go is not below accepted/"},
	{"left out of a program", problemstest.Generated("export:\n  leave_out: wrong_answer/w.go\n"), "docket.yaml:2: leave_out is for classes with tokens"},
	{"left out and not there", tokens("export:\n  leave_out:\n    - wrong_answer/none.go\n"), "docket.yaml:2: wrong_answer/none.go, which exports leave out, is not a submission that can be run"},
	{"left out and accepted", tokens("export: {leave_out: accepted/a.py}\n"), "docket.yaml:1: accepted/a.py is accepted, so exports cannot leave it out"},
	{"an old policy", problemstest.Minimal.With(problemstest.Files{"docket.yaml": "disclosure: first-failing-input\n"}), `docket.yaml:1: disclosure is "first-failing-input", which is not one of verdict, none, reason, first-failing-case`},
	{"a generated sample", problemstest.Generated("generate:\n  - name: sample/9\n    generator: g.py\n"), `docket.yaml:2: name is "sample/9"; it must be that of a test below secret/`},
	{"a test out of the tree", problemstest.Generated("generate:\n  - name: secret/../../x\n    generator: g.py\n"), `docket.yaml:2: name is "secret/../../x"`},
	{"no such generator", problemstest.Generated("generate:\n  - name: secret/9\n    generator: h.py\n    sha256: " + problemstest.NoDigest + "\n    answer_sha256: " + problemstest.NoDigest + "\n"), "docket.yaml:3: generators/h.py is missing"},
	{"a generator elsewhere", problemstest.Generated("generate:\n  - name: secret/9\n    generator: ../input_validators/v.py\n"), "docket.yaml:3: generator of secret/9 must name a program in generators/"},
	{"no digest", problemstest.Generated("generate:\n  - name: secret/9\n    generator: g.py\n    answer_sha256: \"" + problemstest.NoDigest + "\"\n"), "docket.yaml:2: sha256 of secret/9 must be 64 lower-case hexadecimal digits"},
	{"a short digest", problemstest.Generated("generate:\n  - {name: secret/9, generator: g.py, sha256: abc, answer_sha256: \"" + problemstest.NoDigest + "\"}\n"), "docket.yaml:2: sha256 of secret/9 must be 64"},
	{"generated twice", problemstest.Generated("generate:\n  - {name: secret/9, generator: g.py}\n  - {name: secret/9, generator: g.py}\n"), "docket.yaml:3: test secret/9 is generated twice"},
	{"generated and there", problemstest.Generated("generate:\n  - name: secret/1\n    generator: g.py\n"), "docket.yaml:2: test 1 is generated, but data/secret/1.in is there too"},
	{"generated and its answer there", problemstest.Generated("generate:\n  - {name: secret/2, generator: g.py, sha256: \"" + problemstest.NoDigest + "\", answer_sha256: \"" + problemstest.NoDigest + "\"}\n").With(problemstest.Files{"data/secret/2.ans": "6\n"}),
		"docket.yaml:2: test secret/2 is generated, but data/secret/2.ans is there too"},
	{"generated in a group beside tests", problemstest.Generated("generate:\n  - name: secret/g/1\n    generator: g.py\n"), "data/secret: holds both tests and groups"},
	{"generated and interactive", problemstest.Interactive.With(problemstest.Files{"docket.yaml": "generate:\n  - name: secret/9\n"}), "docket.yaml:1: tests of an interactive problem cannot be generated"},
}

// Every broken package is refused with its file, line and reason.
func TestBrokenPackagesAreRefused(t *testing.T) {
	for _, tt := range refusals {
		t.Run(tt.name, func(t *testing.T) {
			p, err := problems.Load(tt.pkg.FS(), "double")
			var broken *problems.BrokenError
			if !errors.As(err, &broken) {
				t.Fatalf("got %v, %v; want a BrokenError", p, err)
			}
			for _, r := range broken.Refusals {
				if strings.HasPrefix(r.String(), tt.want) || strings.Contains(r.String(), tt.want) && !strings.Contains(tt.want, ":") {
					return
				}
			}
			t.Errorf("got\n%s\nwant\n%s", strings.ReplaceAll(err.Error(), "; ", "\n"), tt.want)
		})
	}
}

func TestSlugsAreRefused(t *testing.T) {
	for _, slug := range []judge.Slug{"", "A", "a b", "-a", "../a"} {
		if _, err := problems.Load(problemstest.Minimal.FS(), slug); err == nil {
			t.Errorf("slug %q is taken", slug)
		}
	}
}

// All that is wrong is said at once.
func TestEveryRefusalIsReported(t *testing.T) {
	_, err := problems.Load(problemstest.Minimal.With(problemstest.Files{"docket.yaml": "size: 1\n", "data/secret/1.ans": problemstest.Gone, "problem.yaml": problemstest.ProblemYAML + "a: b\n"}).FS(), "double")
	var broken *problems.BrokenError
	if !errors.As(err, &broken) || len(broken.Refusals) < 3 {
		t.Errorf("got %v", err)
	}
}
