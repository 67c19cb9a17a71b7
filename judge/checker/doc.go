// Package checker compares what a program printed with the answer.
//
// It follows the default output validator of the ICPC problem package format:
// both sides are split at white space and compared token by token, ASCII
// letters without regard to case, unless flags say otherwise:
//
//	case_sensitive              letters must agree in case
//	space_change_sensitive      white space must agree byte for byte
//	float_absolute_tolerance E  numbers may differ by E
//	float_relative_tolerance E  numbers may differ by E times the answer
//	float_tolerance E           both of these
//	exact                       all bytes must agree; Docket's own
//
// A difference of just the tolerance is within it, and numbers count as they are
// written, not as doubles: 1.1 is within 0.1 of 1.
//
// Neither side is trusted: the output comes from a submission, the answer
// from a package. Both are read as streams through windows of fixed size, so
// that memory does not grow with their length, nor with that of a token.
package checker
