package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/judge"
)

// clientFlags say which server a command talks to.
type clientFlags struct {
	Server string `help:"The server's address. Defaults to http://127.0.0.1:8080." default:"http://127.0.0.1:8080" placeholder:"URL" group:"Server"`
}

// clientHelp explains the rest in the help of the commands that talk to one.
const clientHelp = `A server that asks for an API key gets the one in the environment variable
DOCKET_API_KEY.`

// client talks to the HTTP API of a server. It trusts the server to judge,
// and nothing of what the server sends to be safe for a terminal.
type client struct {
	base string // without a slash at the end
	key  string // the API key, or ""
	http *http.Client

	idle  time.Duration // how long an event stream may be silent; its heartbeats are 15 s apart
	pause time.Duration // before the first repetition of what failed; doubles from there
}

// How patient a client is.
const (
	answerTimeout = 30 * time.Second // for an answer, beyond what the server was asked to wait
	longPoll      = 30 * time.Second // how long the server is asked to wait
	streamIdle    = 45 * time.Second
	firstPause    = 200 * time.Millisecond
	longestPause  = 3 * time.Second
	maxTries      = 5
	maxAnswer     = 64 << 20 // bytes of an answer that are read
)

func (f clientFlags) open(p *process) (*client, error) {
	u, err := url.Parse(f.Server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
		return nil, usageError("--server: %q is not the address of a server, such as http://127.0.0.1:8080", f.Server)
	}
	key, _ := p.env("DOCKET_API_KEY")
	key = strings.TrimSpace(key)
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return nil, usageError("DOCKET_API_KEY holds a character that no API key has; it begins with dk_ and is one word")
		}
	}
	return &client{
		base: strings.TrimRight(u.String(), "/"), key: key, http: &http.Client{},
		idle: streamIdle, pause: firstPause,
	}, nil
}

// call sends a request until it is answered with a success, and reads the
// answer into out, which may be nil or a *json.RawMessage. What a server that
// is full or starting refuses is sent again a few times; in may be nil.
func (c *client) call(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("writing the request: %w", err)
		}
	}
	name := "" // under which a repeated request is known
	if method == http.MethodPost {
		name = uuid.NewString()
	}
	pause := c.pause
	for try := 1; ; try++ {
		answer, after, err := c.once(ctx, method, path, name, body)
		switch {
		case err == nil && out == nil:
			return nil
		case err == nil:
			if err := json.Unmarshal(answer, out); err != nil {
				return fmt.Errorf("%s: reading the answer to %s %s: %w", c.base, method, path, err)
			}
			return nil
		case !again(err) || try == maxTries:
			return err
		}
		if err := sleep(ctx, min(max(pause, after), longestPause)); err != nil {
			return err
		}
		pause *= 2
	}
}

// once sends a request and returns the body of the answer, or for how long
// the server asks to be left alone.
func (c *client) once(ctx context.Context, method, path, name string, body []byte) (answer []byte, after time.Duration, err error) {
	timeout := answerTimeout
	if strings.Contains(path, "wait=") {
		timeout += longPoll
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := c.request(ctx, method, path, body)
	if err != nil {
		return nil, 0, err
	}
	if name != "" {
		req.Header.Set("Idempotency-Key", name)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, 0, c.unreachable(err)
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, 0, c.unreachable(err)
	}
	if resp.StatusCode >= 200 && resp.StatusCode < 300 && isJSON(resp) {
		return answer, 0, nil
	}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
	return nil, time.Duration(seconds) * time.Second, c.refusal(resp, answer)
}

func (c *client) request(ctx context.Context, method, path string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("writing the request: %w", err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	req.Header.Set("User-Agent", "docket/"+thisBuild().Version)
	return req, nil
}

// report fetches the report of a submission or run. With a wait the server
// answers once it is final or the wait is over.
func (c *client) report(ctx context.Context, id judge.SubmissionID, wait time.Duration) (report, error) {
	path := "/v1/submissions/" + string(id)
	if wait > 0 {
		path += "?wait=" + wait.String()
	}
	var raw json.RawMessage
	if err := c.call(ctx, http.MethodGet, path, nil, &raw); err != nil {
		return report{}, err
	}
	return c.readReport(raw)
}

// report is a report as the server sent it, and what this program knows of it.
type report struct {
	judge.Report
	raw json.RawMessage // with fields that are newer than this program
}

func (c *client) readReport(raw json.RawMessage) (report, error) {
	r := report{raw: raw}
	if err := json.Unmarshal(raw, &r.Report); err != nil {
		return r, fmt.Errorf("%s: reading a report: %w", c.base, err)
	}
	if r.ID == "" || r.State == "" {
		return r, fmt.Errorf("%s: what should be a report has no id or state; is it a docket server?", c.base)
	}
	return r, nil
}

// sleep waits, or ends with ctx.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
