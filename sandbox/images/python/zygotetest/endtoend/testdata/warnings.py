import warnings, sys
def old(): warnings.warn("old", DeprecationWarning, 2)
for _ in range(2): old()
old()
warnings.warn("user")
print(warnings.filters, "__warningregistry__" in globals())
print(bool(sys.warnoptions), len(warnings.filters))
x = "\d"
1 is 1
