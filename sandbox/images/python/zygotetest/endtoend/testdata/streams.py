import sys, locale, os
for s in (sys.stdin, sys.stdout, sys.stderr):
    print(s, s.encoding, s.errors, s.line_buffering, s.write_through, s.newlines, s.isatty(), s.fileno(), s.name, s.mode, type(s.buffer), s.closed, s.readable(), s.writable(), s.seekable(), s is getattr(sys, f"__{s.name[1:-1]}__"))
    print(s.buffer.raw, s.buffer, s.buffer.raw.closefd, os.get_blocking(s.fileno()), os.get_inheritable(s.fileno()))
print(locale.getlocale(), locale.getpreferredencoding(), locale.setlocale(locale.LC_ALL), locale.getencoding())
