package harness

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// Drivers of concurrency problems differ from the others in that the solution
// runs on threads or tasks of its own, and its arguments come partly from the
// world outside; see [World].

// goConcurrent is the part of a Go driver that knows the problem.
func (h *Harness) goConcurrent(b *strings.Builder, index map[string]int, named map[string]bool) {
	c := h.sig.Calls[0]
	var types, names []string
	types = append(types, "context.Context")
	for i, p := range c.Params {
		if p.Type.Kind == Deadline {
			continue // the context has it
		}
		types = append(types, goType(p.Type, true))
		names = append(names, fmt.Sprintf("a%d", i))
	}
	fmt.Fprintf(b, "var call func(%s) (%s, error) = %s\n\n", strings.Join(types, ", "), goType(*c.Result, true), h.goFitted(0, named, "solution."+goName(c.Name)))
	b.WriteString("func runCase(w *sim.World) {\nw.Open()\n")
	for i, p := range c.Params {
		switch t := p.Type; {
		case t.Kind == Deadline:
			b.WriteString("w.Deadline()\n")
		case t.Kind == Task:
			fmt.Fprintf(b, "a%d := sim.Task(w, read%d)\n", i, index[t.Elem.String()])
		case t.Kind == Fetch:
			fmt.Fprintf(b, "a%d := sim.Fetch(w, read%d)\n", i, index[t.Elem.String()])
		case t.Kind == Array && t.Elem.Kind == Task:
			fmt.Fprintf(b, "a%d := driver.Slice(w.Decoder, func(*driver.Decoder) %s { return sim.Task(w, read%d) })\n",
				i, goType(*t.Elem, true), index[t.Elem.Elem.String()])
		default:
			fmt.Fprintf(b, "a%d := read%d(w.Decoder)\n", i, index[t.String()])
		}
	}
	fmt.Fprintf(b, `w.Close()
w.Do(func(ctx context.Context) (func(*driver.Encoder), error) {
	v, err := call(%s)
	return func(e *driver.Encoder) { write%d(e, v) }, err
})
}
`, strings.Join(append([]string{"ctx"}, names...), ", "), index[c.Result.String()])
}

// javaConcurrent adds the files that a concurrency problem's Java driver has
// beside DocketMain.
func (h *Harness) javaConcurrent(b *strings.Builder, index map[string]int) {
	c := h.sig.Calls[0]
	b.WriteString("    private static void runCase(In in, DocketSim sim) throws Throwable {\n        in.open();\n")
	var names []string
	for i, p := range c.Params {
		names = append(names, fmt.Sprintf("a%d", i))
		switch t := p.Type; {
		case t.Kind == Deadline:
			fmt.Fprintf(b, "        final %s a%d = sim.deadline(in.readLong());\n", javaType(t), i)
		case t.Kind == Task:
			fmt.Fprintf(b, "        final %s a%d = sim.task(in.readInt(), %d);\n", javaType(t), i, index[t.String()])
		case t.Kind == Fetch:
			fmt.Fprintf(b, "        final %s a%d = sim.fetch(in.readInt(), %d);\n", javaType(t), i, index[t.String()])
		case t.Kind == Array && t.Elem.Kind == Task:
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
	for _, t := range h.sig.types() {
		if t.Kind == Task || t.Kind == Fetch {
			fmt.Fprintf(b, "            case %d:\n                return read%d(in);\n", index[t.String()], index[t.Elem.String()])
		}
	}
	b.WriteString("            default:\n                throw new IllegalStateException();\n        }\n    }\n\n")
}

// pythonSim is the part of the Python driver that only concurrency problems
// have.
func (h *Harness) pythonSim() []judge.File {
	if !h.sig.Concurrent() {
		return nil
	}
	return []judge.File{{Name: "docket_sim.py", Content: embedded(pythonFiles, "python/docket_sim.py")}}
}
