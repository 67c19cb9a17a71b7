package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts' commands print into the scripts")

// TestMain lets the scripts run docket as a command: this same test binary.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"docket": main})
}

// TestScripts runs the command line as a person would; each script in
// testdata/script tells a story of its own. Golden text in them is refreshed
// by go test ./cmd/docket -update.
func TestScripts(t *testing.T) { runScripts(t, "testdata/script") }

func runScripts(t *testing.T, dir string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                clientCommands(),
		Setup: func(env *testscript.Env) error {
			// Scripts start without docket's own variables but with the engine's.
			for _, name := range []string{"DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"} {
				if value, set := os.LookupEnv(name); set {
					env.Setenv(name, value)
				}
			}
			env.Setenv("NO_COLOR", "1")
			env.Values["test"] = env.T()
			return nil
		},
	})
}

// call runs a command line in this process.
func call(t *testing.T, env map[string]string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &process{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
		env: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
	})
	return out.String(), errs.String(), code
}

func TestVariablesStandForFlags(t *testing.T) {
	t.Setenv("DOCKET_REDIS_URL", "nonsense://of-the-process") // must not be read: run is given its own
	none, _, _ := call(t, nil, "doctor", "--json")
	if !strings.Contains(none, "none named") {
		t.Errorf("without a variable:\n%s", none)
	}
	env := map[string]string{"DOCKET_REDIS_URL": "gopher://variable"}
	fromEnv, _, _ := call(t, env, "doctor", "--json")
	if !strings.Contains(fromEnv, "gopher") {
		t.Errorf("the variable was not read:\n%s", fromEnv)
	}
	fromFlag, _, _ := call(t, env, "doctor", "--json", "--redis", "wais://flag")
	if !strings.Contains(fromFlag, "wais") || strings.Contains(fromFlag, "gopher") {
		t.Errorf("the flag did not win over the variable:\n%s", fromFlag)
	}
	empty, _, _ := call(t, map[string]string{"DOCKET_REDIS_URL": ""}, "doctor", "--json")
	if !strings.Contains(empty, "none named") {
		t.Errorf("an empty variable was taken for a value:\n%s", empty)
	}
}

func TestHelpNamesVariables(t *testing.T) {
	stdout, stderr, code := call(t, nil, "doctor", "--help")
	if code != exitOK || stderr != "" || !strings.Contains(stdout, "$DOCKET_REDIS_URL") {
		t.Errorf("exit code %d, stderr %q, stdout:\n%s", code, stderr, stdout)
	}
	if strings.Contains(stdout, "$DOCKET_JSON") || strings.Contains(stdout, "$DOCKET_HELP") {
		t.Errorf("flags that are no settings have variables:\n%s", stdout)
	}
}

func TestQuoteShell(t *testing.T) {
	for path, want := range map[string]string{
		"/usr/bin/docket":    "/usr/bin/docket",
		"/home/a b/docket":   "'/home/a b/docket'",
		"/home/o'neill/$x/d": `'/home/o'\''neill/$x/d'`,
	} {
		if got := quoteShell(path); got != want {
			t.Errorf("quoteShell(%q) = %s, want %s", path, got, want)
		}
	}
}
