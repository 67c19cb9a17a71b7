# mode: check
s = "never closed
