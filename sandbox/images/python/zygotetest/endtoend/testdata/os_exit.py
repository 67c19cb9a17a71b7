import os, sys
sys.stdout.write("lost")
sys.stderr.write("kept")
os.write(1, b"direct\n")
os._exit(9)
