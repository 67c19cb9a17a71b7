package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// TestEmptyDir plants trees of any shape; nothing of them stays, and nothing
// that they link to goes.
func TestEmptyDir(t *testing.T) {
	outside := t.TempDir()
	kept := filepath.Join(outside, "kept")
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		root, err := os.MkdirTemp(outside, "tree") //nolint:usetesting // one for each example
		if err != nil {
			rt.Fatal(err)
		}
		dirs := []string{root}
		for i := range rapid.IntRange(0, 60).Draw(rt, "entries") {
			parent := rapid.SampledFrom(dirs).Draw(rt, "parent")
			name := filepath.Join(parent, rapid.SampledFrom([]string{".wiped-1", ".wiped-2", ".wiped-3", fmt.Sprint(i), "..."}).Draw(rt, "name"))
			switch rapid.IntRange(0, 3).Draw(rt, "kind") {
			case 0:
				var f *os.File
				if f, err = os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400); err == nil {
					err = f.Close()
				}
			case 1:
				err = os.Symlink(outside, name)
			default:
				if err = os.Mkdir(name, 0o700); err == nil {
					dirs = append(dirs, name)
				}
			}
			if err != nil && !os.IsExist(err) {
				rt.Fatal(err)
			}
		}
		for _, d := range dirs[1:] {
			if err := os.Chmod(d, os.FileMode(rapid.IntRange(0, 0o777).Draw(rt, "mode"))); err != nil {
				rt.Fatal(err)
			}
		}
		f, err := os.Open(root)
		if err != nil {
			rt.Fatal(err)
		}
		defer f.Close()
		emptyDir(int(f.Fd()))
		if n := entries(int(f.Fd())); n != 0 {
			rt.Errorf("%d entries stayed", n)
		}
		if err := os.Remove(root); err != nil {
			rt.Error(err)
		}
		if _, err := os.Stat(kept); err != nil {
			rt.Fatal(err)
		}
	})
}

func TestPaths(t *testing.T) {
	for p, want := range map[string]bool{
		"/box/a": true, "/box/a/b.c": true, "/box": false, "/box/": false, "/box/../a": false, "/box/a/..": false, "/box/./a": false,
		"/boxa": false, "box/a": false, "/box/a/": false, "/box//a": false, "/box/a\x00": false, "": false,
	} {
		if belowBox(p) != want {
			t.Errorf("%q below /box: %v", p, !want)
		}
	}
	for p, want := range map[string]bool{
		"a": true, "a/b": true, "..a": true, "": false, ".": false, "..": false, "../a": false, "a/../..": false, "/a": false, "a/": false, "a//b": false, "./a": false, "a\x00": false,
	} {
		if belowDir(p) != want {
			t.Errorf("%q below a directory: %v", p, !want)
		}
	}
}

func TestArgs(t *testing.T) {
	for _, args := range [][]string{
		{"--helper"}, {"--helper", "other", "--", "x"}, {"--helper", "zygote"}, {"--", "x"}, {"--helper", "zygote", "--"},
		{"--helper", "compiler", "--", "x"}, {"--helper-uid", "-1"}, {"--other", "1"}, {"x"},
	} {
		if o, err := parseArgs(args); err == nil {
			t.Errorf("%q were taken as %+v", args, o)
		}
	}
	o, err := parseArgs([]string{"--helper", "compiler", "--helper-uid", "900", "--", "/java", "--helper", "x"})
	if err != nil || o.helper != compiler || o.helperUID != 900 || len(o.helperArgv) != 3 {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := parseArgs(nil); err != nil {
		t.Error(err)
	}
}
