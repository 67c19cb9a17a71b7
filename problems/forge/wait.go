package forge

import (
	"context"
	"time"

	"github.com/docketjudge/docket/problems"
)

// batch is the work on one package's tests, shared by all who wait for it.
type batch struct {
	waiting int // guarded by the forge's mu
	cancel  context.CancelFunc
	done    chan struct{} // closed when err is there
	err     error
}

// batchTimeout is how long making a package's tests may take on a slow machine.
const batchTimeout = 10 * time.Minute

// join waits with others for a package's tests, or begins with them. They are
// made for all who wait, and so do not end with the context of the first.
func (f *Forge) join(ctx context.Context, pkg *problems.Package) *batch {
	f.mu.Lock()
	defer f.mu.Unlock()
	revision := pkg.Problem.Revision
	m := f.batches[revision]
	if m == nil {
		m = &batch{done: make(chan struct{})}
		ctx, m.cancel = context.WithTimeout(context.WithoutCancel(ctx), batchTimeout)
		f.batches[revision] = m
		go func() {
			defer close(m.done)
			defer m.cancel()
			m.err = f.makeGaps(ctx, pkg)
			f.mu.Lock()
			defer f.mu.Unlock()
			f.forget(m, revision)
		}()
	}
	m.waiting++
	return m
}

// wait returns what came of making tests, or the error of ctx. With the last
// one who waits the batch ends too, before wait returns.
func (f *Forge) wait(ctx context.Context, m *batch, revision string) error {
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
func (f *Forge) forget(m *batch, revision string) {
	if f.batches[revision] == m {
		delete(f.batches, revision)
	}
}
