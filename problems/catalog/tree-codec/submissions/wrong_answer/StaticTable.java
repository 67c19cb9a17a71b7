import java.util.ArrayList;
import java.util.List;

class TreeNode {
    int val;
    TreeNode left;
    TreeNode right;

    TreeNode(int val) {
        this.val = val;
    }
}

/** Keeps all trees in a static list and hands out their numbers, which tell another process nothing. */
class TreeCodec {
    private static final List<TreeNode> TREES = new ArrayList<>();

    String encode(TreeNode root) {
        TREES.add(root);
        return String.valueOf(TREES.size() - 1);
    }

    TreeNode decode(String text) {
        int number = Integer.parseInt(text);
        return number < TREES.size() ? TREES.get(number) : null;
    }
}
