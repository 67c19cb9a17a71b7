package images

// Zygote is how the warm interpreter of a python box is started, with fd 3
// connected to the runner; see python/zygote.py.
func Zygote() []string {
	return []string{"/usr/bin/python3", "-I", "-S", "/docket/zygote.py", "/box/main.py"}
}
