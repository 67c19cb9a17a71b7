package hostspeed

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Load reads a host's record. It returns false where there is none that can be
// compared with the reference: it was never written, is damaged, or of another
// workload.
func Load(path string) (Host, bool) {
	b, err := os.ReadFile(path) //nolint:gosec // the path is the operator's
	if err != nil {
		return Host{}, false
	}
	var h Host
	if json.Unmarshal(b, &h) != nil || h.Workload != Workload() {
		return Host{}, false
	}
	return h, true
}

// Save writes a host's record where Load finds it, as a whole or not at all.
func (h Host) Save(path string) error {
	b, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return fmt.Errorf("keeping the host's speed: %w", err)
	}
	if err := replace(path, append(b, '\n')); err != nil {
		return fmt.Errorf("keeping the host's speed: %w", err)
	}
	return nil
}

// replace puts a file in the place of another, which readers see until then.
func replace(path string, content []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".speed-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(content)
	if err := errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
