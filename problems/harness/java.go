package harness

import (
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

//go:embed java/DocketMain.java java/DocketSim.java java/DocketTime.java java/loop.java.tmpl java/nodes.java.tmpl
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

// javaGlue is the part of the driver that knows the problem.
func (h *Harness) javaGlue() string {
	var b strings.Builder
	types := h.sig.Types()
	index := make(map[string]int, len(types))
	for i, t := range types {
		index[t.String()] = i
	}
	for part := range strings.SplitSeq(embedded(javaFiles, "java/nodes.java.tmpl"), "---\n") {
		if strings.Contains(part, "ListNode") && h.sig.Uses(signature.ListNode) || strings.Contains(part, "TreeNode") && h.sig.Uses(signature.TreeNode) {
			b.WriteString(part)
		}
	}
	for i, t := range types {
		if !t.HasCallable() {
			javaConverters(&b, i, t, index)
		}
	}
	plain, concurrent, _ := strings.Cut(embedded(javaFiles, "java/loop.java.tmpl"), "---\n")
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

func javaConverters(b *strings.Builder, i int, t signature.Type, index map[string]int) {
	inner, elem := -1, ""
	if t.Elem != nil {
		inner, elem = index[t.Elem.String()], javaBoxed(*t.Elem)
	}
	name := map[signature.Kind]string{signature.Int: "Int", signature.Long: "Long", signature.Double: "Double", signature.Bool: "Boolean", signature.String: "String", signature.Token: "String"}
	read, write := "", ""
	switch t.Kind {
	case signature.Int, signature.Long, signature.Double, signature.Bool, signature.String, signature.Token:
		read, write = "return in.read"+name[t.Kind]+"();", "out.write(v);"
		if t.Kind == signature.Int {
			write = "out.write((long) v);"
		}
	case signature.ListNode:
		read, write = "return readList(in);", "writeList(out, v);"
	case signature.TreeNode:
		read, write = "return readTree(in);", "writeTree(out, v);"
	case signature.Array:
		read, write = javaArray(t, inner, elem, name)
	case signature.Map:
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
	case signature.Optional:
		read = fmt.Sprintf("return in.isNull() ? null : (%s) read%d(in);", elem, inner)
		write = fmt.Sprintf("if (v == null) {\n            out.writeNull();\n        } else {\n            write%d(out, v);\n        }", inner)
	}
	fmt.Fprintf(b, "    // %s\n    private static %s read%d(In in) {\n        %s\n    }\n\n", t, javaType(t), i, read)
	fmt.Fprintf(b, "    private static void write%d(Out out, %s v) {\n        %s\n    }\n\n", i, javaType(t), write)
}

func javaArray(t signature.Type, inner int, elem string, name map[signature.Kind]string) (read, write string) {
	if javaPrimitive(*t.Elem) && t.Elem.Kind != signature.Array {
		return "return in.read" + name[t.Elem.Kind] + "s();", "out.write(v);"
	}
	read = fmt.Sprintf(`List<%s> a = new ArrayList<>();
        in.open();
        while (in.another()) {
            a.add(read%d(in));
        }
        return a;`, elem, inner)
	if javaPrimitive(*t.Elem) {
		base, dims := *t.Elem, ""
		for base.Kind == signature.Array {
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
	if h.sig.Uses(signature.Token) {
		b.WriteString("        Map<Integer, String> tokens = new HashMap<>();\n")
	}
	b.WriteString("        for (int i = 0; in.another(); i++) {\n            out.separate(i);\n            in.open();\n            switch (in.readName(CALLS)) {\n")
	for n, c := range h.sig.Calls {
		fmt.Fprintf(b, "                case %d: { // %s\n", n, c.Name)
		var names []string
		for i, p := range c.Params {
			names = append(names, fmt.Sprintf("a%d", i))
			read := fmt.Sprintf("read%d(in)", index[p.Type.String()])
			if p.Type.Kind == signature.Token {
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
		case c.Result.Kind == signature.Token:
			fmt.Fprintf(b, "                    String result = object.%s(%s);\n                    tokens.put(i, result);\n                    out.writeToken(result, in.handedOn());\n", c.Name, args)
		default:
			fmt.Fprintf(b, "                    %s result = object.%s(%s);\n                    write%d(out, result);\n", javaType(*c.Result), c.Name, args, index[c.Result.String()])
		}
		b.WriteString("                    break;\n                }\n")
	}
	b.WriteString("                default:\n                    throw new IllegalStateException(\"the input has a call that there is not\");\n            }\n            in.close();\n        }\n        out.raw(']');\n")
}

// javaText is a string literal.
func javaText(s string) string {
	return strconv.QuoteToASCII(s) // the escapes that it uses for ASCII are Java's too
}

// javaConcurrent writes runCase and readValue of a concurrency problem.
func (h *Harness) javaConcurrent(b *strings.Builder, index map[string]int) {
	c := h.sig.Calls[0]
	b.WriteString("    private static void runCase(In in, DocketSim sim) throws Throwable {\n        in.open();\n")
	var names []string
	for i, p := range c.Params {
		names = append(names, fmt.Sprintf("a%d", i))
		switch t := p.Type; {
		case t.Kind == signature.Deadline:
			fmt.Fprintf(b, "        final %s a%d = sim.deadline(in.readLong());\n", javaType(t), i)
		case t.Kind == signature.Task:
			fmt.Fprintf(b, "        final %s a%d = sim.task(in.readInt(), %d);\n", javaType(t), i, index[t.String()])
		case t.Kind == signature.Fetch:
			fmt.Fprintf(b, "        final %s a%d = sim.fetch(in.readInt(), %d);\n", javaType(t), i, index[t.String()])
		case t.Kind == signature.Array && t.Elem.Kind == signature.Task:
			fmt.Fprintf(b, "        final %s a%d = new ArrayList<>();\n        in.open();\n        while (in.another()) {\n            a%d.add(sim.task(in.readInt(), %d));\n        }\n", javaType(t), i, i, index[t.Elem.String()])
		default:
			fmt.Fprintf(b, "        final %s a%d = read%d(in);\n", javaType(t), i, index[t.String()])
		}
	}
	fmt.Fprintf(b, `        in.close();
        sim.run(in, () -> {
            %s result = new Solution().%s(%s);
            return (Out out) -> write%d(out, result);
        });
    }

`, javaType(*c.Result), c.Name, strings.Join(names, ", "), index[c.Result.String()])
	// What a call ends with is read by its type.
	b.WriteString("    static Object readValue(In in, int type) {\n        switch (type) {\n")
	for _, t := range h.sig.Types() {
		if t.Kind == signature.Task || t.Kind == signature.Fetch {
			fmt.Fprintf(b, "            case %d:\n                return read%d(in);\n", index[t.String()], index[t.Elem.String()])
		}
	}
	b.WriteString("            default:\n                throw new IllegalStateException();\n        }\n    }\n\n")
}
