package sandboxtest

import "github.com/docketjudge/docket/judge"

// networkAttacks try to leave the box by network. The addresses are those set
// aside for documentation, the one of the usual metadata services and the one
// of the engine's bridge; that a packet can leave for them is success, whether
// or not anybody answers.
func networkAttacks() []attack {
	return []attack{
		refused("network", judge.Go, 4, goNetwork),
		refused("network", judge.Java, 3, javaNetwork),
		refused("network", judge.Python, 4, pythonNetwork),
	}
}

const goNetwork = `
func attack(string) {
	for name, address := range map[string][4]byte{
		"outside": {192, 0, 2, 1}, "metadata": {169, 254, 169, 254}, "bridge": {172, 17, 0, 1},
	} {
		fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK, 0)
		if err == nil {
			err = syscall.Connect(fd, &syscall.SockaddrInet4{Port: 80, Addr: address})
		}
		if err == syscall.EINPROGRESS || err == syscall.ECONNREFUSED {
			err = nil
		}
		attempt("TCP to "+name, err)
		fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
		if err == nil {
			err = syscall.Sendto(fd, []byte("question"), 0, &syscall.SockaddrInet4{Port: 53, Addr: address})
		}
		attempt("DNS at "+name, err)
	}
	names, err := os.ReadFile("/proc/net/route")
	if err == nil && strings.Count(string(names), "\n") < 2 {
		err = syscall.ENETUNREACH
	}
	attempt("a route", err)
}
`

const pythonNetwork = `def tcp(host):
    with socket.socket() as s:
        s.setblocking(False)
        try:
            s.connect((host, 80))
        except (BlockingIOError, ConnectionRefusedError):
            pass

def dns(host):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"question", (host, 53))

def interface():
    if len(socket.if_nameindex()) < 2:
        raise OSError(errno.ENETUNREACH, "only loopback")

for host in "192.0.2.1", "169.254.169.254", "172.17.0.1":
    attempt("TCP to " + host, tcp, host)
    attempt("DNS at " + host, dns, host)
attempt("an interface", interface)
`

const javaNetwork = `    static void attack(String input) {
        for (String host : List.of("192.0.2.1", "169.254.169.254", "172.17.0.1")) {
            attempt("TCP to " + host, () -> {
                try (SocketChannel c = SocketChannel.open()) {
                    c.configureBlocking(false);
                    c.connect(new InetSocketAddress(host, 80));
                }
            });
            attempt("DNS at " + host, () -> {
                try (DatagramSocket s = new DatagramSocket()) {
                    s.send(new DatagramPacket(new byte[4], 4, new InetSocketAddress(host, 53)));
                }
            });
        }
    }
`
