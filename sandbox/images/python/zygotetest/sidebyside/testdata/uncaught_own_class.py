class Trouble(Exception):
    def __str__(self):
        return "trouble of our own"
class Worse(Trouble): pass
raise Worse(1, 2)
