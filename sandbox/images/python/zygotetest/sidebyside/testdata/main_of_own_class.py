import sys, types
class Talking(types.ModuleType):
    def __getattribute__(self, name):
        if name == "__dict__":
            sys.stdout.write("asked for its dictionary\n")
        return types.ModuleType.__getattribute__(self, name)
sys.modules["__main__"].__class__ = Talking
print("end")
