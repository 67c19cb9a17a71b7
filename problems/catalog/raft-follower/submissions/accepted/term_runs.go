// Package solution is the following side of Raft. A log of many entries has
// few terms, and they never decrease: it is enough to know where each begins.
package solution

import (
	"cmp"
	"slices"
)

// run is a stretch of entries of one term, up to where the next run begins.
type run struct{ first, term int }

// RaftFollower answers the messages of candidates and leaders.
type RaftFollower struct {
	term        int
	votes       map[int]string // by term
	runs        []run          // the first is what lies in front of the log
	commands    []string
	commitIndex int
}

// NewRaftFollower returns a follower that has heard of nothing yet.
func NewRaftFollower() *RaftFollower {
	return &RaftFollower{votes: map[int]string{}, runs: []run{{}}}
}

// RequestVote answers a candidate.
func (f *RaftFollower) RequestVote(term int, candidate string, lastLogIndex, lastLogTerm int) bool {
	f.term = max(f.term, term)
	if term < f.term {
		return false
	}
	if other, ok := f.votes[term]; ok && other != candidate {
		return false
	}
	own := f.runs[len(f.runs)-1].term
	if cmp.Or(cmp.Compare(lastLogTerm, own), cmp.Compare(lastLogIndex, len(f.commands))) < 0 {
		return false
	}
	f.votes[term] = candidate
	return true
}

// AppendEntries takes entries of the leader that follow prevLogIndex.
func (f *RaftFollower) AppendEntries(term, prevLogIndex, prevLogTerm int, terms []int, commands []string, leaderCommit int) bool {
	f.term = max(f.term, term)
	if term < f.term || !f.has(prevLogIndex, prevLogTerm) {
		return false
	}
	next := prevLogIndex + 1
	known := 0
	for known < len(terms) && f.has(next+known, terms[known]) {
		known++
	}
	if known < len(terms) {
		f.cut(next + known)
		for _, t := range terms[known:] {
			f.begin(t)
			f.commands = append(f.commands, commands[known])
			known++
		}
	}
	f.commitIndex = max(f.commitIndex, min(leaderCommit, prevLogIndex+len(terms)))
	return true
}

// has reports whether the log has an entry of the term at index.
func (f *RaftFollower) has(index, term int) bool {
	if index > len(f.commands) {
		return false
	}
	i, begins := slices.BinarySearchFunc(f.runs, index, func(r run, index int) int {
		return cmp.Compare(r.first, index)
	})
	if !begins {
		i--
	}
	return f.runs[i].term == term
}

// cut removes what the log has from index on.
func (f *RaftFollower) cut(index int) {
	f.commands = f.commands[:index-1]
	for f.runs[len(f.runs)-1].first >= index {
		f.runs = f.runs[:len(f.runs)-1]
	}
}

// begin starts a run where the next entry has another term than the last.
func (f *RaftFollower) begin(term int) {
	if term != f.runs[len(f.runs)-1].term {
		f.runs = append(f.runs, run{len(f.commands) + 1, term})
	}
}

// Restart forgets what is not on disk.
func (f *RaftFollower) Restart() { f.commitIndex = 0 }

// CurrentTerm is the newest term that the follower has heard of.
func (f *RaftFollower) CurrentTerm() int { return f.term }

// CommitIndex is the index of the last entry known to be committed.
func (f *RaftFollower) CommitIndex() int { return f.commitIndex }

// LogTerms lists the terms of all entries.
func (f *RaftFollower) LogTerms() []int {
	var terms []int
	for i, r := range f.runs {
		end := len(f.commands) + 1
		if i+1 < len(f.runs) {
			end = f.runs[i+1].first
		}
		terms = append(terms, slices.Repeat([]int{r.term}, end-r.first)...)
	}
	return terms[1:]
}

// LogCommands lists the commands of all entries.
func (f *RaftFollower) LogCommands() []string { return slices.Clone(f.commands) }
