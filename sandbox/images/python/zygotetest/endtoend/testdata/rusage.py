import resource, time, os
print(resource.getrusage(resource.RUSAGE_CHILDREN))
print(time.process_time() < 1, time.thread_time() < 1, os.times().children_user, os.times().children_system)
for n in ("NOFILE", "CORE", "STACK", "MEMLOCK", "MSGQUEUE"): print(n, resource.getrlimit(getattr(resource, "RLIMIT_" + n)))
