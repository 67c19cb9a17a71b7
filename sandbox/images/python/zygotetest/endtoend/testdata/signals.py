import signal
for s in sorted(signal.valid_signals()):
    h = signal.getsignal(s); print(int(s), h if not callable(h) or isinstance(h, signal.Handlers) else h.__name__)
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.sigpending(), signal.getitimer(signal.ITIMER_REAL), signal.set_wakeup_fd(-1))
for line in open("/proc/self/status"):
    if line.startswith(("Sig", "Shd", "Threads", "CapPrm", "CapEff", "CapInh", "CapAmb", "NoNewPrivs", "Seccomp:", "Umask")) and not line.startswith("SigQ"): print(line.split())
