package api

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/docketjudge/docket/judge"
)

// origins are the web origins whose pages may call the API.
type origins struct {
	any  bool
	list []string
}

func newOrigins(list []string) origins {
	return origins{any: slices.Contains(list, "*"), list: list}
}

func (o origins) none() bool { return len(o.list) == 0 }

func (o origins) allow(origin string) bool {
	return origin != "" && (o.any || slices.Contains(o.list, origin))
}

// allowOrigin lets the page that asked read the answer, if its origin may.
func (s *Server) allowOrigin(c *fiber.Ctx) {
	if s.origins.none() {
		return
	}
	h := &c.Response().Header
	h.Set("Vary", "Origin")
	if origin := c.Get("Origin"); s.origins.allow(origin) {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", "Location, X-Request-Id, Idempotency-Replayed, Retry-After")
	}
}

// preflight answers a browser's question whether a page may send a request.
func (s *Server) preflight(methods []string) fiber.Handler {
	allowed := strings.Join(methods, ", ")
	return func(c *fiber.Ctx) error {
		s.prepare(c, s.requestID(c))
		if s.origins.allow(c.Get("Origin")) {
			h := &c.Response().Header
			h.Set("Access-Control-Allow-Methods", allowed)
			h.Set("Access-Control-Allow-Headers",
				"Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-API-Key, X-Request-Id")
			h.Set("Access-Control-Max-Age", "600")
		}
		return c.SendStatus(http.StatusNoContent)
	}
}

// sameSite refuses changes that a browser sends on behalf of a foreign page:
// a server on loopback without keys is within reach of every page that its
// user opens, and a request without a body needs no preflight.
func (s *Server) sameSite(r *request) error {
	if r.route.method == http.MethodGet || r.Get("Sec-Fetch-Site") != "cross-site" || s.origins.allow(r.Get("Origin")) {
		return nil
	}
	return &judge.Error{Code: judge.CodeForbidden, Message: "Pages of other origins may not send this."}
}

// hosts are the names under which a server without keys may be called. Any
// page can make a name of its own lead to loopback, and reads the answers then,
// since to the browser they come from where the page does. What it cannot
// change is the name that the browser sends.
type hosts struct {
	any  bool
	list []string
}

func newHosts(cfg Config) hosts {
	h := hosts{any: cfg.RequireKeys} // a page of others has no key, so any name may be used
	for _, name := range cfg.AllowHosts {
		h.list = append(h.list, hostName(name))
	}
	return h
}

// hostName is the host of a Host header, without port and brackets.
func hostName(header string) string {
	name, _, err := net.SplitHostPort(header)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(header, "["), "]")
	}
	return strings.ToLower(strings.TrimSuffix(name, "."))
}

func (h hosts) allow(header []byte) bool {
	if h.any {
		return true
	}
	name := hostName(string(header))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || slices.Contains(h.list, name) {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.Unmap().IsLoopback()
}

var errMisdirected = &judge.Error{Code: codeMisdirected, Field: "Host",
	Message: "Without API keys this server answers to localhost and to the names in --allow-hosts."}
