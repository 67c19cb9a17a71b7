import os
print(os.getppid() == 1 or os.getppid() == 0)
