package api

import (
	"net/http"

	"github.com/docketjudge/docket/judge"
)

// route is one line of the table that both fiber and the OpenAPI document
// are made from.
type route struct {
	method, path string // {name} stands for a part of the path
	id           string // the operation's name for generated clients
	tag          string
	summary      string
	doc          string

	open   bool          // needs no API key
	scopes []judge.Scope // one of which a key must carry; none means any key

	query   []param
	headers []param
	body    any // a zero value of what the body holds, or nil
	maxBody judge.Bytes

	answers []answer
	fails   []judge.Code // beside those that follow from the rest
	stream  bool         // answers as long as the client listens

	handle func(*Server, *request) error
}

// param is a query parameter or a header.
type param struct {
	name, doc string
	schema    schema
}

// answer is one way in which a request may succeed.
type answer struct {
	status  int
	doc     string
	media   string // defaults to application/json
	body    any    // a zero value of what the body holds; nil for text or nothing
	headers []param
}

var (
	location = param{"Location", "Where the report is.", schema{"type": "string"}}
	replayed = param{"Idempotency-Replayed", "true when an earlier request with the same Idempotency-Key was answered.",
		schema{"type": "string", "enum": []string{"true"}}}

	idemHeader = param{idemKeyField, "Names this request: when it is repeated with the same body, nothing new is " +
		"accepted and the answer is about the first.", schema{"type": "string", "minLength": 1, "maxLength": maxIdemKey,
		"pattern": "^[!-~]+$"}}
	lastEventID = param{"Last-Event-ID", "The id of the last event that the client has seen; the stream goes on after it.",
		schema{"type": "string", "maxLength": 64, "pattern": "^[0-9-]*$"}}

	waitParam = param{"wait", "How long to wait for the final report: a duration such as 30s, or seconds. At most 60s.",
		schema{"type": "string"}}
	cursorParam = param{"cursor", "What the page before gave as next.", schema{"type": "string", "maxLength": 200}}
	limitParam  = param{"limit", "How many to return, from 1 to 100.", schema{"type": "integer", "default": defaultPage}}
)

const (
	tagSubmissions = "submissions"
	tagRuns        = "runs"
	tagProblems    = "problems"
	tagServer      = "server"
)

// routes is the table.
func routes() []route {
	send := []judge.Scope{judge.ScopeSubmit}
	see := []judge.Scope{judge.ScopeRead, judge.ScopeSubmit}
	scrape := []judge.Scope{judge.ScopeRead}
	admin := []judge.Scope{judge.ScopeAdmin}
	full := []judge.Code{judge.CodeRateLimited, judge.CodeUnavailable}
	return []route{
		{
			method: http.MethodGet, path: "/v1/languages", id: "listLanguages", tag: tagProblems,
			summary: "List the languages", doc: "The languages that Docket judges and what judges them.",
			answers: []answer{{status: 200, doc: "The languages.", body: languageList{}}},
			handle:  listLanguages,
		},
		{
			method: http.MethodGet, path: "/v1/problems", id: "listProblems", tag: tagProblems,
			summary: "List problems", doc: "A page of the problems that match.",
			query: []param{
				{"tag", "A keyword that they carry.", schema{"type": "string", "maxLength": 200}},
				{"difficulty", "easy, medium or hard.", schema{"type": "string", "maxLength": 200}},
				{"q", "Words that all occur in slug, title or keywords.", schema{"type": "string", "maxLength": 200}},
				cursorParam, limitParam,
			},
			answers: []answer{{status: 200, doc: "A page of problems.", body: problemList{}}},
			handle:  listProblems,
		},
		{
			method: http.MethodGet, path: "/v1/problems/{slug}", id: "getProblem", tag: tagProblems,
			summary: "Show a problem", doc: "A problem's statement, limits and samples. Its other tests stay hidden.",
			answers: []answer{{status: 200, doc: "The problem.", body: problemReply{}}},
			handle:  getProblem,
		},
		{
			method: http.MethodPost, path: "/v1/submissions", id: "submit", tag: tagSubmissions,
			summary: "Submit a program", doc: "Accepts a program to be judged against a problem's tests.",
			scopes: send, query: []param{waitParam}, headers: []param{idemHeader},
			body: submitRequest{}, maxBody: maxBody,
			answers: []answer{
				{status: 202, doc: "Accepted: the report as it is now.", body: judge.Report{}, headers: []param{location, replayed}},
				{status: 200, doc: "Judged while the request waited: the final report.", body: judge.Report{}, headers: []param{location, replayed}},
			},
			fails: append(full, judge.CodeConflict), handle: submit,
		},
		{
			method: http.MethodPost, path: "/v1/submissions/batch", id: "submitBatch", tag: tagSubmissions,
			summary: "Submit several programs", doc: "Accepts up to 50 programs. When one of them is not valid none is " +
				"accepted. When accepting fails half-way, repeat the request with its Idempotency-Key: it goes on where it failed.",
			scopes: send, headers: []param{idemHeader}, body: batchRequest{}, maxBody: maxBatchBody,
			answers: []answer{{status: 202, doc: "Accepted.", body: batchReply{}, headers: []param{replayed}}},
			fails:   append(full, judge.CodeConflict), handle: submitBatch,
		},
		{
			method: http.MethodGet, path: "/v1/submissions", id: "listSubmissions", tag: tagSubmissions,
			summary: "List submissions", doc: "A page of submissions, newest first. Keys without the scope read see their own.",
			scopes: see,
			query: []param{
				{"problem", "Those to a problem.", schema{"type": "string", "maxLength": 64}},
				{"user", "Those of a user.", schema{"type": "string", "maxLength": maxUser}},
				{"verdict", "Those with a verdict.", schemaFor(judge.Verdict(""))},
				cursorParam, limitParam,
			},
			answers: []answer{{status: 200, doc: "A page of submissions.", body: listReply{}}},
			handle:  listSubmissions,
		},
		{
			method: http.MethodGet, path: "/v1/submissions/{id}", id: "getSubmission", tag: tagSubmissions,
			summary: "Show a submission", doc: "The report of its newest judging. With wait, answers once that is final or the time is up.",
			scopes: see, query: []param{waitParam},
			answers: []answer{{status: 200, doc: "The report as it is now.", body: judge.Report{}}},
			fails:   []judge.Code{judge.CodeUnavailable}, handle: getSubmission,
		},
		{
			method: http.MethodDelete, path: "/v1/submissions/{id}", id: "cancelSubmission", tag: tagSubmissions,
			summary: "Cancel a submission", doc: "Ends a submission or run that is queued or running.",
			scopes:  send,
			answers: []answer{{status: 200, doc: "The report, cancelled.", body: judge.Report{}}},
			fails:   []judge.Code{judge.CodeConflict}, handle: cancelSubmission,
		},
		{
			method: http.MethodGet, path: "/v1/submissions/{id}/events", id: "followEvents", tag: tagSubmissions,
			summary: "Follow a submission", doc: "Server-sent events: one for every change of state and every finished test, " +
				"from the first on, or after Last-Event-ID. The stream ends after the event done or cancelled, and before that after some minutes: come back with Last-Event-ID. The data of an event is an Event.",
			scopes: see, headers: []param{lastEventID}, stream: true,
			answers: []answer{
				{status: 200, doc: "The stream.", media: "text/event-stream", body: judge.Event{}},
				{status: 204, doc: "Nothing comes after Last-Event-ID."},
			},
			fails: []judge.Code{judge.CodeUnavailable}, handle: followEvents,
		},
		{
			method: http.MethodGet, path: "/v1/submissions/{id}/attempts", id: "listAttempts", tag: tagSubmissions,
			summary: "List the judgings of a submission", doc: "One report for every judging: the first and every rejudge.",
			scopes:  see,
			answers: []answer{{status: 200, doc: "The reports.", body: attemptsReply{}}},
			handle:  listAttempts,
		},
		{
			method: http.MethodPost, path: "/v1/submissions/{id}/rejudge", id: "rejudge", tag: tagSubmissions,
			summary: "Judge again", doc: "Begins a new judging of a submission whose judging has ended; the old reports stay. Runs are not judged again.",
			scopes:  admin,
			answers: []answer{{status: 202, doc: "The report of the new judging.", body: judge.Report{}, headers: []param{location}}},
			fails:   []judge.Code{judge.CodeConflict, judge.CodeUnavailable}, handle: rejudge,
		},
		{
			method: http.MethodPost, path: "/v1/runs", id: "run", tag: tagRuns,
			summary: "Run a program", doc: "Runs a program once with the client's own input; or, with a problem, judges it on the problem's " +
				"samples or on the client's own cases, which the problem's reference solution answers. Cases that the problem does not " +
				"take are refused: at once where they do not fit its signature, and where its input validators find out, as soon as " +
				"the request has waited for that; the run's own page says so in any case. A run is followed and cancelled like a submission.",
			scopes: send, query: []param{waitParam}, headers: []param{idemHeader},
			body: runRequest{}, maxBody: maxRunBody,
			answers: []answer{
				{status: 202, doc: "Accepted: the run as it is now.", body: runReply{}, headers: []param{location, replayed}},
				{status: 200, doc: "Ended while the request waited.", body: runReply{}, headers: []param{location, replayed}},
			},
			fails: append(full, judge.CodeConflict, judge.CodeRejected), handle: startRun,
		},
		{
			method: http.MethodGet, path: "/v1/runs/{id}", id: "getRun", tag: tagRuns,
			summary: "Show a run", doc: "What became of a run. With wait, answers once it has ended or the time is up.",
			scopes: see, query: []param{waitParam},
			answers: []answer{{status: 200, doc: "The run as it is now.", body: runReply{}}},
			fails:   []judge.Code{judge.CodeUnavailable}, handle: getRun,
		},
		{
			method: http.MethodGet, path: "/healthz", id: "healthz", tag: tagServer, open: true,
			summary: "Is it alive?", doc: "Answers as long as the process does.",
			answers: []answer{{status: 200, doc: "Alive.", body: health{}}}, handle: healthz,
		},
		{
			method: http.MethodGet, path: "/readyz", id: "readyz", tag: tagServer, open: true,
			summary: "Is it ready?", doc: "Answers 503 while the process cannot do its work or is shutting down.",
			answers: []answer{{status: 200, doc: "Ready.", body: health{}}},
			fails:   []judge.Code{judge.CodeUnavailable}, handle: readyz,
		},
		{
			method: http.MethodGet, path: "/metrics", id: "metrics", tag: tagServer, scopes: scrape,
			summary: "Metrics", doc: "Prometheus metrics.",
			answers: []answer{{status: 200, doc: "The metrics.", media: "text/plain"}}, handle: showMetrics,
		},
		{
			method: http.MethodGet, path: "/openapi.json", id: "openapi", tag: tagServer, open: true,
			summary: "This document", doc: "The OpenAPI document of this server.",
			answers: []answer{{status: 200, doc: "The document.", body: schema{}}}, handle: showDocument,
		},
		{
			method: http.MethodGet, path: "/docs", id: "docs", tag: tagServer, open: true,
			summary: "This document as a page", doc: "The OpenAPI document for people.",
			answers: []answer{{status: 200, doc: "The page.", media: "text/html"}}, handle: showDocs,
		},
	}
}
