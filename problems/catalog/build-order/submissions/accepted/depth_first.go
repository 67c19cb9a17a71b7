// Package solution visits modules depth first; Go's stacks grow as deep as
// the longest chain.
package solution

type state int

const (
	unvisited state = iota
	visiting
	built
)

type builder struct {
	uses  map[string][]string
	state map[string]state
	order []string
}

// BuildOrder returns the modules so that each comes after all that it uses,
// or nil if some use each other in a circle.
func BuildOrder(modules []string, dependencies [][]string) []string {
	b := builder{uses: make(map[string][]string), state: make(map[string]state)}
	for _, d := range dependencies {
		b.uses[d[0]] = append(b.uses[d[0]], d[1])
	}
	for _, m := range modules {
		if !b.build(m) {
			return nil
		}
	}
	return b.order
}

// build appends a module after all that it uses. It returns false if the
// module is on a circle or needs one that is.
func (b *builder) build(module string) bool {
	switch b.state[module] {
	case visiting:
		return false
	case built:
		return true
	}
	b.state[module] = visiting
	for _, used := range b.uses[module] {
		if !b.build(used) {
			return false
		}
	}
	b.state[module] = built
	b.order = append(b.order, module)
	return true
}
