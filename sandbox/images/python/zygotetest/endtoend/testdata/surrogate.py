print("ok")
print("\ud800")
