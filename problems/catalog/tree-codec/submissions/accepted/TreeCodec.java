import java.util.ArrayDeque;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.StringTokenizer;

/** A node of a binary tree. */
class TreeNode {
    int val;
    TreeNode left;
    TreeNode right;

    TreeNode(int val) {
        this.val = val;
    }
}

/**
 * Writes a tree level by level: the root, then both children of every node in the order in which the nodes were written,
 * with a mark for each child that is absent. A queue takes the place of recursion, so that depth does not matter.
 */
public class TreeCodec {

    /** Returns the text of a tree, which may be null. */
    public String encode(TreeNode root) {
        var words = new StringJoiner(" ");
        Queue<TreeNode> queue = new ArrayDeque<>();
        write(root, words, queue);
        while (!queue.isEmpty()) {
            TreeNode node = queue.remove();
            write(node.left, words, queue);
            write(node.right, words, queue);
        }
        return words.toString();
    }

    private static void write(TreeNode node, StringJoiner words, Queue<TreeNode> queue) {
        if (node == null) {
            words.add("#");
            return;
        }
        words.add(Integer.toString(node.val));
        queue.add(node);
    }

    /** Returns the tree of a text that {@link #encode} made. */
    public TreeNode decode(String text) {
        var words = new StringTokenizer(text);
        Queue<TreeNode> queue = new ArrayDeque<>();
        TreeNode root = read(words, queue);
        while (!queue.isEmpty()) {
            TreeNode node = queue.remove();
            node.left = read(words, queue);
            node.right = read(words, queue);
        }
        return root;
    }

    private static TreeNode read(StringTokenizer words, Queue<TreeNode> queue) {
        String word = words.nextToken();
        if (word.equals("#")) {
            return null;
        }
        var node = new TreeNode(Integer.parseInt(word));
        queue.add(node);
        return node;
    }
}
