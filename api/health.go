package api

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/prometheus/common/expfmt"

	"github.com/docketjudge/docket/judge"
)

// health says that all is well.
type health struct {
	Status string `json:"status" doc:"ok" schema:"enum=ok"`
}

// healthz answers GET /healthz: this process is alive.
func healthz(_ *Server, r *request) error {
	return r.json(http.StatusOK, health{Status: "ok"})
}

// readyz answers GET /readyz: this process can do its work.
func readyz(s *Server, r *request) error {
	select {
	case <-s.stopping:
		return &judge.Error{Code: judge.CodeUnavailable, Message: "This process is shutting down."}
	default:
	}
	ctx, cancel := s.bounded()
	defer cancel()
	if failed := s.readiness.Failed(ctx); len(failed) > 0 {
		return &judge.Error{Code: judge.CodeUnavailable, Message: "Not well: " + strings.Join(failed, ", ") + "."}
	}
	return r.json(http.StatusOK, health{Status: "ok"})
}

// showMetrics answers GET /metrics.
func showMetrics(s *Server, r *request) error {
	families, err := s.cfg.Gatherer.Gather()
	if err != nil {
		// What could be gathered is of use, most of all when something fails.
		s.cfg.Log.Error("gathering metrics", "err", err)
		if len(families) == 0 {
			return fmt.Errorf("gathering metrics: %w", err)
		}
	}
	format := expfmt.NewFormat(expfmt.TypeTextPlain)
	r.Response().Header.SetContentType(string(format))
	enc := expfmt.NewEncoder(r.Response().BodyWriter(), format)
	for _, f := range families {
		if err := enc.Encode(f); err != nil {
			return fmt.Errorf("writing metrics: %w", err)
		}
	}
	return nil
}

// showDocument answers GET /openapi.json.
func showDocument(s *Server, r *request) error {
	r.Response().Header.SetContentType("application/json")
	r.Response().SetBodyRaw(s.document)
	return nil
}

// showDocs answers GET /docs.
func showDocs(s *Server, r *request) error {
	h := &r.Response().Header
	h.SetContentType("text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
	r.Response().SetBodyRaw(s.docs)
	return nil
}
