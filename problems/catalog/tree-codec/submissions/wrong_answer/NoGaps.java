import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

class TreeNode {
    int val;
    TreeNode left;
    TreeNode right;

    TreeNode(int val) {
        this.val = val;
    }
}

/** Writes the values level by level and leaves absent children out, as if every level were full. */
class TreeCodec {
    String encode(TreeNode root) {
        List<String> words = new ArrayList<>();
        Queue<TreeNode> queue = new ArrayDeque<>();
        if (root != null) {
            queue.add(root);
        }
        while (!queue.isEmpty()) {
            TreeNode node = queue.remove();
            words.add(String.valueOf(node.val));
            if (node.left != null) {
                queue.add(node.left);
            }
            if (node.right != null) {
                queue.add(node.right);
            }
        }
        return String.join(",", words);
    }

    TreeNode decode(String text) {
        if (text.isEmpty()) {
            return null;
        }
        List<TreeNode> nodes = new ArrayList<>();
        for (String word : text.split(",")) {
            nodes.add(new TreeNode(Integer.parseInt(word)));
        }
        for (int i = 1; i < nodes.size(); i++) {
            TreeNode parent = nodes.get((i - 1) / 2);
            if (i % 2 == 1) {
                parent.left = nodes.get(i);
            } else {
                parent.right = nodes.get(i);
            }
        }
        return nodes.get(0);
    }
}
