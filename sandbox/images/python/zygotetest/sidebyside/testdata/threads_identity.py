import threading, _thread, os
m = threading.main_thread()
print(m.ident == threading.get_ident() == _thread.get_ident(), m.native_id == threading.get_native_id() == os.getpid(), m.is_alive())
print(threading.enumerate() == [m])
