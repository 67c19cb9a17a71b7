package api

import (
	"net"
	"syscall"
	"time"
)

// watchPeer tells when the other side of a connection has gone while a
// handler waits: fasthttp does not read then and would not notice. It peeks,
// so that a next request already on its way stays where it is; after such a
// request nothing more is noticed, and the wait ends by its own bound.
//
// The channel is nil where the connection has no file descriptor. The
// returned function must be called before fasthttp reads again.
func watchPeer(conn net.Conn) (<-chan struct{}, func()) {
	sc, ok := conn.(syscall.Conn)
	if !ok {
		return nil, func() {}
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return nil, func() {}
	}
	// What is left of the deadline for the request would end the watch early.
	if err := conn.SetReadDeadline(time.Time{}); err != nil {
		return nil, func() {}
	}
	gone, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		left := false
		var b [1]byte
		// Read calls back whenever the descriptor becomes readable, and ends
		// with an error when the deadline below passes.
		err := raw.Read(func(fd uintptr) bool {
			for {
				n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
				switch err {
				case syscall.EINTR:
					continue
				case syscall.EAGAIN:
					return false
				}
				left = err != nil || n == 0
				return true
			}
		})
		if err == nil && left {
			close(gone)
		}
	}()
	return gone, func() {
		_ = conn.SetReadDeadline(time.Unix(1, 0)) // on a closed connection the watch has ended already
		<-ended
		_ = conn.SetReadDeadline(time.Time{}) // fasthttp sets its own before it reads
	}
}
