import sys
del __file__
print("one")
sys.exit("message")
