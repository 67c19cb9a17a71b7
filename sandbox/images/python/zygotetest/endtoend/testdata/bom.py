import sys
print("bom", sys._getframe().f_code.co_firstlineno, __file__)
raise ValueError("line 3")
