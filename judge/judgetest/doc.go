// Package judgetest has the fakes that tests of the judge share: one sandbox and
// one ledger. Both live in memory, answer with what a test puts into their
// fields, and count what is done to them. Only tests import it.
package judgetest
