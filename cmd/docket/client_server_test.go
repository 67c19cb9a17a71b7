package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// scriptedJudge is a judge without boxes, for tests of what talks to the API:
// a program says itself, in comments of its first file, what becomes of it.
//
//	compile TEXT            it does not compile, and the compiler says TEXT
//	test NAME VERDICT [TEXT]  a test, with feedback or, beyond a limit, with a reason
//	stdout, stderr TEXT     what a run prints, after "<" and its input
//	exit N                  how a run ends
//	rejects TEXT            the problem does not take the cases
//	fail TEXT               the judge itself gives up
//	hang                    it ends only when it is cancelled
type scriptedJudge struct{}

func (scriptedJudge) Judge(ctx context.Context, sub judge.Submission, emit func(judge.Event)) (judge.Report, error) {
	r := judge.Report{
		ID: sub.ID, Kind: sub.Kind, Problem: sub.Problem, Language: sub.Language, State: judge.StateDone, Verdict: judge.AC,
		User: sub.User, Metadata: sub.Metadata, KeyID: sub.KeyID, Created: sub.Created,
		Toolchain: "scripted 1.0", Compile: &judge.CompileReport{OK: true, Millis: 5},
	}
	r.Timing.CompileMillis, r.Timing.JudgeMillis = 5, 40
	if sub.Kind == judge.KindRun {
		r.Run = &judge.RunReport{Encoding: "utf-8", Usage: judge.Usage{CPUMillis: 7, WallMillis: 8, MemoryKiB: 2048}}
	}
	var tests []judge.TestReport
	hang := false
	for line := range strings.Lines(sub.Files[0].Content) {
		line = strings.TrimSpace(strings.TrimLeft(line, "/#"))
		word, text, _ := strings.Cut(line, " ")
		switch word {
		case "compile":
			r.Verdict, r.Run = judge.CE, nil
			r.Compile.OK, r.Compile.Output = false, sub.Files[0].Name+":1: "+text+"\n"
		case "test":
			tests = append(tests, scriptedTest(text))
		case "stdout":
			r.Run.Stdout = "<" + sub.Stdin + text + "\n"
		case "stderr":
			r.Run.Stderr = text + "\n"
		case "exit":
			if _, err := fmt.Sscan(text, &r.Run.ExitCode); err != nil {
				return r, err
			}
			if r.Run.ExitCode != 0 {
				r.Verdict = judge.RTE
			}
		case "rejects":
			r.Verdict, r.Run, r.Rejected = "", nil, text
		case "fail":
			r.Verdict, r.Message = judge.JE, text
		case "limits":
			r.Run.Stdout = fmt.Sprintln(sub.Limits.CPU, sub.Limits.Memory)
		case "files":
			for _, f := range sub.Files {
				r.Compile.Output += f.Name + "\n"
			}
		case "hang":
			hang = true
		}
	}
	r.Summary.Total = len(tests)
	emit(judge.Event{Kind: judge.EventRunning, Total: len(tests)})
	if hang {
		<-ctx.Done()
		return r, ctx.Err()
	}
	emit(judge.Event{Kind: judge.EventCompiled, Compile: r.Compile})
	for _, t := range tests {
		r.Tests = append(r.Tests, t)
		if t.Verdict == judge.AC {
			r.Summary.Passed++
		} else if r.Verdict == judge.AC {
			r.Verdict = t.Verdict
		}
		r.Summary.CPUMillisMax = max(r.Summary.CPUMillisMax, t.CPUMillis)
		r.Summary.MemoryKiBMax = max(r.Summary.MemoryKiBMax, t.MemoryKiB)
		emit(judge.Event{Kind: judge.EventTest, Test: &t, Total: len(tests)})
	}
	return r, nil
}

func scriptedTest(text string) judge.TestReport {
	name, rest, _ := strings.Cut(text, " ")
	verdict, feedback, _ := strings.Cut(rest, " ")
	t := judge.TestReport{
		Name: name, Group: "secret", Sample: strings.HasPrefix(name, "sample/"), Verdict: judge.Verdict(verdict), Feedback: feedback,
		Usage: judge.Usage{CPUMillis: int64(len(name)), WallMillis: int64(len(name)) + 1, MemoryKiB: 1024 * int64(len(feedback)+1)},
	}
	switch t.Verdict {
	case judge.RTE:
		t.Signal, t.Stderr, t.Reason = 11, "it crashed\n", "signal 11 (segmentation fault)"
	case judge.TLE, judge.MLE, judge.OLE:
		t.Feedback, t.Reason = "", feedback
	}
	return t
}

// serveScripted runs API and worker, as docket up does, before a scripted
// judge. It returns the address and what ends it.
func serveScripted(ctx context.Context, redis string, requireKeys bool) (base string, stop func(), err error) {
	log := slog.New(slog.DiscardHandler)
	var end []func()
	stop = func() {
		for i := len(end) - 1; i >= 0; i-- {
			end[i]()
		}
	}
	if redis == "" {
		embedded, err := startEmbeddedRedis()
		if err != nil {
			return "", stop, err
		}
		end = append(end, embedded.close)
		redis = embedded.url()
	}
	n, err := openNode(ctx, storeFlags{Redis: redis, Retention: time.Hour, RunRetention: time.Hour}, log)
	if err != nil {
		return "", stop, err
	}
	end = append(end, n.close)
	worker := judging.NewWorker(judging.WorkerConfig{ID: "scripted", Ledger: n.store, Judge: scriptedJudge{}, Log: log})
	tasks, err := queue.NewServer(queue.Config{
		Redis: n.store.Client(), Slots: 2, Log: log,
		Handler: worker.Handle,
	})
	if err != nil {
		return "", stop, err
	}
	catalog, err := catalogFlags{}.open(nil)
	if err != nil {
		return "", stop, err
	}
	serving, cancel := context.WithCancel(ctx)
	var background sync.WaitGroup
	end = append(end, background.Wait, cancel)
	background.Go(func() {
		n.store.KeepAlive(serving, func() store.Worker { return store.Worker{ID: "scripted", Slots: 2, Started: time.Now()} })
	})
	if err := tasks.Start(); err != nil {
		return "", stop, err
	}
	end = append(end, tasks.Close)
	listening, failed := make(chan net.Addr, 1), make(chan error, 1)
	background.Go(func() {
		failed <- n.serveAPI(serving, apiFlags{Listen: "127.0.0.1:0", RequireKeys: requireKeys}, catalog,
			func(judge.Language) string { return "scripted 1.0" }, nil, func(a net.Addr) { listening <- a })
	})
	select {
	case a := <-listening:
		return "http://" + a.String(), stop, nil
	case err := <-failed:
		return "", stop, err
	}
}

// clientCommands are what scripts of the client need beside docket itself.
func clientCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		// redis starts a real Redis and names it in DOCKET_REDIS_URL.
		"redis": func(ts *testscript.TestScript, _ bool, _ []string) {
			t, ok := ts.Value("test").(testing.TB)
			if !ok {
				ts.Fatalf("the test is not at hand")
			}
			ts.Setenv("DOCKET_REDIS_URL", redistest.Start(t))
		},
		// serve starts a server with a scripted judge and names it in
		// DOCKET_SERVER. Its Redis is DOCKET_REDIS_URL's, or embedded.
		"serve": func(ts *testscript.TestScript, _ bool, args []string) {
			requireKeys := len(args) == 1 && args[0] == "--require-keys"
			if len(args) > 0 && !requireKeys {
				ts.Fatalf("usage: serve [--require-keys]")
			}
			base, stop, err := serveScripted(context.Background(), ts.Getenv("DOCKET_REDIS_URL"), requireKeys)
			ts.Defer(stop)
			ts.Check(err)
			ts.Setenv("DOCKET_SERVER", base)
		},
		// oldimage makes an image of another build of docket and names it in a
		// variable. From then on DOCKER_HOST shows it and those of this build.
		"oldimage": func(ts *testscript.TestScript, neg bool, args []string) {
			t, ok := ts.Value("test").(testing.TB)
			if neg || len(args) != 1 || !ok {
				ts.Fatalf("usage: oldimage variable")
			}
			ref, host := engineWithOldImage(t)
			ts.Setenv(args[0], ref)
			ts.Setenv("DOCKER_HOST", host)
		},
		// exits runs a command and compares its exit code:
		// exits 3 docket show ...
		"exits": func(ts *testscript.TestScript, neg bool, args []string) {
			if neg || len(args) < 2 {
				ts.Fatalf("usage: exits code command ...")
			}
			code := "0"
			if err := ts.Exec(args[1], args[2:]...); err != nil {
				code = strings.TrimPrefix(err.Error(), "exit status ")
			}
			if code != args[0] {
				ts.Fatalf("exit code is %s, not %s", code, args[0])
			}
		},
		// keep sets a variable to what the last command printed:
		// keep ID
		"keep": func(ts *testscript.TestScript, neg bool, args []string) {
			if neg || len(args) != 1 {
				ts.Fatalf("usage: keep variable")
			}
			ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
		},
	}
}
