// Package jsonline reads lines of JSON. Anybody may have written them: what parsers
// disagree on is an error, and no more is held than asked for.
package jsonline
