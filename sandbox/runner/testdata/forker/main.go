// Command forker stands in for the warm interpreter in the runner's tests: it
// speaks the same protocol on descriptor 3, and starts the program that it is
// asked for as a process of its own.
package main

import (
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"time"
)

type request struct {
	Mode     string            `json:"mode"`
	Argv     []string          `json:"argv"`
	Files    []string          `json:"files"`
	Dir      string            `json:"cwd"`
	Env      map[string]string `json:"env"`
	UID, GID uint32
	Data     int64
}

func main() {
	send(map[string]any{"ready": os.Getpid(), "python": "none"})
	buf, oob := make([]byte, 64<<10), make([]byte, 256)
	for {
		n, oobn, _, _, err := syscall.Recvmsg(3, buf, oob, syscall.MSG_CMSG_CLOEXEC)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || n == 0 {
			return
		}
		var r request
		if err := json.Unmarshal(buf[:n], &r); err != nil {
			send(map[string]any{"error": err.Error()})
			continue
		}
		if r.Mode == "" {
			send(map[string]any{"error": "no mode"})
			continue
		}
		msgs, err := syscall.ParseSocketControlMessage(oob[:oobn])
		if err != nil {
			panic(err)
		}
		fds, err := syscall.ParseUnixRights(&msgs[0])
		if err != nil {
			panic(err)
		}
		serve(r, fds)
	}
}

func serve(r request, fds []int) {
	if r.Mode == "check" {
		r.Argv = append([]string{"/box/probe", "env"}, r.Files...)
	}
	attr := &syscall.ProcAttr{
		Dir: r.Dir, Files: []uintptr{uintptr(fds[0]), uintptr(fds[1]), uintptr(fds[2])},
		Sys: &syscall.SysProcAttr{Setsid: true, Credential: &syscall.Credential{Uid: r.UID, Gid: r.GID}},
	}
	for k, v := range r.Env {
		attr.Env = append(attr.Env, k+"="+v)
	}
	pid, err := syscall.ForkExec(r.Argv[0], r.Argv, attr)
	for _, fd := range fds {
		syscall.Close(fd)
	}
	if err != nil {
		send(map[string]any{"error": err.Error()})
		return
	}
	send(map[string]any{"started": pid})
	var ws syscall.WaitStatus
	var ru syscall.Rusage
	for {
		if _, err := syscall.Wait4(pid, &ws, 0, &ru); err != syscall.EINTR {
			break
		}
	}
	switch strings.Join(r.Argv[1:], " ") {
	case "exit 77":
		os.Exit(1) // dies with its child
	case "exit 78":
		syscall.Close(3) // hangs up, and takes its time to die
		time.Sleep(time.Hour)
	}
	send(map[string]any{"exited": pid, "status": uint32(ws), "memory_error": ws.ExitStatus() == 55, "maxrss_kib": ru.Maxrss,
		"utime_us": ru.Utime.Usec, "stime_us": ru.Stime.Usec, "zygote_cpu_ns": 1})
}

func send(v map[string]any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	if err := syscall.Sendmsg(3, b, nil, nil, 0); err != nil {
		os.Exit(1)
	}
}
