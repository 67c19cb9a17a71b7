"""The warm parent interpreter of the Python run box.

Starting Python and importing a handful of modules costs some 30 ms; a fork of
an interpreter that has done both costs about one. This program is that
interpreter: it is started once for a box, by the box's PID 1 (the runner), and
forks a child for every test. To the program that the child runs it looks like
a fresh `python3 main.py`.

How it is started
    /usr/bin/python3 -I -S /docket/zygote.py /box/main.py
  as root with CAP_SETUID and CAP_SETGID, fd 3 one end of a SOCK_SEQPACKET unix
  socket pair (not close-on-exec), the environment and working directory that
  the programs shall have by default. The argument is the usual name of the
  script; a request may name another one. /docket/usercustomize.py must be a
  link to this file (see "How it works").

Protocol: JSON objects, one a packet, none longer than 64 KiB
  zygote   {"ready": PID, "python": "3.13.5"}        once, when it can serve
  runner   a request, with SCM_RIGHTS carrying exactly three descriptors that
           become the child's 0, 1 and 2. One request at a time.
             mode   "run", or "check" (compile only)
             argv   run: the script's absolute path, then its arguments
             files  check: absolute paths of the .py files to compile
             cwd    working directory, absolute
             env    the whole environment, name to value
             uid, gid   what the child becomes; there are no other groups
             data   optional: RLIMIT_DATA in bytes. The interpreter's own
                    baseline (see "data" below) is added to it.
  zygote   {"started": PID}     sent by the child as the last thing before it
                                turns into the program
           {"exited": PID, "status": WAIT STATUS, "memory_error": BOOL,
            "maxrss_kib": N, "utime_us": N, "stime_us": N,
            "zygote_cpu_ns": N}
                                the child ended. status is the raw one of
                                wait4(2), the next three are its rusage (its
                                own and of the children it waited for),
                                zygote_cpu_ns is the zygote's own cumulative
                                CPU time, to be subtracted from the box's
           {"error": TEXT}      the judge failed and nothing of the program
                                ran: bad request, fork or set-up of the child
                                refused. No other packet follows for this
                                request; the zygote goes on serving.
  `exited` without `started` means that something killed the child during its
  set-up. When the runner's end closes, the zygote exits.

  check prints what `python3 FILE` would print for a file that does not
  compile, for each of them, and exits 1; it exits 0 when all compile.
"""
