import sys, code
sys.last_exc = ValueError("left there")
print("end")
