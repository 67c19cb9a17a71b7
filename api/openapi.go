package api

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// document makes the OpenAPI document from the routes and the types that
// their handlers read and write.
func document(routes []route, cfg Config) schema {
	b := &schemas{named: make(map[string]schema)}
	failure := b.of(reflect.TypeFor[Failure]())
	paths := schema{}
	for _, rt := range routes {
		item, ok := paths[rt.path].(schema)
		if !ok {
			item = schema{}
			paths[rt.path] = item
		}
		item[strings.ToLower(rt.method)] = operation(b, rt, cfg, failure)
	}
	components := schema{"schemas": b.named}
	if cfg.RequireKeys {
		components["securitySchemes"] = schema{
			"bearer": schema{"type": "http", "scheme": "bearer", "description": "An API key: Authorization: Bearer dk_..."},
			"header": schema{"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "An API key."},
		}
	}
	return schema{
		"openapi":           "3.1.0",
		"jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
		"info": schema{
			"title": "Docket", "version": cfg.Version,
			"description": "Judges solutions to coding challenges: send a program in Go, Java or Python, get a verdict " +
				"with timing. Times are in milliseconds and memory in KiB. Every failure is an application/problem+json document.",
			"license": schema{"name": "MIT", "identifier": "MIT"},
		},
		"servers": []schema{{"url": "/"}},
		"tags": []schema{
			{"name": tagSubmissions, "description": "Programs judged against a problem's tests."},
			{"name": tagRuns, "description": "Programs run once with the client's own input."},
			{"name": tagProblems, "description": "What there is to solve, and in which languages."},
			{"name": tagServer, "description": "The server itself."},
		},
		"paths":      paths,
		"components": components,
	}
}

var pathParam = regexp.MustCompile(`\{(\w+)\}`)

func operation(b *schemas, rt route, cfg Config, failure schema) schema {
	op := schema{"operationId": rt.id, "tags": []string{rt.tag}, "summary": rt.summary, "description": rt.doc}
	params := []schema{}
	for _, m := range pathParam.FindAllStringSubmatch(rt.path, -1) {
		p := schema{"name": m[1], "in": "path", "required": true, "schema": schemaFor(judge.SubmissionID(""))}
		p["description"] = "The id that the submission or run was given."
		if m[1] == "slug" {
			p["schema"], p["description"] = schemaFor(judge.Slug("")), "The problem's slug."
		}
		params = append(params, p)
	}
	for _, p := range rt.query {
		params = append(params, schema{"name": p.name, "in": "query", "description": p.doc, "schema": p.schema})
	}
	for _, p := range rt.headers {
		params = append(params, schema{"name": p.name, "in": "header", "description": p.doc, "schema": p.schema})
	}
	if len(params) > 0 {
		op["parameters"] = params
	}
	if rt.body != nil {
		op["requestBody"] = schema{"required": true, "description": fmt.Sprintf("At most %s.", rt.maxBody),
			"content": schema{"application/json": schema{"schema": b.of(reflect.TypeOf(rt.body))}}}
	}
	responses := schema{}
	for _, a := range rt.answers {
		responses[strconv.Itoa(a.status)] = success(b, a)
	}
	for _, code := range failures(rt, cfg) {
		m := meaningOf(code)
		responses[strconv.Itoa(m.status)] = refusal(m, failure)
	}
	responses["default"] = refusal(meaning{title: "Any other failure"}, failure)
	op["responses"] = responses
	if cfg.RequireKeys && !rt.open && !(rt.path == "/metrics" && cfg.OpenMetrics) {
		op["security"] = []schema{{"bearer": []string{}}, {"header": []string{}}}
		if len(rt.scopes) > 0 {
			op["description"] = rt.doc + " Takes a key with one of the scopes: " + scopeList(rt.scopes) + "."
		}
	}
	return op
}

func success(b *schemas, a answer) schema {
	headers := schema{"X-Request-Id": requestIDHeader}
	for _, h := range a.headers {
		headers[h.name] = schema{"description": h.doc, "schema": h.schema}
	}
	out := schema{"description": a.doc, "headers": headers}
	media := a.media
	if media == "" {
		media = "application/json"
	}
	switch {
	case a.body != nil:
		out["content"] = schema{media: schema{"schema": b.of(reflect.TypeOf(a.body))}}
	case a.media != "":
		out["content"] = schema{media: schema{"schema": schema{"type": "string"}}}
	}
	return out
}

var requestIDHeader = schema{"description": "Names this request in the server's log.", "schema": schema{"type": "string"}}

func refusal(m meaning, failure schema) schema {
	headers := schema{"X-Request-Id": requestIDHeader}
	switch m.status {
	case http.StatusUnauthorized:
		headers["WWW-Authenticate"] = schema{"description": "How to authenticate.", "schema": schema{"type": "string"}}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		headers["Retry-After"] = schema{"description": "Seconds to wait before trying again.", "schema": schema{"type": "integer"}}
	}
	return schema{"description": m.title + ".", "headers": headers,
		"content": schema{"application/problem+json": schema{"schema": failure}}}
}

// failures lists the codes that a route may answer with, apart from those that
// any HTTP server may.
func failures(rt route, cfg Config) []judge.Code {
	out := slices.Concat([]judge.Code{judge.CodeInvalid}, rt.fails)
	if !cfg.RequireKeys {
		out = append(out, codeMisdirected)
	}
	if cfg.RequireKeys && !rt.open {
		out = append(out, judge.CodeUnauth)
	}
	if cfg.RequireKeys && len(rt.scopes) > 0 || rt.method != http.MethodGet {
		out = append(out, judge.CodeForbidden)
	}
	if strings.Contains(rt.path, "{") {
		out = append(out, judge.CodeNotFound)
	}
	if rt.body != nil {
		out = append(out, judge.CodeTooLarge, codeMediaType)
	}
	return out
}

//go:embed docs.html
var docsPage string

// renderDocs shows an OpenAPI document as a page that needs nothing else: no
// script, no style sheet, no font of others.
func renderDocs(doc schema) ([]byte, error) {
	tmpl, err := template.New("docs").Funcs(template.FuncMap{
		"upper": strings.ToUpper,
		"last":  func(s string) string { return s[strings.LastIndexByte(s, '/')+1:] },
		"has":   func(list any, s string) bool { l, ok := list.([]string); return ok && slices.Contains(l, s) },
		"join":  func(list []string) string { return strings.Join(list, ", ") },
		"meanings": func() []map[string]any {
			var out []map[string]any
			for _, m := range meanings {
				out = append(out, map[string]any{"code": m.code, "status": m.status, "title": m.title})
			}
			return out
		},
	}).Parse(docsPage)
	if err != nil {
		return nil, fmt.Errorf("parsing the page: %w", err)
	}
	var b bytes.Buffer
	if err := tmpl.Execute(&b, doc); err != nil {
		return nil, fmt.Errorf("filling the page: %w", err)
	}
	return b.Bytes(), nil
}
