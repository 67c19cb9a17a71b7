import logging, atexit, sys
class H(logging.StreamHandler):
    def flush(self): super().flush()
    def close(self): sys.stdout.write("handler closed\n"); super().close()
logging.getLogger().addHandler(H())
atexit.register(print, "before logging's own")
