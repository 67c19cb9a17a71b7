import os
f = open("out.txt", "w")
f.write("not flushed by the program")
if os.fork() == 0:
    pass
else:
    os.wait()
    print(os.listdir(), os.path.getsize("out.txt"))
