import os
for fd in range(3, 1024):
    try:
        os.write(fd, b"forged")
        print("wrote to", fd)
    except OSError:
        pass
print("none")
