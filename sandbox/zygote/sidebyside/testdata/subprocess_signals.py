import subprocess
print(subprocess.run(["sh", "-c", "grep -E 'Sig(Blk|Ign|Cgt)' /proc/self/status"], capture_output=True, text=True).stdout)
print(subprocess.run(["sh", "-c", "kill -9 $$"]).returncode)
