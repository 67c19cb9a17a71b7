// Package api is Docket's HTTP side: it takes submissions, hands them to the
// queue, and answers with reports and live events.
//
// # Trust
//
// Everything that arrives here was written by somebody unknown. Connections,
// headers and queries are bounded before they are looked at. A body is read
// after its sender's key was checked (see body.go), decoded strictly (a field
// that is not in the document is refused and named), and copied out of the
// server's reused buffers. A client is told its own mistakes in full and ours
// only as a request id: causes go to the log.
//
// # Where things are
//
// The table in route.go names every route with the types that it takes and
// gives. Both the registration with fiber and the OpenAPI document are made
// from it, so that neither can say what the other does not. The way of a
// request through authentication, bounds and errors is pipeline.go; the one
// table from [judge.Code] to status is failure.go.
//
// Nothing here runs or judges a program, and nothing here holds state: every
// API process may be stopped and replaced at any time.
package api
