// Package strictyaml reads the YAML of metadata files node by node, and edits
// such files in place. It knows nothing of what the files are about.
//
// # Trust
//
// A text is written by a stranger. [MaxSize] bounds its length, and what reading
// it may cost is bounded before a parser sees it. Anchors, aliases, second
// documents and byte order marks are refused. So is every key that the caller
// does not ask for.
//
// [Parse] and the methods of values do not return what is wrong with a file. They
// call the refuse function that was given to Parse with an [Error], which has a
// line, and go on with a default. So an author learns of everything at once.
//
// # Where things are
//
//	parse.go    Parse: from a text to its top value; Error
//	value.go    Value: one node
//	mapping.go  Mapping: a node with keys, and the keys read as texts, numbers, choices
//	edit.go     Place, Edit, Apply: change a text and leave its other bytes alone
//	bounds.go   what a text may cost
package strictyaml
