package sandbox

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
	"github.com/docketjudge/docket/sandbox/wire"
)

var java = &language{compiler: javaBuild, runtime: javaRun, build: buildJava, lay: layJava, command: commandJava, fate: fateJava}

var (
	javaBuild = &role{
		name: images.JavaBuild, command: append([]string{runner, "--helper", "compiler", "--helper-uid", "19999", "--"}, images.CompileServer()...),
		memory: 1 * judge.GiB, headroom: 64 * judge.MiB, pids: 128,
		work: 64 * judge.MiB, inodes: 4096,
	}
	javaRun = &role{
		name: images.JavaRun, command: []string{runner},
		memory: judge.DefaultMemory + judge.Java.Allowance(), headroom: 48 * judge.MiB, pids: runPids,
		work: 64 * judge.MiB, inodes: 8192, named: true,
	}
)

// javaJar is the artifact in a run box; [images.JavaArgs] names it.
const javaJar = "/box/app.jar"

func layJava(b *box, a judge.Artifact) error { return b.put(javaJar, a.Data, false) }

func commandJava(e *wire.Exec, a judge.Artifact, r judge.Run, l judge.Limits) {
	e.Argv = images.JavaArgs(l.Memory, a.Entry, r.Args)
}

func fateJava(r *judge.Result, l judge.Limits) { r.OutOfMemory = r.OutOfMemory || javaRanOut(*r, l) }

// Answers of the compile server.
const (
	javacOK     = 0
	javacFailed = 1
	javacNoMain = 2
)

// javacWall bounds one try of the compile server; two make up a build.
const javacWall = buildWall / 2

// buildJava asks the box's compile server, a JVM that keeps the compiler
// warm. The server may hang, run out of memory or die of what earlier sources
// left in it, so its end costs one retry with a fresh one; ending twice is
// the source's doing.
func buildJava(ctx context.Context, s *slot, src judge.Source, _ string) (judge.Build, error) {
	b, err := s.take(ctx, javaBuild)
	if err != nil {
		return judge.Build{}, err
	}
	defer s.give(b)
	request := javaRequest(src)
	for try := 0; ; try++ {
		answer, err := b.askCompiler(request, javacWall)
		if err == nil {
			return javaAnswer(answer, src)
		}
		why, ok := asRefusal(err)
		if !ok {
			return judge.Build{}, err
		}
		if err := ctx.Err(); err != nil {
			return judge.Build{}, err
		}
		s.docker.log.Warn("the Java compile server failed", "slot", s.index, "try", try+1, "reason", why.reason)
		if try == 0 {
			continue
		}
		if strings.HasPrefix(why.reason, wire.CompilerTimedOut) {
			return judge.Build{Output: tooSlow}, nil
		}
		return judge.Build{Output: compilerDied + " or ran out of memory"}, nil
	}
}

// askCompiler sends one request to the compile server of the box.
func (b *box) askCompiler(request []byte, limit time.Duration) ([]byte, error) {
	frames := []wire.Frame{{Kind: wire.KindAsk, Payload: wire.AppendUint32(nil, uint32(limit.Milliseconds()))}} //nolint:gosec // a constant
	for p := request; len(p) > 0; {
		n := min(len(p), wire.MaxPayload)
		frames = append(frames, wire.Frame{Kind: wire.KindData, Payload: p[:n]})
		p = p[n:]
	}
	frames = append(frames, wire.Frame{Kind: wire.KindEnd})
	var answer []byte
	err := b.ask(limit+grace, func(p []byte) error {
		if judge.Bytes(len(answer)+len(p)) > maxArtifact {
			return fmt.Errorf("%w: the compiler's answer is over %s", wire.ErrProtocol, maxArtifact)
		}
		answer = append(answer, p...)
		return nil
	}, frames...)
	return answer, err
}

func javaRequest(src judge.Source) []byte {
	files := allSources(src)
	b := binary.BigEndian.AppendUint32(nil, uint32(len(files))) //nolint:gosec // a few
	for _, f := range files {
		b = appendBlob(b, f.Name)
		b = appendBlob(b, strings.TrimPrefix(f.Content, "\ufeff")) // javac takes the mark for a character of the source
	}
	return binary.BigEndian.AppendUint32(b, uint32(len(src.Driver))) //nolint:gosec // a few
}

func appendBlob(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(s))) //nolint:gosec // sources are capped
	return append(b, s...)
}

// javaAnswer takes the compile server's answer apart. The server handles
// hostile sources, so its answer is bounded and checked like anything else
// from a box; what it says about the sources is only shown to their author.
func javaAnswer(p []byte, src judge.Source) (judge.Build, error) {
	if len(p) == 0 {
		return judge.Build{}, errors.New("the compiler's answer is empty")
	}
	status, p := p[0], p[1:]
	var blobs [3][]byte
	for i := range blobs {
		if len(p) < 4 {
			return judge.Build{}, errors.New("the compiler's answer is cut off")
		}
		n := binary.BigEndian.Uint32(p)
		p = p[4:]
		if uint64(n) > uint64(len(p)) {
			return judge.Build{}, errors.New("the compiler's answer is cut off")
		}
		blobs[i], p = p[:n], p[n:]
	}
	words := capWords(strings.TrimSpace(string(blobs[1])))
	switch status {
	case javacOK:
		entry := string(blobs[0])
		if src.Entry != "" {
			entry = src.Entry // the solution may have a main of its own
		}
		return judge.Build{OK: true, Output: words, Artifact: judge.Artifact{
			Entry: entry, Data: append([]byte(nil), blobs[2]...),
		}}, nil
	case javacNoMain:
		return judge.Build{Output: words}, nil // the server says what is missing
	case javacFailed:
		return judge.Build{Output: javaMismatch(words, src)}, nil
	}
	return judge.Build{}, fmt.Errorf("the compiler answered with status %d", status)
}

// javaMismatch finds out whether all that a compiler complains of lies in the
// driver, which means that the solution does not fit it. What lies there is
// told without its place, since the author never saw that file.
func javaMismatch(words string, src judge.Source) string {
	if len(src.Driver) == 0 {
		return words
	}
	var own, driver []string
	inDriver := false
	for line := range strings.Lines(words) {
		if file, rest, ok := strings.Cut(line, ".java:"); ok && !strings.ContainsAny(file, " \t") {
			inDriver = false
			for _, f := range src.Driver {
				if f.Name == file+".java" {
					inDriver = true
					line = strings.TrimLeft(rest, "0123456789: ")
				}
			}
		}
		if inDriver {
			if !strings.HasPrefix(strings.TrimSpace(line), "location:") {
				driver = append(driver, line)
			}
		} else {
			own = append(own, line)
		}
	}
	// What follows from the author's own errors is of no use.
	for _, line := range own {
		if strings.Contains(line, ".java:") {
			return strings.TrimSpace(strings.Join(own, ""))
		}
	}
	return src.Mismatch + "\n" + strings.TrimSpace(strings.Join(driver, ""))
}
