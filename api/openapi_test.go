package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestDocumentIsServedAndValid(t *testing.T) {
	for _, keys := range []bool{false, true} {
		c := start(t, func(cfg *Config) { cfg.RequireKeys = keys })
		body := c.do("GET", "/openapi.json", "").body
		if !bytes.Equal(body, c.server.Document()) {
			t.Error("another document is served")
		}
		doc, err := openapi3.NewLoader().LoadFromData(body)
		if err != nil {
			t.Fatal(err)
		}
		if err := doc.Validate(context.Background(), openapi3.EnableSchemaFormatValidation()); err != nil {
			t.Errorf("keys %v: %v", keys, err)
		}
		// Every schema of the document is one.
		for name := range at(c.contract.doc, "components", "schemas").(map[string]any) {
			if _, err := c.contract.schema("components", "schemas", name); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestEveryFieldIsDescribed(t *testing.T) {
	c := start(t, nil)
	named := at(c.contract.doc, "components", "schemas").(map[string]any)
	if len(named) < 15 {
		t.Fatalf("only %d types", len(named))
	}
	for name, s := range named {
		for field, p := range at(s, "properties").(map[string]any) {
			if at(p, "description") == nil {
				t.Errorf("%s.%s has no description", name, field)
			}
		}
	}
	used := fmt.Sprint(named)
	for field, doc := range fieldDocs {
		if !strings.Contains(used, doc) {
			t.Errorf("%s is described and does not exist", field)
		}
	}
}

// Every route of the table is in the document and every one of fiber's is in
// the table.
func TestTableDocumentAndFiberAgree(t *testing.T) {
	c := start(t, nil)
	known := map[string]bool{}
	ids := map[string]bool{}
	for _, rt := range routes() {
		known[rt.method+" "+fiberPath(rt.path)] = true
		if ids[rt.id] {
			t.Errorf("two operations are called %s", rt.id)
		}
		ids[rt.id] = true
		if at(c.contract.doc, "paths", rt.path, strings.ToLower(rt.method), "operationId") != rt.id {
			t.Errorf("%s %s is not in the document", rt.method, rt.path)
		}
	}
	for _, r := range c.server.app.GetRoutes() {
		if !known[r.Method+" "+r.Path] && !(r.Method == http.MethodHead && known["GET "+r.Path]) {
			t.Errorf("fiber answers %s %s, which is not in the table", r.Method, r.Path)
		}
	}
}

func TestDocsPageStandsAlone(t *testing.T) {
	c := start(t, nil)
	a := c.do("GET", "/docs", "")
	page := string(a.body)
	if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("content type %q", a.header.Get("Content-Type"))
	}
	if m := regexp.MustCompile(`(?i)<script|<link|<img|@import|url\(|//[a-z]`).FindString(page); m != "" {
		t.Errorf("the page loads something: %s", m)
	}
	for _, rt := range routes() {
		if !strings.Contains(page, `id="`+rt.id+`"`) || !strings.Contains(page, rt.path) {
			t.Errorf("%s is not on the page", rt.id)
		}
	}
	for _, m := range meanings {
		if !strings.Contains(page, `id="`+string(m.code)+`"`) {
			t.Errorf("failures of the code %s lead nowhere", m.code)
		}
	}
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+link[1]+`"`) {
			t.Errorf("the link to %s leads nowhere", link[1])
		}
	}
	if strings.Contains(page, "&lt;nil&gt;") || strings.Contains(page, "ZgotmplZ") || strings.Contains(page, "no value") {
		t.Error("the page has holes")
	}
}

func TestMeaningsAreDistinct(t *testing.T) {
	codes, statuses := map[string]bool{}, map[int]bool{}
	for _, m := range meanings {
		if codes[string(m.code)] || statuses[m.status] {
			t.Errorf("%s or %d occurs twice", m.code, m.status)
		}
		codes[string(m.code)], statuses[m.status] = true, true
	}
	var f map[string]any
	b, err := json.Marshal(failureOf(fmt.Errorf("deep: %w", context.Canceled), "r1"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &f); err != nil || f["status"] != 500.0 || f["type"] != "/docs#internal" {
		t.Errorf("failure %s (%v)", b, err)
	}
}
