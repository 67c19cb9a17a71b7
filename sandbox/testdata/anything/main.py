"""Carries out the script of system calls on its standard input; fuzz_test.go describes scripts."""
import ctypes, struct, sys
syscall = ctypes.CDLL(None, use_errno=True).syscall
syscall.restype = ctypes.c_long
SIZE = 64 << 10
buffers = [ctypes.create_string_buffer(SIZE) for _ in range(4)]
slots, names = [0] * 32, []

def value(word):
    kind, rest = word[0], word[1:]
    if kind == "s":
        return slots[int(rest)]
    if kind == "b":
        return ctypes.addressof(buffers[int(rest)])
    if kind == "p":
        names.append(ctypes.create_string_buffer(rest.encode()))
        return ctypes.addressof(names[-1])
    return int(word)

def step(op, *words):
    a = [value(w) for w in words] if op != "put" else []
    if op == "call":
        args = a[1:] + [0] * (8 - len(a))
        result = syscall(*(ctypes.c_long(n) for n in args))
        if result != -1:
            slots[int(words[0])] = result
    elif op == "load":
        slots[int(words[0])] = struct.unpack_from("i", ctypes.string_at(a[1], SIZE), 4 * a[2])[0]
    elif op == "store":
        ctypes.c_int32.from_address(a[0] + 4 * a[1]).value = ctypes.c_int32(a[2]).value
    elif op == "put":
        ctypes.memmove(value(words[0]), words[1].encode(), len(words[1]))
    elif op == "touch" and 1 << 20 < a[0] < 1 << 47:
        for n in range(0, a[1], 4096):
            ctypes.c_char.from_address(a[0] + n).value = b"x"
    elif op == "rights":
        control = ctypes.create_string_buffer(struct.pack("qiii", 20, 1, 1, ctypes.c_int32(a[1]).value), 24)
        data = ctypes.create_string_buffer(b"x")
        part = ctypes.create_string_buffer(struct.pack("qq", ctypes.addressof(data), 1), 16)
        message = struct.pack("qqqqqqq", 0, 0, ctypes.addressof(part), 1, ctypes.addressof(control), 20, 0)
        syscall(46, ctypes.c_long(a[0]), ctypes.create_string_buffer(message, 56), 64)

script = [line.split() for line in sys.stdin]
left = [int(words[2]) if words[0] == "loop" else 0 for words in script]
at = 0
while at < len(script):
    words = script[at]
    if words[0] != "loop":
        step(*words)
    elif left[at] > 0:
        left[at] -= 1
        at -= int(words[1]) + 1
    at += 1
