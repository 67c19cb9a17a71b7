import subprocess, sys
print(subprocess.run([sys.executable, "-c", "print(hash('text'))"], capture_output=True, text=True).stdout)
