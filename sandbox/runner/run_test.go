package main

import (
	"testing"
)

func TestExit(t *testing.T) {
	b := ready(t, boxOptions{})
	if b.hello.Build != "under-test" {
		t.Errorf("build %q", b.hello.Build)
	}
	for range 3 {
		o := b.run("hello")
		t.Logf("%+v", o)
	}
	for _, a := range [][]string{{"exit", "7"}, {"signal", "11"}, {"id"}, {"env"}, {"fds"}, {"burn", "200"}, {"alloc", "100", "0"}, {"alloc", "100", "20"}, {"alloc", "3", "0"}, {"litter"}, {"many", "1000"}, {"daemon"}, {"ignored"}, {"secrets"}, {"killall"}, {"overwrite"}, {"signals"}, {"leftovers"}} {
		t.Logf("%v %+v", a, b.run(a...))
	}
	b.wipe()
}
