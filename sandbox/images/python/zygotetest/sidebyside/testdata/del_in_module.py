import types, sys
m = types.ModuleType("made")
exec("class N:\n def __del__(self): print('del in made module')\nn = N()", vars(m))
sys.modules["made"] = m
del m
