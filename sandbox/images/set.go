package images

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
)

// Set is the images that belong to this build of Docket on this host.
type Set struct {
	images     map[Name]Image
	recipes    map[Name]recipe
	toolchains map[Name]string // of those that are present
	goSettings string          // the label of go-build, where it is present
}

// Image is one image of a set.
type Image struct {
	Name   Name
	Ref    string // how the engine knows it: "docket/go-run:0123456789abcdef"
	Digest string // of all that it is made of, in hex
}

// Status is an image and whether the engine has it.
type Status struct {
	Image
	Present   bool
	Toolchain string // of a present image: "python 3.13.5"
	ID        string // of a present image: the engine's own digest
	Size      judge.Bytes
}

// refDigits is how much of a digest is in an image's name.
const refDigits = 16

// Plan works out which images this build of Docket needs, without asking an
// engine. It fails when docket was built without its runner.
func Plan(ctx context.Context) (*Set, error) {
	run, err := runner()
	if err != nil {
		return nil, fmt.Errorf("planning images: %w", err)
	}
	goVersion, err := goVersion(ctx)
	if err != nil {
		return nil, fmt.Errorf("planning images: %w", err)
	}
	return plan(run, goVersion)
}

func plan(runner []byte, goVersion string) (*Set, error) {
	s := &Set{images: map[Name]Image{}, recipes: map[Name]recipe{}, toolchains: map[Name]string{}}
	for _, n := range Names() {
		r, err := recipeFor(n, runner, goVersion)
		if err != nil {
			return nil, fmt.Errorf("planning image %s: %w", n, err)
		}
		d := r.digest()
		s.recipes[n] = r
		s.images[n] = Image{Name: n, Digest: d, Ref: repository + string(n) + ":" + d[:refDigits]}
	}
	return s, nil
}

// Load plans the set and makes sure that the engine has all of it. It is how
// a worker opens its images: one that is missing, or was built with another
// runner, is an error that says what to do.
func Load(ctx context.Context, cli *client.Client) (*Set, error) {
	s, err := Plan(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.Check(ctx, cli)
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, st := range all {
		if !st.Present {
			missing = append(missing, st.Ref)
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("loading images: the engine has no %s, which this build of docket needs: run `docket images build`", strings.Join(missing, ", "))
	}
	return s, nil
}

// Image is how the engine knows an image, by its name. It panics on a name
// that no image has, which only a mistake in the program can be.
func (s *Set) Image(n Name) string {
	i, ok := s.images[n]
	if !ok {
		panic("images: no image is called " + string(n))
	}
	return i.Ref
}

// Images lists the set in the order of [Names].
func (s *Set) Images() []Image {
	var all []Image
	for _, n := range Names() {
		all = append(all, s.images[n])
	}
	return all
}

// Toolchain names the version of the toolchain in an image, such as "openjdk
// 25.0.1", once Check, Load or Build has seen the image; empty before.
func (s *Set) Toolchain(n Name) string { return s.toolchains[n] }

// Check asks the engine which images of the set it has.
func (s *Set) Check(ctx context.Context, cli *client.Client) ([]Status, error) {
	var all []Status
	for _, i := range s.Images() {
		st, err := s.status(ctx, cli, i)
		if err != nil {
			return nil, fmt.Errorf("checking image %s: %w", i.Ref, err)
		}
		all = append(all, st)
	}
	return all, nil
}

// status looks one image up. Its full digest must be the planned one: the
// name holds only a part of it.
func (s *Set) status(ctx context.Context, cli *client.Client, i Image) (Status, error) {
	st := Status{Image: i}
	found, err := cli.ImageInspect(ctx, i.Ref)
	if errdefs.IsNotFound(err) {
		return st, nil
	}
	if err != nil {
		return st, err
	}
	if found.Config == nil || found.Config.Labels[LabelDigest] != i.Digest {
		return st, nil
	}
	st.Present, st.ID, st.Size = true, found.ID, judge.Bytes(found.Size)
	st.Toolchain = found.Config.Labels[LabelToolchain]
	s.toolchains[i.Name] = st.Toolchain
	if i.Name == GoBuild {
		s.goSettings = found.Config.Labels[labelGoSettings]
	}
	return st, nil
}

// Prune removes the images of other builds of Docket, as far as no box uses
// them, and returns their names.
func (s *Set) Prune(ctx context.Context, cli *client.Client) ([]string, error) {
	keep := map[string]bool{}
	for _, i := range s.Images() {
		keep[i.Ref] = true
	}
	all, err := cli.ImageList(ctx, image.ListOptions{Filters: filters.NewArgs(filters.Arg("reference", repository+"*"), filters.Arg("label", LabelDigest))})
	if err != nil {
		return nil, fmt.Errorf("pruning images: %w", err)
	}
	var removed []string
	var failures []error
	for _, i := range all {
		for _, ref := range i.RepoTags {
			name, _, _ := strings.Cut(strings.TrimPrefix(ref, repository), ":")
			if keep[ref] || !slices.Contains(Names(), Name(name)) {
				continue
			}
			// Not by force: the engine refuses where a container uses it.
			_, err := cli.ImageRemove(ctx, ref, image.RemoveOptions{PruneChildren: true})
			switch {
			case err == nil:
				removed = append(removed, ref)
			case !errdefs.IsNotFound(err) && !errdefs.IsConflict(err):
				failures = append(failures, fmt.Errorf("pruning image %s: %w", ref, err))
			}
		}
	}
	return removed, errors.Join(failures...)
}
