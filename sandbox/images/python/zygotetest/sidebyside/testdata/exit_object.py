import sys
sys.exit([1, {"two": 3.0}])
