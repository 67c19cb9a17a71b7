// Command server stands in for the Java compile server in the runner's tests.
// A request is a 32-bit length and that many bytes, the first of which says
// what to do.
package main

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"strconv"
	"time"
)

func main() {
	write([]byte{6})
	for n := 0; ; n++ {
		var size uint32
		if binary.Read(os.Stdin, binary.BigEndian, &size) != nil {
			return
		}
		req := make([]byte, size)
		if _, err := io.ReadFull(os.Stdin, req); err != nil {
			return
		}
		switch req[0] {
		case 'e': // the request, as the third part
			answer(0, []byte("Main"), []byte("request "+strconv.Itoa(n)), req[1:])
		case 'd':
			os.Exit(3)
		case 'p': // dies in the middle of its answer
			write([]byte{0, 0, 0, 0, 4, 'M', 'a'})
			os.Exit(3)
		case 'h':
			time.Sleep(time.Hour)
		case 'l': // a part that is too long
			write([]byte{0, 0, 0, 0, 1, 'M', 0x7f, 0xff, 0xff, 0xff})
			time.Sleep(time.Hour)
		case 'x': // more than its answer
			write(append(make([]byte, 13), "more"...))
			time.Sleep(time.Hour)
		case 'i':
			answer(1, nil, []byte(strconv.Itoa(os.Getuid())), nil)
		case 'q': // answers, and dies idle
			answer(0, nil, nil, nil)
			os.Exit(4)
		}
	}
}

func answer(status byte, parts ...[]byte) {
	var b bytes.Buffer
	b.WriteByte(status)
	for _, p := range parts {
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(p))))
		b.Write(p)
	}
	write(b.Bytes())
}

func write(b []byte) {
	if _, err := os.Stdout.Write(b); err != nil {
		os.Exit(1)
	}
}
