package harness

import (
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/judge"
)

//go:embed java/DocketMain.java java/DocketSim.java java/DocketTime.java java/loop.txt java/nodes.txt
var javaFiles embed.FS

const javaMain = "DocketMain"

var (
	javaComment = regexp.MustCompile(`(?s)/\*.*?\*/|//[^\n]*`)
	javaPackage = regexp.MustCompile(`^\s*(?:@[^;]*\s)?package\s+([\w.\s]+?)\s*;`)
)

// javaSource puts the driver into the package of the solution, so that the
// solution need not be public.
func (h *Harness) javaSource(files []judge.File) (judge.Source, error) {
	pkg := ""
	for _, f := range files {
		m := javaPackage.FindStringSubmatch(javaComment.ReplaceAllString(f.Content, " "))
		one := ""
		if m != nil {
			one = strings.Join(strings.Fields(m[1]), "")
		}
		// In several files the class itself is looked for; alone it needs no
		// looking.
		if len(files) == 1 || regexp.MustCompile(`\bclass\s+`+h.javaClass()+`\b`).MatchString(f.Content) {
			pkg = one
			break
		}
	}
	entry, clause := javaMain, ""
	if pkg != "" {
		entry, clause = pkg+"."+javaMain, "package "+pkg+";\n\n"
	}
	text := strings.NewReplacer("@PACKAGE@", clause, "@SIGNATURE@", javaText(h.javaSignature()), "@GLUE@", h.javaGlue()).
		Replace(embedded(javaFiles, "java/DocketMain.java"))
	src := judge.Source{
		Language: judge.Java, Files: files, Entry: entry, Mismatch: mismatch(h.javaSignature()),
		Driver: []judge.File{{Name: javaMain + ".java", Content: text}},
	}
	if h.sig.Concurrent() {
		for _, name := range []string{"DocketSim.java", "DocketTime.java"} {
			text := strings.Replace(embedded(javaFiles, "java/"+name), "@PACKAGE@", clause, 1)
			src.Driver = append(src.Driver, judge.File{Name: name, Content: text})
		}
	}
	return src, nil
}

// javaText is a string literal.
func javaText(s string) string {
	return strconv.QuoteToASCII(s) // the escapes that it uses for ASCII are Java's too
}

// javaClass is the class that a solution declares.
func (h *Harness) javaClass() string {
	if h.sig.Class {
		return h.sig.Calls[0].Name
	}
	return "Solution"
}

func javaType(t Type) string {
	switch t.Kind {
	case Bool:
		return "boolean"
	case String, Token:
		return "String"
	case ListNode:
		return "ListNode"
	case TreeNode:
		return "TreeNode"
	case Array:
		if t.Elem.primitive() {
			return javaType(*t.Elem) + "[]"
		}
		return "List<" + javaBoxed(*t.Elem) + ">"
	case Map:
		return "Map<String, " + javaBoxed(*t.Elem) + ">"
	case Task:
		return "Callable<" + javaBoxed(*t.Elem) + ">"
	case Fetch:
		return "Function<String, CompletableFuture<" + javaBoxed(*t.Elem) + ">>"
	case Deadline:
		return "CompletableFuture<Void>"
	case Optional:
		return javaBoxed(*t.Elem)
	}
	return string(t.Kind)
}

func javaBoxed(t Type) string {
	switch t.Kind {
	case Int:
		return "Integer"
	case Long:
		return "Long"
	case Double:
		return "Double"
	case Bool:
		return "Boolean"
	}
	return javaType(t)
}

func javaZero(t Type) string {
	switch t.Kind {
	case Int, Long, Double:
		return "0"
	case Bool:
		return "false"
	case String, Token:
		return `""`
	case Array:
		if !t.primitive() {
			return "List.of()"
		}
		base, dims := t, ""
		for base.Kind == Array {
			base, dims = *base.Elem, dims+"[]"
		}
		return "new " + javaType(base) + "[0]" + dims[2:]
	case Map:
		return "Map.of()"
	}
	return "null"
}

func javaParams(c Call) string {
	var out []string
	for _, p := range c.Params {
		out = append(out, javaType(p.Type)+" "+p.Name)
	}
	return strings.Join(out, ", ")
}

func javaResult(c Call) string {
	if c.Result == nil {
		return "void"
	}
	return javaType(*c.Result)
}

func (h *Harness) javaSignature() string {
	var b strings.Builder
	if h.sig.uses(ListNode) {
		b.WriteString("class ListNode {\n    int val;\n    ListNode next;\n    ListNode(int val)\n}\n\n")
	}
	if h.sig.uses(TreeNode) {
		b.WriteString("class TreeNode {\n    int val;\n    TreeNode left;\n    TreeNode right;\n    TreeNode(int val)\n}\n\n")
	}
	fmt.Fprintf(&b, "class %s {\n", h.javaClass())
	for i, c := range h.sig.Calls {
		if h.sig.Class && i == 0 {
			fmt.Fprintf(&b, "    %s(%s)\n", c.Name, javaParams(c))
		} else {
			fmt.Fprintf(&b, "    %s %s(%s)\n", javaResult(c), c.Name, javaParams(c))
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// javaImports are the types that signatures may need, in their usual order.
var javaImports = []string{
	"java.util.List", "java.util.Map", "java.util.concurrent.Callable", "java.util.concurrent.CompletableFuture",
	"java.util.function.Function",
}

func (h *Harness) javaStarter() judge.File {
	var b, imports strings.Builder
	for _, one := range javaImports {
		if strings.Contains(h.javaSignature(), one[strings.LastIndex(one, ".")+1:]+"<") {
			fmt.Fprintf(&imports, "import %s;\n", one)
		}
	}
	if imports.Len() > 0 {
		b.WriteString(imports.String() + "\n")
	}
	if h.sig.uses(ListNode) {
		b.WriteString("/** A node of a singly linked list; null is the empty list. */\nclass ListNode {\n    int val;\n    ListNode next;\n\n    ListNode(int val) {\n        this.val = val;\n    }\n}\n\n")
	}
	if h.sig.uses(TreeNode) {
		b.WriteString("/** A node of a binary tree; null is the empty tree. */\nclass TreeNode {\n    int val;\n    TreeNode left;\n    TreeNode right;\n\n    TreeNode(int val) {\n        this.val = val;\n    }\n}\n\n")
	}
	fmt.Fprintf(&b, "public class %s {\n", h.javaClass())
	for i, c := range h.sig.Calls {
		if i > 0 {
			b.WriteString("\n")
		}
		if h.sig.Class && i == 0 {
			fmt.Fprintf(&b, "    public %s(%s) {\n    }\n", c.Name, javaParams(c))
			continue
		}
		throws := ""
		if h.sig.Concurrent() {
			throws = " throws Exception"
		}
		fmt.Fprintf(&b, "    public %s %s(%s)%s {\n", javaResult(c), c.Name, javaParams(c), throws)
		if c.Result != nil {
			fmt.Fprintf(&b, "        return %s;\n", javaZero(*c.Result))
		}
		b.WriteString("    }\n")
	}
	b.WriteString("}\n")
	return judge.File{Name: h.javaClass() + ".java", Content: b.String()}
}

// javaGlue is the part of the driver that knows the problem.
func (h *Harness) javaGlue() string {
	var b strings.Builder
	types := h.sig.types()
	index := make(map[string]int, len(types))
	for i, t := range types {
		index[t.String()] = i
	}
	for part := range strings.SplitSeq(embedded(javaFiles, "java/nodes.txt"), "---\n") {
		if strings.Contains(part, "ListNode") && h.sig.uses(ListNode) || strings.Contains(part, "TreeNode") && h.sig.uses(TreeNode) {
			b.WriteString(part)
		}
	}
	for i, t := range types {
		if !h.sig.hasCallable(t) {
			javaConverters(&b, i, t, index)
		}
	}
	plain, concurrent, _ := strings.Cut(embedded(javaFiles, "java/loop.txt"), "---\n")
	if h.sig.Concurrent() {
		b.WriteString(concurrent)
		h.javaConcurrent(&b, index)
		return b.String()
	}
	b.WriteString(plain)
	if h.sig.Class {
		b.WriteString("    private static final byte[][] CALLS = {\n")
		for _, c := range h.sig.Calls {
			fmt.Fprintf(&b, "        %q.getBytes(StandardCharsets.UTF_8),\n", c.Name)
		}
		b.WriteString("    };\n\n")
	}
	b.WriteString("    private static void runCase(In in, Out out) throws Throwable {\n        in.open();\n")
	if h.sig.Class {
		h.javaClassCase(&b, index)
	} else {
		h.javaFunctionCase(&b, index)
	}
	b.WriteString("    }\n\n")
	return b.String()
}

func javaConverters(b *strings.Builder, i int, t Type, index map[string]int) {
	inner, elem := -1, ""
	if t.Elem != nil {
		inner, elem = index[t.Elem.String()], javaBoxed(*t.Elem)
	}
	name := map[Kind]string{Int: "Int", Long: "Long", Double: "Double", Bool: "Boolean", String: "String", Token: "String"}
	read, write := "", ""
	switch t.Kind {
	case Int, Long, Double, Bool, String, Token:
		read, write = "return in.read"+name[t.Kind]+"();", "out.write(v);"
		if t.Kind == Int {
			write = "out.write((long) v);"
		}
	case ListNode:
		read, write = "return readList(in);", "writeList(out, v);"
	case TreeNode:
		read, write = "return readTree(in);", "writeTree(out, v);"
	case Array:
		read, write = javaArray(t, inner, elem, name)
	case Map:
		read = fmt.Sprintf(`Map<String, %s> m = new HashMap<>();
        in.openMap();
        while (in.anotherKey()) {
            String key = in.readKey(m);
            m.put(key, read%d(in));
        }
        return m;`, elem, inner)
		write = fmt.Sprintf(`out.raw('{');
        int n = 0;
        for (Map.Entry<String, %s> one : sorted(v).entrySet()) {
            out.separate(n++);
            out.write(one.getKey());
            out.raw(':');
            write%d(out, one.getValue());
        }
        out.raw('}');`, elem, inner)
	case Optional:
		read = fmt.Sprintf("return in.isNull() ? null : (%s) read%d(in);", elem, inner)
		write = fmt.Sprintf("if (v == null) {\n            out.writeNull();\n        } else {\n            write%d(out, v);\n        }", inner)
	}
	fmt.Fprintf(b, "    // %s\n    private static %s read%d(In in) {\n        %s\n    }\n\n", t, javaType(t), i, read)
	fmt.Fprintf(b, "    private static void write%d(Out out, %s v) {\n        %s\n    }\n\n", i, javaType(t), write)
}

func javaArray(t Type, inner int, elem string, name map[Kind]string) (read, write string) {
	if t.Elem.primitive() && t.Elem.Kind != Array {
		return "return in.read" + name[t.Elem.Kind] + "s();", "out.write(v);"
	}
	read = fmt.Sprintf(`List<%s> a = new ArrayList<>();
        in.open();
        while (in.another()) {
            a.add(read%d(in));
        }
        return a;`, elem, inner)
	if t.Elem.primitive() {
		base, dims := *t.Elem, ""
		for base.Kind == Array {
			base, dims = *base.Elem, dims+"[]"
		}
		read = strings.Replace(read, "return a;", "return a.toArray(new "+javaType(base)+"[0]"+dims+");", 1)
	}
	write = fmt.Sprintf(`out.raw('[');
        int n = 0;
        for (%s one : v) {
            out.separate(n++);
            write%d(out, one);
        }
        out.raw(']');`, elem, inner)
	return read, write
}

func (h *Harness) javaFunctionCase(b *strings.Builder, index map[string]int) {
	c := h.sig.Calls[0]
	var names []string
	for i, p := range c.Params {
		names = append(names, fmt.Sprintf("a%d", i))
		fmt.Fprintf(b, "        %s a%d = read%d(in);\n", javaType(p.Type), i, index[p.Type.String()])
	}
	fmt.Fprintf(b, "        in.close();\n        %s result = new Solution().%s(%s);\n        write%d(out, result);\n",
		javaType(*c.Result), c.Name, strings.Join(names, ", "), index[c.Result.String()])
}

func (h *Harness) javaClassCase(b *strings.Builder, index map[string]int) {
	class := h.javaClass()
	fmt.Fprintf(b, "        %s object = null;\n        out.raw('[');\n", class)
	if h.sig.uses(Token) {
		b.WriteString("        Map<Integer, String> tokens = new HashMap<>();\n")
	}
	b.WriteString("        for (int i = 0; in.another(); i++) {\n            out.separate(i);\n            in.open();\n            switch (in.readName(CALLS)) {\n")
	for n, c := range h.sig.Calls {
		fmt.Fprintf(b, "                case %d: { // %s\n", n, c.Name)
		var names []string
		for i, p := range c.Params {
			names = append(names, fmt.Sprintf("a%d", i))
			read := fmt.Sprintf("read%d(in)", index[p.Type.String()])
			if p.Type.Kind == Token {
				read = "in.readToken(tokens)"
			}
			fmt.Fprintf(b, "                    %s a%d = %s;\n", javaType(p.Type), i, read)
		}
		args := strings.Join(names, ", ")
		switch {
		case n == 0:
			fmt.Fprintf(b, "                    object = new %s(%s);\n                    out.writeNull();\n", class, args)
		case c.Result == nil:
			fmt.Fprintf(b, "                    object.%s(%s);\n                    out.writeNull();\n", c.Name, args)
		case c.Result.Kind == Token:
			fmt.Fprintf(b, "                    String result = object.%s(%s);\n                    tokens.put(i, result);\n                    out.writeToken(result, in.handedOn());\n", c.Name, args)
		default:
			fmt.Fprintf(b, "                    %s result = object.%s(%s);\n                    write%d(out, result);\n", javaType(*c.Result), c.Name, args, index[c.Result.String()])
		}
		b.WriteString("                    break;\n                }\n")
	}
	b.WriteString("                default:\n                    throw new IllegalStateException(\"the input has a call that there is not\");\n            }\n            in.close();\n        }\n        out.raw(']');\n")
}
