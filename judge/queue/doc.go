// Package queue hands judgings from the API to workers through Asynq. It is
// the only package that imports Asynq and the only one that knows the keys
// "asynq:*" in Redis.
//
// # Tasks
//
// A task's payload is the submission's id alone; its TaskID is the
// [judge.Delivery]'s, so that enqueueing twice is enqueueing once. Finished
// tasks are not retained: the store has the report. The order of tasks is that
// of their coming; whose judging a handler does for a task, the ledger decides.
//
// # Tries
//
// The ledger counts the tries of a judging, and the handler ends it when there
// were enough. The queue knows no number: a task whose handler returned an
// error is delivered again, after the wait that the error asks for
// ([judge.LaterError]) or after 1 s, 2 s, 4 s and so on, up to [judge.MaxBackoff].
//
// # Pauses
//
// A paused server takes nothing, so that its judgings wait where other
// servers find them.
//
// # Announcements
//
// Asynq finds tasks by polling. Whoever enqueues publishes on the channel
// docket:tasks, and a server looks at once when it hears that, and seldom
// while it hears nothing. An announcement that is lost costs a task the poll
// interval.
//
// # Slots
//
// Asynq frees a worker's place when a task's context ends, whatever the
// handler does. Here a place is held until the handler has returned, and the
// context that it gets ends only when a drain ran out of time.
package queue
