import java.util.ArrayList;
import java.util.List;

class RaftFollower {
    private record Entry(int term, String command) {}

    private final List<Entry> log = new ArrayList<>();
    private int term;
    private int vote; // the candidate that has this term's vote, or 0
    private int commit;

    /** Moves to the sender's term if it is newer; returns whether the sender is of this term. */
    private boolean hear(int sent) {
        if (sent > term) {
            term = sent;
            vote = 0;
        }
        return sent == term;
    }

    private int termAt(int index) {
        return index == 0 ? 0 : log.get(index - 1).term();
    }

    public boolean requestVote(int sent, int candidate, int lastIndex, int lastTerm) {
        if (!hear(sent) || vote != 0 && vote != candidate) {
            return false;
        }
        int own = termAt(log.size());
        if (lastTerm < own || lastTerm == own && lastIndex < log.size()) {
            return false;
        }
        return true;
    }

    public boolean appendEntries(
            int sent, int prevIndex, int prevTerm, int[] terms, List<String> commands, int leaderCommit) {
        if (!hear(sent) || prevIndex > log.size() || termAt(prevIndex) != prevTerm) {
            return false;
        }
        for (int i = 0; i < terms.length; i++) {
            int at = prevIndex + i;
            if (at < log.size() && log.get(at).term() != terms[i]) {
                log.subList(at, log.size()).clear();
            }
            if (at == log.size()) {
                log.add(new Entry(terms[i], commands.get(i)));
            }
        }
        commit = Math.max(commit, Math.min(leaderCommit, prevIndex + terms.length));
        return true;
    }

    public int currentTerm() {
        return term;
    }

    public int commitIndex() {
        return commit;
    }

    public int[] logTerms() {
        return log.stream().mapToInt(Entry::term).toArray();
    }

    public String command(int index) {
        return index == 0 || index > log.size() ? null : log.get(index - 1).command();
    }
}
