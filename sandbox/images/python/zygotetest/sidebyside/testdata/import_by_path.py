import sys, os
os.mkdir("lib"); open("lib/fractions.py", "w").write("Fraction = 'mine'\n")
sys.path.insert(0, "lib")
import fractions
print(fractions.Fraction, fractions.__file__)
import statistics
