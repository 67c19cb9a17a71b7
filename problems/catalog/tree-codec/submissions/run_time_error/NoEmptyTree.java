import java.util.ArrayDeque;
import java.util.Deque;

class TreeNode {
    int val;
    TreeNode left;
    TreeNode right;

    TreeNode(int val) {
        this.val = val;
    }
}

/** Takes it for granted that there is a root. */
class TreeCodec {
    String encode(TreeNode root) {
        var text = new StringBuilder();
        Deque<TreeNode> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            TreeNode node = stack.pop();
            text.append(node.val).append(node.left != null ? 'l' : '-').append(node.right != null ? 'r' : '-').append(' ');
            if (node.right != null) {
                stack.push(node.right);
            }
            if (node.left != null) {
                stack.push(node.left);
            }
        }
        return text.toString();
    }

    TreeNode decode(String text) {
        TreeNode root = null;
        Deque<TreeNode> waiting = new ArrayDeque<>(); // for a right child
        TreeNode parent = null; // of the next node, as its left child
        for (String word : text.split(" ")) {
            int end = word.length() - 2;
            var node = new TreeNode(Integer.parseInt(word.substring(0, end)));
            if (root == null) {
                root = node;
            } else if (parent != null) {
                parent.left = node;
            } else {
                waiting.pop().right = node;
            }
            if (word.endsWith("r")) {
                waiting.push(node);
            }
            parent = word.charAt(end) == 'l' ? node : null;
        }
        return root;
    }
}
