import sys
sys.exit("a message, to stderr")
