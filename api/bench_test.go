package api

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/docketjudge/docket/judge"
)

// countingStore accepts everything and keeps nothing.
type countingStore struct {
	*fakeStore
	n atomic.Int64
}

func (s *countingStore) Create(_ context.Context, sub judge.Submission, _ string) (judge.SubmissionID, bool, error) {
	s.n.Add(1)
	return sub.ID, true, nil
}

type nowhere struct{}

func (nowhere) Enqueue(context.Context, judge.SubmissionID, int, judge.Queue) error { return nil }

func (nowhere) Withdraw(context.Context, judge.Delivery) error { return nil }

func benchBody() string {
	return `{"problem":"sums","language":"go","source":"` + strings.Repeat(`fmt.Println(\"x\")\n`, 50) + `","user":"ada"}`
}

func accepting(b *testing.B) (*Server, *countingStore) {
	store := &countingStore{fakeStore: newFakeStore()}
	s, err := New(Config{Store: store, Queue: nowhere{}, Problems: fakeProblems{}, Log: quiet()})
	if err != nil {
		b.Fatal(err)
	}
	return s, store
}

// BenchmarkAccept measures what the API itself adds to accepting a
// submission: routing, checks, decoding, the answer.
func BenchmarkAccept(b *testing.B) {
	s, store := accepting(b)
	handler := s.app.Handler()
	body := []byte(benchBody())
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	var fctx fasthttp.RequestCtx
	for b.Loop() {
		fctx.Request.Reset()
		fctx.Response.Reset()
		fctx.Request.Header.SetMethod(http.MethodPost)
		fctx.Request.SetRequestURI("/v1/submissions")
		fctx.Request.Header.SetContentType("application/json")
		fctx.Request.SetBodyRaw(body)
		handler(&fctx)
		if fctx.Response.StatusCode() != http.StatusAccepted {
			b.Fatalf("%s", fctx.Response.Body())
		}
	}
	if store.n.Load() == 0 {
		b.Fatal("nothing was stored")
	}
}

// BenchmarkAcceptOverTCP is the same with connections and a plain client.
func BenchmarkAcceptOverTCP(b *testing.B) {
	s, _ := accepting(b)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, ln) }()
	benchTCP(b, ln.Addr().String())
	cancel()
	if err := <-served; err != nil {
		b.Error(err)
	}
}

// benchTCP sends submissions over 64 connections on two processors.
func benchTCP(b *testing.B, addr string) {
	request := fmt.Sprintf("POST /v1/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		len(benchBody()), benchBody())
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			b.Error(err)
			return
		}
		defer conn.Close()
		r := bufio.NewReader(conn)
		for pb.Next() {
			if _, err := io.WriteString(conn, request); err != nil {
				b.Error(err)
				return
			}
			res, err := http.ReadResponse(r, nil)
			if err != nil || res.StatusCode != http.StatusAccepted {
				b.Errorf("%v %v", res, err)
				return
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "submissions/s")
}
