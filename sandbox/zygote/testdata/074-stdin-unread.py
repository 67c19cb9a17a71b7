print("not read")
