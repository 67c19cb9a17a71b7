import subprocess, sys
p = subprocess.run([sys.executable, "-c", "import sys; print(sys.argv, sys.flags.safe_path, len(sys.path)); print('err', file=sys.stderr); sys.exit(3)", "a"], capture_output=True, text=True)
print(p.returncode, p.stdout, p.stderr)
print(subprocess.check_output("echo $0; cat", shell=True, input=b"given"))
print(subprocess.run(["/bin/sh", "-c", "kill -9 $$"]).returncode)
