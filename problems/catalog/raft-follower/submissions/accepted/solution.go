// Package solution has a Raft follower.
package solution

type entry struct {
	term    int
	command string
}

// RaftFollower answers leaders and candidates.
type RaftFollower struct {
	term   int
	vote   int // the candidate that has this term's vote, or 0
	log    []entry
	commit int
}

// NewRaftFollower returns a follower that has never heard of anybody.
func NewRaftFollower() *RaftFollower { return &RaftFollower{} }

// hear moves to the sender's term if it is newer, and reports whether the
// sender is of this term.
func (f *RaftFollower) hear(term int) bool {
	if term > f.term {
		f.term, f.vote = term, 0
	}
	return term == f.term
}

func (f *RaftFollower) termAt(index int) int {
	if index == 0 {
		return 0
	}
	return f.log[index-1].term
}

// RequestVote reports whether the candidate gets this term's vote.
func (f *RaftFollower) RequestVote(term, candidate, lastIndex, lastTerm int) bool {
	if !f.hear(term) || f.vote != 0 && f.vote != candidate {
		return false
	}
	own := f.termAt(len(f.log))
	if lastTerm < own || lastTerm == own && lastIndex < len(f.log) {
		return false
	}
	f.vote = candidate
	return true
}

// AppendEntries takes entries that follow prevIndex.
func (f *RaftFollower) AppendEntries(term, prevIndex, prevTerm int, terms []int, commands []string, leaderCommit int) bool {
	if !f.hear(term) || prevIndex > len(f.log) || f.termAt(prevIndex) != prevTerm {
		return false
	}
	for i, t := range terms {
		at := prevIndex + i // counted from 0
		if at < len(f.log) && f.log[at].term != t {
			f.log = f.log[:at]
		}
		if at == len(f.log) {
			f.log = append(f.log, entry{t, commands[i]})
		}
	}
	f.commit = max(f.commit, min(leaderCommit, prevIndex+len(terms)))
	return true
}

// CurrentTerm returns the term that the follower is in.
func (f *RaftFollower) CurrentTerm() int { return f.term }

// CommitIndex returns the index of the last entry known to be committed.
func (f *RaftFollower) CommitIndex() int { return f.commit }

// LogTerms returns the terms of all entries.
func (f *RaftFollower) LogTerms() []int {
	terms := make([]int, len(f.log))
	for i, e := range f.log {
		terms[i] = e.term
	}
	return terms
}

// Command returns the command of an entry, or nil.
func (f *RaftFollower) Command(index int) *string {
	if index == 0 || index > len(f.log) {
		return nil
	}
	return &f.log[index-1].command
}
