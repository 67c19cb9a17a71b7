print(open("/dev/stdin").read().upper())
open("/dev/stdout", "w").write("to the device\n")
