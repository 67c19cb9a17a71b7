package sandboxtest

import (
	"strings"

	"github.com/docketjudge/docket/judge"
)

// bombAttacks hold a compiler for long, or until it is stopped.
func bombAttacks() []attack {
	return []attack{
		compiles("long-sum-bomb", judge.Go, "package main\n\nvar x = 1\n\nfunc main() { println(x"+strings.Repeat(" + x", 15000)+") }\n", whicheverBuild),
		compiles("nested-finally-bomb", judge.Java, javaMain("", nested(24, "try { System.gc(); } finally { ", "", " }")), rejected("compilation was stopped")),
		compiles("generic-subtyping-bomb", judge.Java, "interface N<T> {}\nclass C<P> implements N<N<? super C<C<P>>>> {}\npublic class Main {\n    N<? super C<Byte>> f(C<Byte> c) { return c; }\n    public static void main(String[] args) {}\n}\n", whicheverBuild),
	}
}
