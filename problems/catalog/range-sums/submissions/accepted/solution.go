package main

import (
	"bufio"
	"os"
	"strconv"
)

// fenwick holds at i the sum of the last i&-i numbers up to i.
type fenwick []int64

func (f fenwick) add(i int, v int64) {
	for ; i < len(f); i += i & -i {
		f[i] += v
	}
}

func (f fenwick) prefix(i int) (sum int64) {
	for ; i > 0; i &= i - 1 {
		sum += f[i]
	}
	return sum
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	defer out.Flush()

	n, q := int(number(in)), int(number(in))
	f := make(fenwick, n+1)
	for i := 1; i <= n; i++ {
		f[i] += number(in)
		if parent := i + i&-i; parent <= n {
			f[parent] += f[i]
		}
	}
	var line []byte
	for range q {
		op, _ := in.ReadByte() // number has taken the line feed before it
		a, b := number(in), number(in)
		if op == '+' {
			f.add(int(a), b)
			continue
		}
		line = strconv.AppendInt(line[:0], f.prefix(int(b))-f.prefix(int(a)-1), 10)
		out.Write(append(line, '\n'))
	}
}

// number reads the next integer.
func number(in *bufio.Reader) (n int64) {
	c, _ := in.ReadByte()
	for c == ' ' || c == '\n' {
		c, _ = in.ReadByte()
	}
	negative := c == '-'
	if negative {
		c, _ = in.ReadByte()
	}
	for ; c >= '0' && c <= '9'; c, _ = in.ReadByte() {
		n = n*10 + int64(c-'0')
	}
	if negative {
		return -n
	}
	return n
}
