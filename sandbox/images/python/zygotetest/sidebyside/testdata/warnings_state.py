import warnings, sys
print(warnings.filters)
warnings.warn("of the user")
warnings.warn("deprecated", DeprecationWarning)
def f(): warnings.warn("of the caller", stacklevel=2)
f()
warnings.warn("too far", stacklevel=10)
warnings.simplefilter("error")
try:
    warnings.warn("now an error")
except UserWarning as e:
    print(e)
