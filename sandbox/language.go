package sandbox

import (
	"context"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

// languages lists what this package knows of each language. It is the only
// place that names them all.
var languages = map[judge.Language]*language{
	judge.Go:     golang,
	judge.Java:   java,
	judge.Python: python,
}

// language is all that differs between languages. The rest of the package asks a
// language value, and compares no judge.Language with anything.
type language struct {
	// compiler is the role of the box in which build compiles sources. Nil
	// where build uses a box of the role runtime.
	compiler *role
	// runtime is the role of the box that runs an artifact.
	runtime *role

	// build makes an artifact of sources, in a box that it takes from the slot.
	// Its errors and outcomes are those of [judge.Slot]'s Build. The key is the
	// digest of the whole build; the caller sets the artifact's Language and Key.
	build func(ctx context.Context, s *slot, src judge.Source, key string) (judge.Build, error)

	// lay copies an artifact into a box of the role runtime.
	lay func(b *box, a judge.Artifact) error

	// command adds to an Exec how a run of an artifact is started: its arguments
	// and mode, and what its environment has beyond that of every language. The
	// limits have no zero fields and no allowance.
	command func(e *wire.Exec, a judge.Artifact, r judge.Run, l judge.Limits)

	// fate corrects the runner's account of a run by what the language's own
	// runtime wrote about the run to standard error. Nil where there is nothing to
	// correct. The limits are the ones that command was given.
	fate func(r *judge.Result, l judge.Limits)
}

// roles lists the roles that the language needs.
func (l *language) roles() []*role {
	if l.compiler == nil {
		return []*role{l.runtime}
	}
	return []*role{l.compiler, l.runtime}
}

// rolesOf lists the roles that a language needs.
func (d *Docker) rolesOf(l judge.Language) []*role {
	if lang := d.languages[l]; lang != nil {
		return lang.roles()
	}
	return nil
}
