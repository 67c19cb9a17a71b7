package api

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestProblems(t *testing.T) {
	c := start(t, nil)
	var page problemList
	c.do("GET", "/v1/problems?limit=1", "").decode(t, 200, &page)
	if len(page.Problems) != 1 || page.Problems[0].Slug != "go-only" || page.Next != "go-only" {
		t.Fatalf("first page %+v", page)
	}
	var second problemList
	c.do("GET", "/v1/problems?limit=1&cursor="+page.Next, "").decode(t, 200, &second)
	if len(second.Problems) != 1 || second.Problems[0].Slug != "sums" || second.Next != "" {
		t.Fatalf("second page %+v", second)
	}
	if len(second.Problems[0].Languages) != 3 || second.Problems[0].Keywords == nil {
		t.Errorf("a problem for every language: %+v", second.Problems[0])
	}
	for target, want := range map[string]int{"?tag=maps": 1, "?q=Sums": 1, "?tag=none": 0} {
		c.do("GET", "/v1/problems"+target, "").decode(t, 200, &page)
		if len(page.Problems) != want {
			t.Errorf("%s: %d, want %d", target, len(page.Problems), want)
		}
	}
	var p problemReply
	c.do("GET", "/v1/problems/sums", "").decode(t, 200, &p)
	if len(p.Samples) != 2 || p.Samples[0].Input != "1 2\n" || p.Samples[0].Answer != "3\n" || p.Samples[0].Truncated {
		t.Errorf("samples %+v", p.Samples)
	}
	if s := p.Samples[1]; len(s.Input) != int(judge.MaxSample) || !s.Truncated || s.Answer != "\uFFFD" {
		t.Errorf("long sample: %d bytes, %v, %q", len(s.Input), s.Truncated, s.Answer)
	}
	if p.Tests != 3 || p.Statement == "" || len(p.Languages) != 3 || p.Languages[0].Limits.Memory != judge.DefaultMemory {
		t.Errorf("problem %+v", p)
	}
	for _, slug := range []string{"nowhere", "UPPER", "a%2fb", "-a"} {
		c.do("GET", "/v1/problems/"+slug, "").failure(t, 404)
	}
}

func TestLanguages(t *testing.T) {
	c := start(t, func(cfg *Config) { cfg.Toolchain = func(l judge.Language) string { return "the " + string(l) } })
	var list languageList
	c.do("GET", "/v1/languages", "").decode(t, 200, &list)
	if len(list.Languages) != 3 || list.Languages[0] != (languageInfo{judge.Go, "Go", ".go", "main.go", "the go"}) {
		t.Errorf("languages %+v", list)
	}
}
