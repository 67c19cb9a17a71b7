# mode: check
print(f"{a b}")
