# env: EXTRA=one=two
# env: EMPTY=
import os, subprocess, sys
print(os.environ)
print(os.getenv("PYTHONPATH"), subprocess.run([sys.executable, "-c", "import os; print(os.environ)"], capture_output=True, text=True).stdout)
os.environ["NEW"] = "v"
print(subprocess.run([sys.executable, "-c", "import os; print(os.environ['NEW'])"], capture_output=True, text=True).stdout)
os.environb[b"X"] = b"\xff"
print(os.environ["X"])
