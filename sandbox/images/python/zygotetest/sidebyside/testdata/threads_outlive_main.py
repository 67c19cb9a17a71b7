import threading
go = threading.Event()
def work():
    go.wait()
    print("thread after main")
threading.Thread(target=work).start()
print("main ends")
go.set()
