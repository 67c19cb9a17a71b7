package solution

// Counter adds numbers up.
type Counter struct {
	sum int64
}

// NewCounter returns a counter that begins at start.
func NewCounter(start int) *Counter { return &Counter{sum: int64(start)} }

// Add adds to the counter.
func (c *Counter) Add(amount int) { c.sum += int64(amount) }

// Value returns what the counter has come to.
func (c *Counter) Value() int64 { return c.sum }
