import os
print("buffered")
os.close(1)
