import _thread
l = _thread.allocate_lock(); l.acquire()
def f(): print("raw thread"); l.release()
_thread.start_new_thread(f, ())
l.acquire()
