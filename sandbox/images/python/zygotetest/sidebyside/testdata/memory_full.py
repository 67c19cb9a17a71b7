# What ends the program may find no memory at all.
import resource
resource.setrlimit(resource.RLIMIT_DATA, (200 << 20, 200 << 20))
keep = []
for size in (1 << 24, 1 << 20, 1 << 16, 1 << 12, 1 << 8, 1):
    try:
        while True: keep.append(bytearray(size))
    except MemoryError:
        pass
del size
