package signature

import (
	"strings"
	"unicode"
)

// Words divides a name in camel case; digits and runs of capitals belong to
// the word before them.
func Words(name string) []string {
	var out []string
	begin := 0
	runes := []rune(name)
	for i := 1; i < len(runes); i++ {
		starts := unicode.IsUpper(runes[i]) && (!unicode.IsUpper(runes[i-1]) ||
			i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if starts {
			out = append(out, string(runes[begin:i]))
			begin = i
		}
	}
	return append(out, string(runes[begin:]))
}

// Snake is a name of Python.
func Snake(name string) string {
	all := Words(name)
	for i, w := range all {
		all[i] = strings.ToLower(w)
	}
	return strings.Join(all, "_")
}

// Reserved reports whether some of the languages keeps a word for itself, whether
// its use as a name would hide something that starter code needs, or whether it is
// one of the drivers' own.
func Reserved(word string) bool { return reserved[word] }

var reserved = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`
		break default func interface select case defer go map struct chan else goto package switch const
		fallthrough if range type continue for import return var nil true false int len cap append string error any
		abstract assert boolean byte catch char class do double enum extends final finally float implements
		instanceof long native new private protected public short static strictfp super synchronized this throw
		throws transient try void volatile while null yield var
		hashCode equals toString getClass notify notifyAll wait clone finalize
		and as async await def del elif except from global in is lambda nonlocal not or pass raise with None True
		False self cls list dict str bool print
		Solution ListNode TreeNode DocketMain DocketSim List Map Main Object String Integer Long Double Boolean
		In Out Arrays ArrayList HashMap TreeMap Callable CompletableFuture Function System Thread Runtime Throwable
		IOException IllegalStateException ExceptionInInitializerError StackTraceElement StandardCharsets Character
		StringBuilder FileDescriptor FileInputStream FileOutputStream InputStream OutputStream PrintStream Void`) {
		out[w] = true
	}
	return out
}()
