//go:build !quick

package forge_test

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/docketjudge/docket/problems/forge"
)

func TestForgeKnowsAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("docket-test", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	f := forge.New(dir, nil)
	if err := f.Healthy(); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("on a full disk: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := syscall.Mount("docket-test", dir, "tmpfs", syscall.MS_REMOUNT, "size=16m"); err != nil {
		t.Fatal(err)
	}
	if err := f.Healthy(); err != nil {
		t.Errorf("with room: %v", err)
	}
}
