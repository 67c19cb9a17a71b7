import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
print("main ends")
