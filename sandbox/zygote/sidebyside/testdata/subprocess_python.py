import subprocess, sys
r = subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, input())"], input="in\n", capture_output=True, text=True)
print(r)
print(subprocess.run(["sh", "-c", "echo $HOME; ulimit -a | head -3; exit 4"], capture_output=True, text=True))
