//go:build !quick

package sidebyside

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/docker/docker/pkg/stdcopy"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/sandbox/images"
)

// order and answer are the driver's; see testdata/driver.
type order struct {
	Do     string            `json:"do"`
	Zygote string            `json:"zygote,omitempty"`
	Way    string            `json:"way,omitempty"`
	Times  int               `json:"times,omitempty"`
	Files  map[string]string `json:"files,omitempty"`
	Script string            `json:"script,omitempty"`
	Args   []string          `json:"args,omitempty"`
	Env    []string          `json:"env,omitempty"`
	Stdin  []byte            `json:"stdin,omitempty"`
	Mode   string            `json:"mode,omitempty"`
	Data   int               `json:"data,omitempty"`
	Packet string            `json:"packet,omitempty"`
	FDs    int               `json:"fds,omitempty"`
}

type fate struct {
	Stdout, Stderr []byte
	Exit, Signal   int
	MemoryError    bool
	Error          string
}

type answer struct {
	Error         string
	Zygote, Plain fate
	Took          time.Duration
}

// box is a container of the python image with the driver as its PID 1.
type box struct {
	cli  *client.Client
	id   string
	conn types.HijackedResponse
	out  *json.Encoder
	in   *json.Decoder
	said bytes.Buffer // what the driver and the zygote printed on stderr
	done chan struct{}
}

var shared struct {
	sync.Mutex
	box *box
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.box != nil {
		if err := shared.box.close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// boxOf is the box that all tests share, with a zygote made anew from source.
func boxOf(t testing.TB, source []byte) *box {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.box == nil && shared.err == nil {
		shared.box, shared.err = open(context.Background())
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	b := shared.box
	home := "/docket/" + filepath.Base(t.Name())
	if err := b.copyIn(map[string][]byte{home + "/zygote.py": source}); err != nil {
		t.Fatal(err)
	}
	a := b.do(t, order{Do: "start", Zygote: home + "/zygote.py", Env: []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8"}})
	if a.Error != "" {
		t.Fatalf("starting the zygote: %s", a.Error)
	}
	return b
}

// shipped is the zygote as the image carries it.
func shipped(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../zygote.py")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func open(ctx context.Context) (*box, error) {
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		return nil, err
	}
	b := &box{cli: cli, done: make(chan struct{})}
	if err := b.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the box: %w", err), cli.Close())
	}
	return b, nil
}

func (b *box) start(ctx context.Context) error {
	set, err := images.Plan(ctx)
	if err != nil {
		return err
	}
	if err := set.Build(ctx, b.cli, os.Stderr); err != nil {
		return err
	}
	driver, err := build()
	if err != nil {
		return err
	}
	// As a box of the sandbox is, but for the root file system, which takes
	// the driver and other zygotes than the image's.
	work := "rw,nosuid,nodev,mode=1777,size=67108864"
	c, err := b.cli.ContainerCreate(ctx, &container.Config{
		Image: set.Image(images.Python), Cmd: []string{"/docket/driver"},
		OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true, AttachStderr: true,
		Env: []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8"},
	}, &container.HostConfig{
		AutoRemove:  true,
		NetworkMode: "none",
		CapDrop:     []string{"ALL"}, CapAdd: []string{"SETUID", "SETGID", "KILL"},
		SecurityOpt: []string{"no-new-privileges", "seccomp=" + images.Seccomp()},
		Tmpfs:       map[string]string{"/work": work, "/tmp": work},
		Resources: container.Resources{
			Memory: 512 << 20, MemorySwap: 512 << 20, PidsLimit: new(int64(128)),
			Ulimits: []*container.Ulimit{{Name: "stack", Soft: -1, Hard: -1}, {Name: "core"}},
		},
	}, nil, nil, "")
	if err != nil {
		return err
	}
	b.id = c.ID
	if err := b.copyIn(map[string][]byte{"/docket/driver": driver}); err != nil {
		return errors.Join(err, b.remove())
	}
	b.conn, err = b.cli.ContainerAttach(ctx, b.id, container.AttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true})
	if err != nil {
		return errors.Join(err, b.remove())
	}
	r, w := io.Pipe()
	b.out, b.in = json.NewEncoder(b.conn.Conn), json.NewDecoder(r)
	go func() {
		defer close(b.done)
		_, err := stdcopy.StdCopy(w, &b.said, b.conn.Reader)
		if err == nil {
			err = io.EOF
		}
		w.CloseWithError(err)
	}()
	if err := b.cli.ContainerStart(ctx, b.id, container.StartOptions{}); err != nil {
		return errors.Join(err, b.close())
	}
	return nil
}

// build compiles the driver.
func build() ([]byte, error) {
	dir, err := os.MkdirTemp("", "zygote")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "driver")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/driver")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the driver: %w: %s", err, said)
	}
	return os.ReadFile(out)
}

// copyIn writes files into the container, with a usercustomize.py beside each
// zygote.py.
func (b *box) copyIn(files map[string][]byte) error {
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		dir := filepath.Dir(name)
		if err := w.WriteHeader(&tar.Header{Name: dir[1:], Typeflag: tar.TypeDir, Mode: 0o755}); err != nil {
			return err
		}
		if err := w.WriteHeader(&tar.Header{Name: name[1:], Mode: 0o755, Size: int64(len(files[name]))}); err != nil {
			return err
		}
		if _, err := w.Write(files[name]); err != nil {
			return err
		}
		if filepath.Base(name) == "zygote.py" {
			link := filepath.Join(dir, "usercustomize.py")[1:]
			if err := w.WriteHeader(&tar.Header{Name: link, Typeflag: tar.TypeSymlink, Linkname: "zygote.py"}); err != nil {
				return err
			}
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return b.cli.CopyToContainer(context.Background(), b.id, "/", &buf, container.CopyToContainerOptions{})
}

func (b *box) do(t testing.TB, o order) answer {
	t.Helper()
	var a answer
	if err := b.out.Encode(o); err != nil {
		t.Fatalf("ordering: %v", err)
	}
	if err := b.in.Decode(&a); err != nil {
		<-b.done
		t.Fatalf("awaiting the driver: %v\n%s", err, b.said.Bytes())
	}
	return a
}

func (b *box) remove() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return b.cli.ContainerRemove(ctx, b.id, container.RemoveOptions{Force: true})
}

func (b *box) close() error {
	err := b.remove()
	b.conn.Close()
	<-b.done
	return errors.Join(err, b.cli.Close())
}
