package api

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"testing"

	"go.uber.org/goleak"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// TestMain fails when goroutines are left, or when an operation of the
// document, or a way in which one succeeds, was never tried.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.list").Value.String() == "" &&
		flag.Lookup("test.fuzz").Value.String() == "" {
		for _, rt := range routes() {
			for _, a := range rt.answers {
				if _, ok := seen.Load(fmt.Sprint(rt.id, " ", a.status)); !ok {
					fmt.Printf("no test saw %s answer %d\n", rt.id, a.status)
					code = 1
				}
			}
		}
	}
	if code == 0 {
		if err := goleak.Find(
			// fasthttp keeps the Date header current for as long as the process
			// lives, and lets idle workers sleep out their time.
			goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
			goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
		); err != nil {
			fmt.Println(err)
			code = 1
		}
	}
	os.Exit(code)
}
