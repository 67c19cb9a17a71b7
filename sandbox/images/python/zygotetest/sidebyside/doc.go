// Package sidebyside proves that a program which the warm Python interpreter
// (images/python/zygote.py) runs cannot tell itself from one that a plain
// `python3 main.py` runs. It has no code of its own: its tests run the programs
// of testdata both ways, side by side in one container of the real image, and
// compare all that comes out; see package zygotetest.
//
// The first lines of a program may say more:
//
//	# args: one two         command line arguments
//	# env: NAME=value       one more variable, or another value for one
//	# mode: check           compile only, compared with what a plain run says
//	# name: solution.py     what the script is called
package sidebyside
