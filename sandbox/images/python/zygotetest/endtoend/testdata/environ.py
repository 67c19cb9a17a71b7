import os, pathlib, tempfile, getpass, pwd, site, subprocess, sys
print(sorted(os.environ.items()), os.getenv("PYTHONPATH"))
print(os.getcwd(), os.path.expanduser("~"), tempfile.gettempdir(), pathlib.Path.home(), os.environb[b"HOME"])
m = os.umask(0); print(oct(m), os.getresuid() == os.getresgid())
print(site.USER_BASE, site.USER_SITE, site.ENABLE_USER_SITE, site.getsitepackages())
os.environ["NEW"] = "1"; print(subprocess.run([sys.executable, "-c", "import os; print(sorted(os.environ.items()))"], capture_output=True, text=True).stdout)
