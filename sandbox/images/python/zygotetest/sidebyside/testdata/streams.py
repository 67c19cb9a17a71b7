import sys
for s in (sys.stdin, sys.stdout, sys.stderr):
    print(s.name, s.mode, s.encoding, s.errors, s.line_buffering, s.write_through, s.newlines, s.isatty(), s.fileno(), s.closed, s.readable(), s.writable(), s.seekable())
    print(type(s), type(s.buffer), type(s.buffer.raw), s.buffer.raw.mode, s.buffer.raw.closefd, s.buffer.raw.name)
    try:
        print(s.tell())
    except OSError as e:
        print(e)
print(sys.stdin is sys.__stdin__, sys.stdout is sys.__stdout__, sys.stderr is sys.__stderr__)
print("end", file=sys.stderr)
