import sys, io
print("before")
sys.stdout = io.StringIO()
print("captured")
sys.stderr.write(sys.stdout.getvalue())
