# mode: check
class = 3
