import subprocess, sys
r = subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, input())"], input="in\n", capture_output=True, text=True)
print(r)
print(subprocess.run([sys.executable, "-c", "import os, resource as r; print(os.environ['HOME'], [r.getrlimit(i) for i in range(4)]); exit(4)"], capture_output=True, text=True))
