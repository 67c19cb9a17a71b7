package queue_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// serverTime reports the processor time that the server spends on an
// operation: with one thread it is what bounds the rate.
func serverTime(b *testing.B, db redis.UniversalClient) (stop func()) {
	used := func() float64 {
		text, err := db.Info(context.Background(), "cpu").Result()
		if err != nil {
			b.Fatal(err)
		}
		var sum float64
		for line := range strings.Lines(text) {
			name, val, _ := strings.Cut(strings.TrimSpace(line), ":")
			if name != "used_cpu_user_main_thread" && name != "used_cpu_sys_main_thread" {
				continue
			}
			v, err := strconv.ParseFloat(val, 64)
			if err != nil {
				b.Fatal(err)
			}
			sum += v
		}
		return sum
	}
	before := used()
	return func() { b.ReportMetric((used()-before)*1e6/float64(b.N), "server-µs/op") }
}

// BenchmarkEnqueue is a bare Asynq enqueue, against which acceptance is
// measured.
func BenchmarkEnqueue(b *testing.B) {
	db := connect(b, redistest.Start(b))
	c := asynq.NewClientFromRedisClient(db)
	defer serverTime(b, db)()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			task := asynq.NewTask(queue.TaskType, []byte(store.NewID()))
			if _, err := c.Enqueue(task, asynq.Queue(string(judge.Default))); err != nil {
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
	defer serverTime(b, s.Client())()
	b.SetParallelism(32)
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
