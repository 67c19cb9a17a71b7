import subprocess, sys
print(subprocess.run([sys.executable, "-c", "print([l for l in open('/proc/self/status') if l[:6] in ('SigBlk', 'SigIgn', 'SigCgt')])"], capture_output=True, text=True).stdout)
print(subprocess.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]).returncode)
