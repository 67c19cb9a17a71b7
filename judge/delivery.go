package judge

import (
	"fmt"
	"strconv"
	"strings"
)

// Delivery is one handing over of a judging to the queue. A judging is
// delivered once, and again each time a worker that held it died; the
// attempt, which clients see, stays the same.
//
// Its task lets a worker begin one judging of its queue; Begin chooses which.
// There may be more tasks than judgings that wait, because the queue learns of
// a death later than the ledger does: Begin answers ErrNotNeeded to the rest.
type Delivery struct {
	ID      SubmissionID
	Attempt int
	Number  int // 0 for the first delivery of an attempt
	Queue   Queue
}

// TaskID names the delivery in the queue: "id:attempt", and from the second
// delivery on "id:attempt:number", so that a task that is still held by a
// dead worker does not stand in the way.
func (d Delivery) TaskID() string {
	if d.Number == 0 {
		return string(d.ID) + ":" + strconv.Itoa(d.Attempt)
	}
	return string(d.ID) + ":" + strconv.Itoa(d.Attempt) + ":" + strconv.Itoa(d.Number)
}

// ParseTaskID reads what TaskID wrote; the queue is not part of it.
func ParseTaskID(s string) (Delivery, error) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return Delivery{}, fmt.Errorf("task id %q: want id:attempt or id:attempt:delivery", clip(s, 80))
	}
	id, err := ParseSubmissionID(parts[0])
	if err != nil {
		return Delivery{}, fmt.Errorf("task id %q: %w", clip(s, 80), err)
	}
	d := Delivery{ID: id}
	if d.Attempt, err = strconv.Atoi(parts[1]); err != nil || d.Attempt < 1 {
		return Delivery{}, fmt.Errorf("task id %q: attempt is not a positive number", clip(s, 80))
	}
	if len(parts) == 3 {
		if d.Number, err = strconv.Atoi(parts[2]); err != nil || d.Number < 1 {
			return Delivery{}, fmt.Errorf("task id %q: delivery is not a positive number", clip(s, 80))
		}
	}
	return d, nil
}
