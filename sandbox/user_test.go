//go:build !quick

package sandbox_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

// Whoever runs a program has a name and a home in every language, though the
// number changes with every lease.
func TestTheUserHasAName(t *testing.T) {
	d := open(t, nil)
	for lang, c := range map[judge.Language]struct{ source, want string }{
		judge.Go: {`package main

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
)

func main() {
	fmt.Println(user.Current())
	u, err := user.LookupId(strconv.Itoa(os.Getuid()))
	if err != nil {
		fmt.Println(err)
		return
	}
	same, err := user.Lookup(u.Username)
	fmt.Println(u.Username, u.HomeDir, err, same.Uid == u.Uid, os.WriteFile("/etc/passwd", nil, 0o600) != nil)
}
`, "docket /work <nil> true true\n"},
		judge.Java: {`import java.nio.file.*;

public class Main {
    public static void main(String[] args) throws Exception {
        Path file = Files.createFile(Path.of("a"));
        System.out.println(System.getProperty("user.name") + " " + System.getProperty("user.home") + " " + Files.getOwner(file) + " "
                + Files.isWritable(Path.of("/etc/passwd")));
    }
}
`, "docket /work docket false\n"},
		judge.Python: {`import getpass, os, pathlib, pwd
u = pwd.getpwuid(os.getuid())
print(u.pw_name, u.pw_dir, getpass.getuser(), pathlib.Path.home(), os.path.expanduser("~docket/x"), pwd.getpwnam("docket") == u)
os.environ.clear()
print(getpass.getuser(), os.path.expanduser("~"), os.access("/etc/passwd", os.W_OK), os.access("/box/.passwd", os.W_OK))
`, "docket /work docket /work /work/x True\ndocket /work False False\n"},
	} {
		src := judge.Source{Language: lang, Files: []judge.File{{Name: lang.MainFile(), Content: c.source}}}
		for lease := range 2 {
			b, r, out := builtAndRun(t, d, src, judge.Limits{})
			if lang == judge.Go && len(out) > len(c.want) {
				out = out[len(out)-len(c.want):] // the first line has numbers
			}
			if out != c.want || r.ExitCode != 0 {
				t.Errorf("%s, lease %d: got %q, want %q: %s %s", lang, lease, out, c.want, b.Output, r.Stderr)
			}
		}
	}
}

// Programs may choose the locale that examples choose; nobody gets it unasked.
func TestLocales(t *testing.T) {
	d := open(t, nil)
	for lang, c := range map[judge.Language]struct{ source, want string }{
		judge.Java: {`import java.util.Locale;

public class Main {
    public static void main(String[] args) {
        System.out.println(Locale.getDefault().toLanguageTag() + String.format(" %,.1f %s", 1234567.5, "é"));
    }
}
`, "en 1,234,567.5 é\n"},
		judge.Python: {`import locale
print(locale.setlocale(locale.LC_ALL), format(1234567, "n"))
print(locale.setlocale(locale.LC_ALL, "en_US.UTF-8"), format(1234567, "n"), locale.strxfrm("a") < locale.strxfrm("B"))
print(locale.setlocale(locale.LC_ALL, "en_US.utf8"), locale.getlocale())
try:
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
except locale.Error as e:
    print(e)
`, "LC_CTYPE=C.UTF-8;LC_NUMERIC=C;LC_TIME=C;LC_COLLATE=C;LC_MONETARY=C;LC_MESSAGES=C;LC_PAPER=C;LC_NAME=C;LC_ADDRESS=C;LC_TELEPHONE=C;LC_MEASUREMENT=C;LC_IDENTIFICATION=C 1234567\n" +
			"en_US.UTF-8 1,234,567 True\nen_US.utf8 ('en_US', 'UTF-8')\nunsupported locale setting\n"},
	} {
		b, r, out := builtAndRun(t, d, judge.Source{Language: lang, Files: []judge.File{{Name: lang.MainFile(), Content: c.source}}}, judge.Limits{})
		if out != c.want || r.ExitCode != 0 {
			t.Errorf("%s: got %q, want %q: %s %s", lang, out, c.want, b.Output, r.Stderr)
		}
	}
}
