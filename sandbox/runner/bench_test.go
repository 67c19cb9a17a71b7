//go:build !quick

package main

import (
	"slices"
	"testing"
	"time"
)

// BenchmarkExec measures one run of a small static program in a box on one
// processor, as the worker sees it, and what of that is not the program's own
// life.
func BenchmarkExec(b *testing.B) {
	box := ready(b, boxOptions{cpuset: "0"})
	for range 20 {
		box.run("hello")
	}
	var whole, beside []time.Duration
	for b.Loop() {
		began := time.Now()
		o := box.run("hello")
		took := time.Since(began)
		if o.stdout != "hello\n" {
			b.Fatalf("%+v", o)
		}
		whole = append(whole, took)
		beside = append(beside, took-o.Wall)
	}
	slices.Sort(whole)
	slices.Sort(beside)
	b.ReportMetric(float64(whole[len(whole)/2].Microseconds()), "median-µs")
	b.ReportMetric(float64(beside[len(beside)/2].Microseconds()), "beside-µs")
	b.ReportMetric(float64(beside[len(beside)/10].Microseconds()), "beside-p10-µs")
}

// BenchmarkInput compares a run whose small input is a file with one whose input
// is a pipe; they take turns, and a ratio below 1 is in favour of files.
func BenchmarkInput(b *testing.B) {
	box := ready(b, boxOptions{cpuset: "0"})
	var took [2][]time.Duration
	for b.Loop() {
		for i := range took {
			e := probe("cat")
			e.InputFile = i == 1
			began := time.Now()
			box.start(e, "12\n")
			if o := box.end(); o.stdout != "12\n" {
				b.Fatalf("%+v", o)
			}
			took[i] = append(took[i], time.Since(began))
		}
	}
	for i := range took {
		slices.Sort(took[i])
	}
	middle := len(took[0]) / 2
	b.ReportMetric(float64(took[1][middle])/float64(took[0][middle]), "file/pipe")
	b.ReportMetric(float64(took[1][middle/5])/float64(took[0][middle/5]), "file/pipe-p10")
}

// BenchmarkThroughput measures how fast standard input and output pass.
func BenchmarkThroughput(b *testing.B) {
	box := ready(b, boxOptions{cpuset: "0"})
	e := probe("flood", "33554432")
	e.OutputStop = 64 << 20
	b.SetBytes(32 << 20)
	for b.Loop() {
		box.start(e, "")
		if o := box.end(); len(o.stdout) != 32<<20 {
			b.Fatalf("%d bytes, %+v", len(o.stdout), o.Exited)
		}
	}
}
