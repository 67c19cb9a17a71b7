# -*- coding: latin-1 -*-
print("café")
x = "ü"
raise ValueError("é")
