import resource
resource.setrlimit(resource.RLIMIT_DATA, (200 << 20, 200 << 20))
keep = []
for size in (1 << 24, 1 << 20, 1 << 17):
    try:
        while True: keep.append(bytes(size))
    except MemoryError:
        pass
print("end")
