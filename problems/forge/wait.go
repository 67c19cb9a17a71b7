package forge

import (
	"context"
	"time"

	"github.com/docketjudge/docket/problems"
)

// making is the work on one package's tests, shared by all who wait for it.
type making struct {
	waiting int // guarded by the forge's mu
	cancel  context.CancelFunc
	done    chan struct{} // closed when err is there
	err     error
}

// makingTimeout is how long making a package's tests may take on a slow machine.
const makingTimeout = 10 * time.Minute

// join waits with others for a package's tests, or begins with them. They are
// made for all who wait, and so do not end with the context of the first.
func (f *Forge) join(ctx context.Context, pkg *problems.Package) *making {
	f.mu.Lock()
	defer f.mu.Unlock()
	revision := pkg.Problem.Revision
	m := f.making[revision]
	if m == nil {
		m = &making{done: make(chan struct{})}
		ctx, m.cancel = context.WithTimeout(context.WithoutCancel(ctx), makingTimeout)
		f.making[revision] = m
		go func() {
			defer close(m.done)
			defer m.cancel()
			m.err = f.makeMissing(ctx, pkg)
			f.mu.Lock()
			defer f.mu.Unlock()
			f.forget(m, revision)
		}()
	}
	m.waiting++
	return m
}

// wait returns what came of making tests, or the error of ctx. With the last
// one who waits the making ends too, before wait returns.
func (f *Forge) wait(ctx context.Context, m *making, revision string) error {
	select {
	case <-m.done:
		return m.err
	case <-ctx.Done():
	}
	f.mu.Lock()
	m.waiting--
	last := m.waiting == 0
	if last {
		f.forget(m, revision)
	}
	f.mu.Unlock()
	if last {
		m.cancel()
		<-m.done
	}
	return ctx.Err()
}

// forget lets the next one who asks begin anew. The caller holds mu.
func (f *Forge) forget(m *making, revision string) {
	if f.making[revision] == m {
		delete(f.making, revision)
	}
}
