e = RuntimeError("with a note")
e.add_note("note one\nof two lines")
raise e
