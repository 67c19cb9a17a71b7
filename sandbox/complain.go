package sandbox

import "time"

// complainInterval is how often the log is told of the same kind of trouble.
const complainInterval = time.Minute

// complain writes a warning, unless one with the same words was written within
// complainInterval: an engine that is away fails everything that is tried.
func (d *Docker) complain(words string, args ...any) {
	d.complaints.Lock()
	defer d.complaints.Unlock()
	c := d.complaints.of[words]
	if c == nil {
		c = &complaint{}
		d.complaints.of[words] = c
	}
	now := time.Now()
	if !c.last.IsZero() && now.Sub(c.last) < complainInterval {
		c.dropped++
		return
	}
	d.log.Warn(words, append(args, "left_out", c.dropped)...)
	c.last, c.dropped = now, 0
}

// complaint is when something was logged last, and how often it was not since.
type complaint struct {
	last    time.Time
	dropped int
}
