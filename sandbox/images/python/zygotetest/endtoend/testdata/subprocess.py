import subprocess, sys
p = subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, sys.flags.safe_path, len(sys.path)); print('err', file=sys.stderr); sys.exit(3)", "a"], capture_output=True, text=True)
print(p.returncode, p.stdout, p.stderr)
print(subprocess.check_output([sys.executable, "-c", "import sys; print(sys.argv, sys.stdin.read())"], input=b"given"))
print(subprocess.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]).returncode)
try:
    print(subprocess.check_output("echo there is a shell", shell=True))
except FileNotFoundError as e:
    print(e)
