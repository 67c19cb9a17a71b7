import os
print(sorted(os.listdir("/proc/self/fd"), key=int))
for fd in range(3):
    print(os.get_inheritable(fd), os.get_blocking(fd), os.readlink(f"/proc/self/fd/{fd}").split(":")[0])
