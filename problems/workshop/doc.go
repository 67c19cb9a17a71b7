// Package workshop holds the tools of authors, which the commands of docket
// problems run. They verify that a package is as it claims, find the time limits
// that fit, measure how many mistakes the tests find, and export the package for
// other judges. The workshop also begins new packages.
//
// # Trust
//
// A package is written by its author. Its programs run only in boxes of a
// [judge.Sandbox]. What is found wrong with a package is a value of a
// report; an error means that the work could not be done. Only
// [WriteCalibration] and [WriteSkeleton] write files, into directories that an
// author names.
//
// # Where things are
//
//	bench.go             Bench: what all work needs; Verify, Calibrate, Mutate and Export are its methods
//	verify.go            Verify: submissions, starter code and data against what the package claims
//	verifydata.go        inputs and answers before the validators
//	verifyhostile.go     outputs that are meant to break an output validator
//	verifyshown.go       what solvers see
//	verifyreport.go      what Verify found
//	calibrate.go         what Calibrate found, and the limits that follow from it
//	calibratemeasure.go  Calibrate: measure the submissions
//	calibraterecord.go   limits and their origin in the text of a docket.yaml
//	mutate.go            Mutate: do the hidden tests find small mistakes?
//	mutatestage.go       which tests a mutant runs first, and for how long
//	mutatereport.go      what Mutate found
//	export.go            Export: an archive for other judges
//	exportlimits.go      limits in the text of a problem.yaml, and the files of DOMjudge
//	skeleton.go          WriteSkeleton: a small package to begin with
package workshop
