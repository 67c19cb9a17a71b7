# env: PYTHONWARNINGS=default
open("/dev/null")
print("end")
