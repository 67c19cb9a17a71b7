package queue_test

import (
	"context"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// BenchmarkEnqueue is a bare Asynq enqueue, against which acceptance is
// measured.
func BenchmarkEnqueue(b *testing.B) {
	c := queue.NewClient(connect(b, redistest.Start(b)))
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := c.Enqueue(context.Background(), store.NewID(), 1, judge.Default); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkAccept is what the API does with a submission: Create and Enqueue.
func BenchmarkAccept(b *testing.B) {
	s, err := store.New(connect(b, redistest.Start(b)), store.Config{})
	if err != nil {
		b.Fatal(err)
	}
	c := queue.NewClient(s.Client())
	sub := judge.Submission{
		Problem: "range-sums", Language: judge.Python, User: "ada", KeyID: "k1",
		Files: []judge.File{{Name: "main.py", Content: strings.Repeat("print(1)\n", 100)}},
	}
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id, _, err := s.Create(context.Background(), sub, "")
			if err == nil {
				err = c.Enqueue(context.Background(), id, 1, judge.Default)
			}
			if err != nil {
				b.Error(err)
			}
		}
	})
}
