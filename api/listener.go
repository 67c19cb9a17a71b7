package api

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"
)

// boundedListener bounds how many connections there are at a time, in all and
// from one address. One too many is answered and closed.
type boundedListener struct {
	net.Listener
	all, each int

	mu   sync.Mutex
	open int
	from map[netip.Prefix]int
}

func newBoundedListener(ln net.Listener, all, each int) *boundedListener {
	return &boundedListener{Listener: ln, all: all, each: each, from: make(map[netip.Prefix]int)}
}

// Accept returns the next connection that is within the bounds.
func (l *boundedListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // fasthttp compares it
		}
		where := addressOf(c.RemoteAddr())
		if l.enter(where) {
			return &boundedConn{Conn: c, leave: sync.OnceFunc(func() { l.leave(where) })}, nil
		}
		turnAway(c)
	}
}

// full is what a client is told for whom there is no room. It fits into the
// buffer of a fresh connection, so that writing it does not wait.
const full = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"

func turnAway(c net.Conn) {
	_ = c.SetWriteDeadline(time.Now().Add(time.Second)) // whatever comes of it,
	_, _ = c.Write([]byte(full))                        // the connection
	_ = c.Close()                                       // ends here
}

func (l *boundedListener) enter(where netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open >= l.all || where.IsValid() && l.from[where] >= l.each {
		return false
	}
	l.open++
	l.from[where]++
	return true
}

func (l *boundedListener) leave(where netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open--
	if l.from[where]--; l.from[where] == 0 {
		delete(l.from, where)
	}
}

// addressOf is what counts as one address: for IPv6 the 64 bits that a site
// is given. A Unix socket has none.
func addressOf(a net.Addr) netip.Prefix {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	bits := 64
	if ip.Is4() {
		bits = 32
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

type boundedConn struct {
	net.Conn
	leave func()
}

// Close gives the connection's place to the next one.
func (c *boundedConn) Close() error {
	defer c.leave()
	return c.Conn.Close() //nolint:wrapcheck // it is that connection
}

// SyscallConn is for watchPeer.
func (c *boundedConn) SyscallConn() (syscall.RawConn, error) {
	sc, ok := c.Conn.(syscall.Conn)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	return sc.SyscallConn() //nolint:wrapcheck // it is that connection's
}
