import java.util.ArrayList;
import java.util.List;

/** Makes a new list where it cuts the log, and copies all that stays, entry by entry. */
class RaftFollower {
    private record Entry(int term, String command) {}

    private int term;
    private String votedFor; // null in a term without a vote
    private List<Entry> log = new ArrayList<>();
    private int commitIndex;

    public boolean requestVote(int term, String candidate, int lastLogIndex, int lastLogTerm) {
        if (!accepts(term) || votedFor != null && !votedFor.equals(candidate)) {
            return false;
        }
        int own = termAt(log.size());
        if (lastLogTerm < own || lastLogTerm == own && lastLogIndex < log.size()) {
            return false;
        }
        votedFor = candidate;
        return true;
    }

    public boolean appendEntries(
            int term, int prevLogIndex, int prevLogTerm, int[] terms, List<String> commands, int leaderCommit) {
        if (!accepts(term) || prevLogIndex > log.size() || termAt(prevLogIndex) != prevLogTerm) {
            return false;
        }
        int index = prevLogIndex;
        for (int i = 0; i < terms.length; i++) {
            index++;
            if (index <= log.size() && termAt(index) != terms[i]) {
                List<Entry> stays = new ArrayList<>();
                for (Entry entry : log.subList(0, index - 1)) {
                    stays.add(entry);
                }
                log = stays;
            }
            if (index > log.size()) {
                log.add(new Entry(terms[i], commands.get(i)));
            }
        }
        commitIndex = Math.max(commitIndex, Math.min(leaderCommit, index));
        return true;
    }

    /** Follows the sender to a newer term; tells whether the message is of the current one. */
    private boolean accepts(int sent) {
        if (sent > term) {
            term = sent;
            votedFor = null;
        }
        return sent == term;
    }

    private int termAt(int index) {
        return index == 0 ? 0 : log.get(index - 1).term();
    }

    /** Forgets what is not on disk. */
    public void restart() {
        commitIndex = 0;
    }

    public int currentTerm() {
        return term;
    }

    public int commitIndex() {
        return commitIndex;
    }

    public int[] logTerms() {
        return log.stream().mapToInt(Entry::term).toArray();
    }

    public List<String> logCommands() {
        return log.stream().map(Entry::command).toList();
    }
}
