class Liar:
    @property
    def __class__(self):
        print("asked for its class")
        return int
l = [Liar(), Liar()]
print("end")
