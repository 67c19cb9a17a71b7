package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
	posener "github.com/posener/complete"
	"github.com/willabides/kongplete"
)

// completionCmd prints what makes a shell ask docket itself for completions:
// the shell runs docket with the line so far in COMP_LINE.
type completionCmd struct {
	Shell string `arg:"" optional:"" enum:"bash,zsh,fish," default:"" predictor:"shell" help:"One of bash, zsh, fish. Defaults to the one in $$SHELL."`
}

func (c *completionCmd) Help() string {
	return `bash:  source <(docket completion bash)     in ~/.bashrc
zsh:   source <(docket completion zsh)      in ~/.zshrc, after compinit
fish:  docket completion fish | source      in ~/.config/fish/config.fish`
}

// completionScripts holds the scripts by shell. %[1]s is the path of docket as
// one word; %[2]s is the same for -C, whose argument the shell reads twice.
var completionScripts = map[string]string{
	"bash": "complete -o default -C %[2]s docket\n",
	"zsh":  "autoload -U +X bashcompinit && bashcompinit\ncomplete -o default -C %[2]s docket\n",
	"fish": `function __docket_complete
    set -lx COMP_LINE (commandline -cp)
    if test -z (commandline -ct)
        set COMP_LINE "$COMP_LINE "
    end
    %[1]s
end
complete -c docket -a "(__docket_complete)"
`,
}

func (c *completionCmd) Run(p *process) error {
	shell := c.Shell
	if shell == "" {
		login, _ := p.env("SHELL")
		shell = filepath.Base(login)
	}
	script, ok := completionScripts[shell]
	if !ok {
		return &exitError{code: exitUsage, err: fmt.Errorf("completion: no script for the shell %q; name one of bash, zsh, fish", shell)}
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("completion: finding docket's own path: %w", err)
	}
	word := quoteShell(self)
	_, err = io.WriteString(p.stdout, strings.NewReplacer("%[1]s", word, "%[2]s", quoteShell(word)).Replace(script))
	return err
}

// quoteShell makes one word of s for bash, zsh and fish.
func quoteShell(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("/._-+@%:", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// complete answers the shell that asks by COMP_LINE. Arguments name what they
// take by a predictor tag.
func complete(parser *kong.Kong) {
	kongplete.Complete(parser,
		kongplete.WithPredictor("file", posener.PredictFiles("*")),
		kongplete.WithPredictor("dir", posener.PredictDirs("*")),
		kongplete.WithPredictor("shell", posener.PredictSet("bash", "zsh", "fish")),
		kongplete.WithPredictor("language", posener.PredictSet("go", "java", "python")),
		kongplete.WithPredictor("source", posener.PredictOr(
			posener.PredictFiles("*.go"), posener.PredictFiles("*.java"), posener.PredictFiles("*.py"))),
		kongplete.WithExitFunc(func(int) {}),
	)
}
