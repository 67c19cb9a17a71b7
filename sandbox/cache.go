package sandbox

import (
	"container/list"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// artifacts is a content-addressed cache that forgets what was used least
// recently. It is what makes running the samples and then submitting the same
// source, or rejudging it, compile once.
type artifacts struct {
	mu    sync.Mutex
	limit judge.Bytes
	size  judge.Bytes
	order *list.List // of judge.Artifact, most recent first
	byKey map[string]*list.Element
}

func newArtifacts(limit judge.Bytes) *artifacts {
	return &artifacts{limit: limit, order: list.New(), byKey: make(map[string]*list.Element)}
}

func weigh(a judge.Artifact) judge.Bytes {
	n := judge.Bytes(len(a.Data)) + 512
	for _, f := range a.Files {
		n += judge.Bytes(len(f.Content))
	}
	return n
}

func (c *artifacts) get(key string) (judge.Artifact, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return judge.Artifact{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(judge.Artifact), true //nolint:forcetypeassert // the list holds nothing else
}

func (c *artifacts) put(a judge.Artifact) {
	if weigh(a) > c.limit {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[a.Key]; ok {
		return
	}
	c.byKey[a.Key] = c.order.PushFront(a)
	c.size += weigh(a)
	for c.size > c.limit {
		last := c.order.Back()
		old := c.order.Remove(last).(judge.Artifact) //nolint:forcetypeassert // likewise
		delete(c.byKey, old.Key)
		c.size -= weigh(old)
	}
}
