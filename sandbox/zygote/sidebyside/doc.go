// Package sidebyside proves that a program which the warm Python interpreter
// (images/python/zygote.py) runs cannot tell itself from one that a plain
// `python3 main.py` runs. It has no code of its own: its tests run the programs
// of testdata both ways, side by side in one container of the real image, and
// compare all that comes out. To add a case, add a program.
//
// A file testdata/NAME.py is a case, and so is a directory testdata/NAME with a
// main.py. NAME.in is its standard input. Its first lines may say more:
//
//	# args: one two         command line arguments
//	# env: NAME=value       one more variable, or another value for one
//	# mode: check           compile only, compared with what a plain run says
//	# name: solution.py     what the script is called
package sidebyside
