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

/** Adds word after word to a String, which copies all the words before. */
class TreeCodec {
    String encode(TreeNode root) {
        String text = "";
        List<TreeNode> nodes = new ArrayList<>();
        nodes.add(root);
        for (int i = 0; i < nodes.size(); i++) {
            TreeNode node = nodes.get(i);
            if (node == null) {
                text += "# ";
                continue;
            }
            text += node.val + " ";
            nodes.add(node.left);
            nodes.add(node.right);
        }
        return text;
    }

    TreeNode decode(String text) {
        String[] words = text.split(" ");
        TreeNode root = node(words[0]);
        Queue<TreeNode> queue = new ArrayDeque<>();
        if (root != null) {
            queue.add(root);
        }
        for (int i = 1; i < words.length; i += 2) {
            TreeNode parent = queue.remove();
            parent.left = node(words[i]);
            if (parent.left != null) {
                queue.add(parent.left);
            }
            parent.right = node(words[i + 1]);
            if (parent.right != null) {
                queue.add(parent.right);
            }
        }
        return root;
    }

    private static TreeNode node(String word) {
        return word.equals("#") ? null : new TreeNode(Integer.parseInt(word));
    }
}
