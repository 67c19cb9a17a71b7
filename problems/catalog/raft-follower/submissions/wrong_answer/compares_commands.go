// Package solution is a follower of Raft
// that looks for conflicts between commands instead of terms.
package solution

type entry struct {
	term    int
	command string
}

// RaftFollower answers the messages of candidates and leaders.
type RaftFollower struct {
	term        int
	votedFor    string // "" in a term without a vote
	log         []entry
	commitIndex int
}

// NewRaftFollower returns a follower that has heard of nothing yet.
func NewRaftFollower() *RaftFollower {
	return &RaftFollower{}
}

// accepts follows the sender to a newer term, and reports whether the message
// is of the current one.
func (f *RaftFollower) accepts(term int) bool {
	if term > f.term {
		f.term = term
		f.votedFor = ""
	}
	return term == f.term
}

// RequestVote answers a candidate.
func (f *RaftFollower) RequestVote(term int, candidate string, lastLogIndex, lastLogTerm int) bool {
	if !f.accepts(term) || f.votedFor != "" && f.votedFor != candidate {
		return false
	}
	if own := f.termAt(len(f.log)); lastLogTerm < own || lastLogTerm == own && lastLogIndex < len(f.log) {
		return false
	}
	f.votedFor = candidate
	return true
}

// AppendEntries takes entries of the leader that follow prevLogIndex.
func (f *RaftFollower) AppendEntries(term, prevLogIndex, prevLogTerm int, terms []int, commands []string, leaderCommit int) bool {
	if !f.accepts(term) || prevLogIndex > len(f.log) || f.termAt(prevLogIndex) != prevLogTerm {
		return false
	}
	for i, t := range terms {
		index := prevLogIndex + 1 + i
		if index <= len(f.log) {
			if f.log[index-1].command == commands[i] {
				continue
			}
			f.log = f.log[:index-1]
		}
		f.log = append(f.log, entry{t, commands[i]})
	}
	f.commitIndex = max(f.commitIndex, min(leaderCommit, prevLogIndex+len(terms)))
	return true
}

// termAt is the term of an entry of the log, and 0 in front of the first.
func (f *RaftFollower) termAt(index int) int {
	if index == 0 {
		return 0
	}
	return f.log[index-1].term
}

// Restart forgets what is not on disk.
func (f *RaftFollower) Restart() {
	f.commitIndex = 0
}

// CurrentTerm is the newest term that the follower has heard of.
func (f *RaftFollower) CurrentTerm() int { return f.term }

// CommitIndex is the index of the last entry known to be committed.
func (f *RaftFollower) CommitIndex() int { return f.commitIndex }

// LogTerms lists the terms of all entries.
func (f *RaftFollower) LogTerms() []int {
	terms := make([]int, len(f.log))
	for i, e := range f.log {
		terms[i] = e.term
	}
	return terms
}

// LogCommands lists the commands of all entries.
func (f *RaftFollower) LogCommands() []string {
	commands := make([]string, len(f.log))
	for i, e := range f.log {
		commands[i] = e.command
	}
	return commands
}
