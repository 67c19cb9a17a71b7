package wire

import "time"

// Bounds of what a message may hold.
const (
	MaxString    = 8 << 10 // a path, an argument, a failure's text
	MaxStrings   = 256     // arguments, environment entries, files to collect
	MaxCollected = 48 << 10
	MaxInputFile = 8 << 20 // standard input that is a file
)

// Hello is the runner's first message.
type Hello struct {
	Version uint32
	Build   string // identifies the runner's build, for people
	Helper  string // "", "zygote" or "compiler": what the runner keeps running
}

// Lease gives the runner the identity under which the programs to come run.
type Lease struct {
	UID uint32
}

// Put announces a file of Size bytes that follows in Data frames. Path is
// absolute and below /box. The file is owned by root and not writable by
// programs; Exec says whether it may be executed.
type Put struct {
	Path string
	Size uint64
	Exec bool
}

// Path names a file or directory, for Remove and Get.
type Path struct {
	Path string
	Max  uint64 // Get: refuse a larger file
}

// Mode says how an Exec starts its program.
type Mode uint8

// The modes.
const (
	// Spawn starts Argv[0] as a process of its own.
	Spawn Mode = iota
	// Fork has the box's warm Python interpreter run the script Argv[0].
	Fork
	// Check has it compile the scripts in Argv and run nothing.
	Check
)

// Exec is one run of a program. The runner stops it at the first bound that
// it passes; durations and sizes of zero are refused.
type Exec struct {
	// Run is the number that the frames bear which belong to this run: two
	// runs in a row differ in it.
	Run  uint32
	Mode Mode
	Argv []string
	Env  []string
	Dir  string

	CPUStop    time.Duration // processor time of all processes together
	WallStop   time.Duration
	MemoryStop uint64 // bytes of memory, counted as judge.Result.Memory, above the box's idle state
	OutputStop uint64 // standard output
	StderrCap  uint32 // standard error beyond it is read and dropped
	// AddressSpace bounds how much memory a forked interpreter may reserve, in
	// bytes; beyond it raises MemoryError. Zero leaves it unbounded.
	AddressSpace uint64

	// InputFile makes the program's standard input a file of at most
	// MaxInputFile, and has it started when all of that has come. Else it is a
	// pipe, and the program is started at once.
	InputFile bool

	// Collect names files below the working directory that are sent back, cut
	// to MaxCollected, before it is wiped.
	Collect []string
	// Keep leaves the working directory as it is, for Get and the next Exec.
	Keep bool
}

// Input is a part of the standard input of the run of that number. The
// payloads of StdinEnd, StdinCut and Kill are such a number alone; see [AppendUint32].
type Input struct {
	Run  uint32
	Data []byte
}

// Stop says why the runner ended a program.
type Stop uint8

// The reasons. They are numbered as judge.Stop.
const (
	NotStopped Stop = iota
	StoppedForCPU
	StoppedForWall
	StoppedForMemory
	StoppedForOutput
	StoppedByRequest
	StoppedForInput
)

// Exited is the end of an Exec: by then every process of the run is gone, and
// unless Keep was set its files are too.
type Exited struct {
	ExitCode    int32
	Signal      int32
	Stopped     Stop
	OutOfMemory bool // the kernel killed a process for memory, or Python's MemoryError ended it
	CPU         time.Duration
	Wall        time.Duration
	Memory      uint64
	StdoutBytes uint64
	StderrCut   bool
	// Dirty says why the box can no longer be trusted, or is empty.
	Dirty string
}

// Collected is one file that an Exec was asked for.
type Collected struct {
	Name    string
	Content []byte
}

// Append encodes h after b.
func (h Hello) Append(b []byte) []byte {
	b = appendUint32(b, h.Version)
	b = appendString(b, h.Build)
	return appendString(b, h.Helper)
}

// DecodeHello reads what Append wrote.
func DecodeHello(p []byte) (h Hello, err error) {
	d := decoder{b: p}
	h.Version = d.uint32()
	h.Build = d.string()
	h.Helper = d.string()
	return h, d.end("Hello")
}

// Append encodes l after b.
func (l Lease) Append(b []byte) []byte { return appendUint32(b, l.UID) }

// DecodeLease reads what Append wrote.
func DecodeLease(p []byte) (l Lease, err error) {
	d := decoder{b: p}
	l.UID = d.uint32()
	return l, d.end("Lease")
}

// Append encodes m after b.
func (m Put) Append(b []byte) []byte {
	b = appendString(b, m.Path)
	b = appendUint64(b, m.Size)
	return appendBool(b, m.Exec)
}

// DecodePut reads what Append wrote.
func DecodePut(p []byte) (m Put, err error) {
	d := decoder{b: p}
	m.Path = d.string()
	m.Size = d.uint64()
	m.Exec = d.bool()
	return m, d.end("Put")
}

// Append encodes m after b.
func (m Path) Append(b []byte) []byte {
	return appendUint64(appendString(b, m.Path), m.Max)
}

// DecodePath reads what Append wrote.
func DecodePath(p []byte) (m Path, err error) {
	d := decoder{b: p}
	m.Path = d.string()
	m.Max = d.uint64()
	return m, d.end("Path")
}

// Append encodes e after b.
func (e Exec) Append(b []byte) []byte {
	b = appendUint32(b, e.Run)
	b = append(b, byte(e.Mode))
	b = appendStrings(b, e.Argv)
	b = appendStrings(b, e.Env)
	b = appendString(b, e.Dir)
	b = appendDuration(b, e.CPUStop)
	b = appendDuration(b, e.WallStop)
	b = appendUint64(b, e.MemoryStop)
	b = appendUint64(b, e.OutputStop)
	b = appendUint32(b, e.StderrCap)
	b = appendUint64(b, e.AddressSpace)
	b = appendBool(b, e.InputFile)
	b = appendStrings(b, e.Collect)
	return appendBool(b, e.Keep)
}

// DecodeExec reads what Append wrote.
func DecodeExec(p []byte) (e Exec, err error) {
	d := decoder{b: p}
	e.Run = d.uint32()
	e.Mode = Mode(d.byte())
	e.Argv = d.strings()
	e.Env = d.strings()
	e.Dir = d.string()
	e.CPUStop = d.duration()
	e.WallStop = d.duration()
	e.MemoryStop = d.uint64()
	e.OutputStop = d.uint64()
	e.StderrCap = d.uint32()
	e.AddressSpace = d.uint64()
	e.InputFile = d.bool()
	e.Collect = d.strings()
	e.Keep = d.bool()
	return e, d.end("Exec")
}

// Append encodes i after b.
func (i Input) Append(b []byte) []byte {
	return append(appendUint32(b, i.Run), i.Data...)
}

// DecodeInput reads what Append wrote. Data aliases p.
func DecodeInput(p []byte) (i Input, err error) {
	d := decoder{b: p}
	i.Run = d.uint32()
	i.Data = d.b
	d.b = nil
	return i, d.end("Input")
}

// Append encodes e after b.
func (e Exited) Append(b []byte) []byte {
	b = appendUint32(b, uint32(e.ExitCode)) //nolint:gosec // two's complement on purpose
	b = appendUint32(b, uint32(e.Signal))   //nolint:gosec // likewise
	b = append(b, byte(e.Stopped))
	b = appendBool(b, e.OutOfMemory)
	b = appendDuration(b, e.CPU)
	b = appendDuration(b, e.Wall)
	b = appendUint64(b, e.Memory)
	b = appendUint64(b, e.StdoutBytes)
	b = appendBool(b, e.StderrCut)
	return appendString(b, e.Dirty)
}

// DecodeExited reads what Append wrote.
func DecodeExited(p []byte) (e Exited, err error) {
	d := decoder{b: p}
	e.ExitCode = int32(d.uint32()) //nolint:gosec // two's complement on purpose
	e.Signal = int32(d.uint32())   //nolint:gosec // likewise
	e.Stopped = Stop(d.byte())
	e.OutOfMemory = d.bool()
	e.CPU = d.duration()
	e.Wall = d.duration()
	e.Memory = d.uint64()
	e.StdoutBytes = d.uint64()
	e.StderrCut = d.bool()
	e.Dirty = d.string()
	if e.Stopped > StoppedForInput {
		d.fail("unknown stop reason %d", e.Stopped)
	}
	return e, d.end("Exited")
}

// Append encodes c after b.
func (c Collected) Append(b []byte) []byte {
	b = appendString(b, c.Name)
	return append(b, c.Content...)
}

// DecodeCollected reads what Append wrote. Content aliases p.
func DecodeCollected(p []byte) (c Collected, err error) {
	d := decoder{b: p}
	c.Name = d.string()
	c.Content = d.b
	d.b = nil
	return c, d.end("Collected")
}

// AppendUint32 encodes the payload of a Credit (bytes taken), an Ask
// (milliseconds that the answer may take), a StdinEnd, a StdinCut or a Kill (the
// number of the run).
func AppendUint32(b []byte, n uint32) []byte { return appendUint32(b, n) }

// DecodeUint32 reads what AppendUint32 wrote.
func DecodeUint32(p []byte) (n uint32, err error) {
	d := decoder{b: p}
	n = d.uint32()
	return n, d.end("number")
}

// AppendText encodes the payload of a Fail, cut to its bound.
func AppendText(b []byte, s string) []byte {
	return appendString(b, s[:min(len(s), MaxString)])
}

// DecodeText reads what AppendText wrote.
func DecodeText(p []byte) (s string, err error) {
	d := decoder{b: p}
	s = d.string()
	return s, d.end("text")
}

// Prefixes of the text of a Fail that answers an Ask, by which the worker
// tells a compiler that hung from one that ended.
const (
	CompilerTimedOut = "compiler timed out"
	CompilerDied     = "compiler died"
)
