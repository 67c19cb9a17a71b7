package harness

import (
	"embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

//go:embed python/docket_main.py python/docket_sim.py
var pythonFiles embed.FS

const pythonMain = "docket_main.py"

var pythonModule = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// pythonSource finds the module that is the solution: the only file, or main.py
// of several.
func (h *Harness) pythonSource(files []judge.File) (judge.Source, error) {
	name := judge.Python.MainFile()
	if len(files) == 1 {
		name = files[0].Name
	}
	// The module is imported under its own name, so that tracebacks show the
	// author's; a name that cannot be imported is replaced.
	module := strings.TrimSuffix(name, ".py")
	out := append([]judge.File(nil), files...)
	for _, f := range out {
		if strings.EqualFold(f.Name, pythonMain) {
			return judge.Source{}, judge.Invalid("files", "%s is the name of the driver: choose another", f.Name)
		}
	}
	if !pythonModule.MatchString(module) || signature.Reserved(module) || stdModule(module) {
		module = "solution"
		for i := range out {
			if out[i].Name == name {
				out[i].Name = module + ".py"
			}
		}
	}
	text := strings.NewReplacer(
		"@MODULE@", module, "@SIGNATURE@", h.pythonSignature(), "@FUNCTION@", h.pythonFunction(),
		"@CLASS@", h.pythonClass(), "@CONCURRENT@", pythonBool(h.sig.Concurrent()), "@CALLS@", h.pythonCalls(),
		"@METHODS@", h.pythonMethods(),
	).Replace(embedded(pythonFiles, "python/docket_main.py"))
	return judge.Source{
		Language: judge.Python, Files: out, Entry: pythonMain, Mismatch: mismatch(h.pythonSignature()),
		Driver: append([]judge.File{{Name: pythonMain, Content: text}}, h.pythonSim()...),
	}, nil
}

// stdModule reports whether the import of a name would find a module of the
// library instead of the solution, or the library the solution instead of its
// own.
func stdModule(name string) bool { return stdModules[name] }

var stdModules = func() map[string]bool {
	out := map[string]bool{}
	for _, name := range strings.Fields(`
		array asyncio atexit binascii builtins cmath codecs collections concurrent contextlib contextvars copyreg
		encodings enum errno fcntl functools gc genericpath grp heapq importlib inspect io itertools json keyword
		linecache logging marshal math operator os posix posixpath pwd re reprlib select selectors signal site socket
		ssl stat string struct subprocess sys tempfile textwrap threading time token tokenize traceback types typing
		unicodedata warnings weakref zipimport zlib abc ast dis opcode copy random bisect hashlib queue sitecustomize
		usercustomize docket_sim __main__ __future__`) {
		out[name] = true
	}
	return out
}()

func pythonBool(b bool) string {
	if b {
		return "True"
	}
	return "False"
}

func (h *Harness) pythonFunction() string {
	if h.sig.Class {
		return ""
	}
	return h.sig.Calls[0].Name
}

func (h *Harness) pythonClass() string {
	if h.sig.Class {
		return h.sig.Calls[0].Name
	}
	return ""
}

// pythonCalls is the table of calls that the driver goes by.
func (h *Harness) pythonCalls() string {
	var b strings.Builder
	b.WriteString("[\n")
	for i, c := range h.sig.Calls {
		name := signature.Snake(c.Name)
		if h.sig.Class && i == 0 {
			name = c.Name
		}
		var params strings.Builder
		for _, p := range c.Params {
			params.WriteString(pythonTuple(p.Type) + ", ")
		}
		result := "None"
		if c.Result != nil {
			result = pythonTuple(*c.Result)
		}
		fmt.Fprintf(&b, "    (%q, %q, [%s], %s),\n", c.Name, name, strings.TrimSuffix(params.String(), ", "), result)
	}
	b.WriteString("]")
	return b.String()
}

// pythonMethods makes the calls of a class: what a call costs beside the
// solution is little more than finding out which one it is.
func (h *Harness) pythonMethods() string {
	if !h.sig.Class {
		return "            raise WrongSolution(\"there is no class\")"
	}
	var b strings.Builder
	branch := "if"
	for _, c := range h.sig.Calls[1:] {
		fmt.Fprintf(&b, "            %s name == %q:\n", branch, c.Name)
		branch = "elif"
		call := fmt.Sprintf("target.%s(%s)", signature.Snake(c.Name), pythonArguments(c))
		switch {
		case c.Result == nil:
			fmt.Fprintf(&b, "                %s\n                add(None)\n", call)
		case c.Result.Kind == signature.Token:
			fmt.Fprintf(&b, "                made[len(results)] = token = _token(%s, %q)\n                add(token if len(values) > %d else None)\n", call, signature.Snake(c.Name), 1+len(c.Params))
		case pythonExact(*c.Result) != "":
			fmt.Fprintf(&b, "                value = %s\n                add(value if type(value) is %s else calls[name].checked(value))\n", call, pythonExact(*c.Result))
		default:
			fmt.Fprintf(&b, "                add(calls[name].taken(%s))\n", call)
		}
	}
	fmt.Fprintf(&b, "            else:\n                target = cls(%s)\n                add(None)", pythonArguments(h.sig.Calls[0]))
	return b.String()
}

// pythonArguments are those of a call. Many are good as they were read.
func pythonArguments(c signature.Call) string {
	var args []string
	for i, p := range c.Params {
		for _, k := range []signature.Kind{signature.Double, signature.ListNode, signature.TreeNode, signature.Token} {
			if p.Type.Has(k) {
				return "*calls[name].arguments(values[1:], made)"
			}
		}
		args = append(args, fmt.Sprintf("values[%d]", i+1))
	}
	return strings.Join(args, ", ")
}

// pythonExact is the type of results that need no other look, or empty.
func pythonExact(t signature.Type) string {
	switch t.Kind {
	case signature.Int, signature.Long, signature.Double, signature.Bool, signature.String:
		return pythonType(t)
	}
	return ""
}

// pythonTuple is a type in the form that the driver knows.
func pythonTuple(t signature.Type) string {
	kind := t.Kind
	if kind == signature.Long {
		kind = signature.Int
	}
	if t.Elem == nil {
		return fmt.Sprintf("(%q,)", kind)
	}
	return fmt.Sprintf("(%q, %s)", kind, pythonTuple(*t.Elem))
}

func pythonType(t signature.Type) string {
	switch t.Kind {
	case signature.Int, signature.Long:
		return "int"
	case signature.Double:
		return "float"
	case signature.String, signature.Token:
		return "str"
	case signature.ListNode:
		return "ListNode | None"
	case signature.TreeNode:
		return "TreeNode | None"
	case signature.Array:
		return "list[" + pythonType(*t.Elem) + "]"
	case signature.Map:
		return "dict[str, " + pythonType(*t.Elem) + "]"
	case signature.Optional:
		return pythonType(*t.Elem) + " | None"
	case signature.Task:
		return "Callable[[], Awaitable[" + pythonType(*t.Elem) + "]]"
	case signature.Fetch:
		return "Callable[[str], Awaitable[" + pythonType(*t.Elem) + "]]"
	case signature.Deadline:
		return "float"
	}
	return string(t.Kind)
}

func pythonZero(t signature.Type) string {
	switch t.Kind {
	case signature.Int, signature.Long:
		return "0"
	case signature.Double:
		return "0.0"
	case signature.Bool:
		return "False"
	case signature.String, signature.Token:
		return `""`
	case signature.Array:
		return "[]"
	case signature.Map:
		return "{}"
	}
	return "None"
}

// pythonDef is the head of a definition. A deadline is a number of seconds, as
// asyncio has it.
func (h *Harness) pythonDef(c signature.Call, name string, method bool) string {
	var params []string
	if method {
		params = append(params, "self")
	}
	for _, p := range c.Params {
		params = append(params, signature.Snake(p.Name)+": "+pythonType(p.Type))
	}
	result := "None"
	if c.Result != nil {
		result = pythonType(*c.Result)
	}
	async := ""
	if h.sig.Concurrent() {
		async = "async "
	}
	return async + fmt.Sprintf("def %s(%s) -> %s:", name, strings.Join(params, ", "), result)
}

// pythonText is the signature, or the starter code when bodies are wanted.
func (h *Harness) pythonText(bodies bool) string {
	var b strings.Builder
	for i, c := range h.sig.Calls {
		body := "pass"
		if c.Result != nil {
			body = "return " + pythonZero(*c.Result)
		}
		margin, name := "    ", signature.Snake(c.Name)
		switch {
		case !h.sig.Class:
			margin = ""
		case i == 0:
			name = "__init__"
			fmt.Fprintf(&b, "class %s:\n", c.Name)
		}
		if bodies && i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(margin + h.pythonDef(c, name, h.sig.Class))
		if bodies {
			fmt.Fprintf(&b, "\n%s    %s", margin, body)
		} else {
			b.WriteString(" ...")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (h *Harness) pythonSignature() string {
	var b strings.Builder
	if h.sig.Uses(signature.ListNode) {
		b.WriteString("class ListNode:\n    val: int\n    next: ListNode | None\n    def __init__(self, val: int) -> None: ...\n\n")
	}
	if h.sig.Uses(signature.TreeNode) {
		b.WriteString("class TreeNode:\n    val: int\n    left: TreeNode | None\n    right: TreeNode | None\n    def __init__(self, val: int) -> None: ...\n\n")
	}
	return b.String() + h.pythonText(false)
}

func (h *Harness) pythonStarter() judge.File {
	var b strings.Builder
	if h.sig.Concurrent() {
		b.WriteString("from collections.abc import Awaitable, Callable\n\n\n")
	}
	if h.sig.Uses(signature.ListNode) {
		b.WriteString("class ListNode:\n    \"\"\"A node of a singly linked list; None is the empty list.\"\"\"\n\n    def __init__(self, val: int = 0, next: \"ListNode | None\" = None) -> None:\n        self.val = val\n        self.next = next\n\n\n")
	}
	if h.sig.Uses(signature.TreeNode) {
		b.WriteString("class TreeNode:\n    \"\"\"A node of a binary tree; None is the empty tree.\"\"\"\n\n    def __init__(\n        self, val: int = 0, left: \"TreeNode | None\" = None, right: \"TreeNode | None\" = None\n    ) -> None:\n        self.val = val\n        self.left = left\n        self.right = right\n\n\n")
	}
	b.WriteString(h.pythonText(true))
	return judge.File{Name: "solution.py", Content: b.String()}
}

// pythonSim is the part of the Python driver that only concurrency problems
// have.
func (h *Harness) pythonSim() []judge.File {
	if !h.sig.Concurrent() {
		return nil
	}
	return []judge.File{{Name: "docket_sim.py", Content: embedded(pythonFiles, "python/docket_sim.py")}}
}
