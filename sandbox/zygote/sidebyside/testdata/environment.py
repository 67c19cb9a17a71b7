# env: EXTRA=one=two
# env: EMPTY=
import os, subprocess
print(os.environ)
print(os.getenv("PYTHONPATH"), subprocess.run(["env"], capture_output=True, text=True).stdout)
os.environ["NEW"] = "v"
print(subprocess.run(["sh", "-c", "echo $NEW"], capture_output=True, text=True).stdout)
os.environb[b"X"] = b"\xff"
print(os.environ["X"])
