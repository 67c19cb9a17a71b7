"""Lists the small changes that make mutants of a Python program.

Reads the program's text from standard input and prints a JSON array of
[start, end, text, kind]: what replaces the bytes from start to end, and the
kind of mistake that it is. It never runs the program.
"""

import ast
import io
import json
import sys
import tokenize

COMPARISONS = {
    "<": [("<=", "boundary"), (">=", "comparison")],
    "<=": [("<", "boundary"), (">", "comparison")],
    ">": [(">=", "boundary"), ("<=", "comparison")],
    ">=": [(">", "boundary"), ("<", "comparison")],
    "==": [("!=", "comparison")],
    "!=": [("==", "comparison")],
    "in": [("not in", "comparison")],
    "not in": [("in", "comparison")],
    "is": [("is not", "comparison")],
    "is not": [("is", "comparison")],
}
OPERATORS = {
    "+": ("-", "arithmetic"),
    "-": ("+", "arithmetic"),
    "*": ("//", "arithmetic"),
    "/": ("*", "arithmetic"),
    "//": ("*", "arithmetic"),
    "%": ("*", "arithmetic"),
    "**": ("*", "arithmetic"),
    "&": ("|", "bitwise"),
    "|": ("&", "bitwise"),
    "^": ("&", "bitwise"),
    "<<": (">>", "bitwise"),
    ">>": ("<<", "bitwise"),
}
# Changes of these make a length larger, which does no harm.
GROWING = {"-", "//", "/", "%", ">>"}
LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}


class Lister:
    def __init__(self, text):
        if "\r" in text:
            raise SyntaxError("carriage returns are not taken")
        tree = ast.parse(text)
        self.data = text.encode()
        self.edits = []
        self.in_length = False
        self.bound = set()  # names that the innermost scope has bound so far
        lines = text.split("\n")
        self.lines = [0]
        for line in lines:
            self.lines.append(self.lines[-1] + len(line.encode()) + 1)
        self.tokens = []
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            if t.type in LAYOUT or t.type == tokenize.ENDMARKER:
                continue
            (first, a), (last, b) = t.start, t.end
            start = self.lines[first - 1] + len(lines[first - 1][:a].encode())
            end = self.lines[last - 1] + len(lines[last - 1][:b].encode())
            self.tokens.append((start, end, t.string))
        self.visit(tree)

    # Places

    def start(self, node):
        return self.lines[node.lineno - 1] + node.col_offset

    def end(self, node):
        return self.lines[node.end_lineno - 1] + node.end_col_offset

    def source(self, node):
        return self.data[self.start(node) : self.end(node)].decode()

    def add(self, start, end, text, kind):
        self.edits.append((start, end, text, kind))

    def replace(self, node, text, kind):
        self.add(self.start(node), self.end(node), text, kind)

    def between(self, left, right):
        """Returns start, end and text of the operator between two nodes."""
        return self.operator_in(self.end(left), self.start(right))

    def operator_in(self, start, end):
        found = [t for t in self.tokens if start <= t[0] and t[1] <= end and t[2] not in "()"]
        return found[0][0], found[-1][1], " ".join(t[2] for t in found)

    # Walking

    def visit(self, node):
        getattr(self, "visit_" + type(node).__name__, self.children)(node)

    def children(self, node):
        for _, value in ast.iter_fields(node):
            self.each(value)

    def each(self, value):
        if isinstance(value, ast.AST):
            self.visit(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.stmt):
                    self.statement(item)
                elif isinstance(item, ast.AST):
                    self.visit(item)

    def as_length(self, node):
        before, self.in_length = self.in_length, True
        self.visit(node)
        self.in_length = before

    # Scopes

    def visit_FunctionDef(self, node):
        self.bound.add(node.name)
        self.function(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.function(node)

    def function(self, node):
        """Leaves out decorators and annotations."""
        args = node.args
        self.each(args.defaults)
        self.each(args.kw_defaults)
        every = args.posonlyargs + args.args + args.kwonlyargs + [args.vararg, args.kwarg]
        outer, self.bound = self.bound, {a.arg for a in every if a}
        self.each(node.body)
        self.bound = outer

    def visit_ClassDef(self, node):
        self.bound.add(node.name)
        outer, self.bound = self.bound, set()
        self.each(node.body)
        self.bound = outer

    def visit_Global(self, node):
        self.bound.update(node.names)

    visit_Nonlocal = visit_Global

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)

    # Statements

    def statement(self, node):
        if self.droppable(node):
            gap = self.source(node).count("\n")
            self.replace(node, "pass" + "\n" * gap, "statement")
        self.visit(node)

    def droppable(self, node):
        match node:
            case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Delete():
                return True
            case ast.Return(value=None | ast.Constant(value=None)):
                return True
            case ast.Assign(targets=targets):
                return not self.declares(targets)
            case ast.AnnAssign(target=target, value=ast.expr()):
                return not self.declares([target])
        return False

    def declares(self, targets):
        """Reports whether a name is bound here for the first time."""
        names = [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        return any(n not in self.bound or n.startswith("__") for n in names)

    def visit_Import(self, node):
        pass

    visit_ImportFrom = visit_Import
    visit_Raise = visit_Import  # the words of a message
    visit_TypeAlias = visit_Import

    def visit_Expr(self, node):
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.visit(node.value)

    def visit_Assign(self, node):
        self.visit(node.value)
        self.each(node.targets)

    def visit_AnnAssign(self, node):
        if node.value:
            self.visit(node.value)
        self.visit(node.target)

    def visit_AugAssign(self, node):
        start, end, op = self.between(node.target, node.value)
        if op[:-1] in OPERATORS:
            to, kind = OPERATORS[op[:-1]]
            self.add(start, end, to + "=", kind)
        self.children(node)

    def visit_Return(self, node):
        value = node.value
        if value is None:
            return
        number = isinstance(value, ast.Constant) and isinstance(value.value, (int, float, complex, type(None)))
        signed = isinstance(value, ast.UnaryOp) and isinstance(value.operand, ast.Constant)
        decided = isinstance(value, (ast.Compare, ast.BoolOp)) or isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)
        if not number and not signed and not decided:
            self.replace(value, "None", "result")
        self.visit(value)

    def visit_Break(self, node):
        self.replace(node, "continue", "jump")

    def visit_Continue(self, node):
        self.replace(node, "break", "jump")

    def visit_If(self, node):
        guard = isinstance(node.test, ast.Compare) and isinstance(node.test.left, ast.Name) and node.test.left.id == "__name__"
        if not guard:
            self.condition(node.test)
        self.each(node.body)
        self.each(node.orelse)

    def visit_While(self, node):
        self.condition(node.test)
        self.each(node.body)
        self.each(node.orelse)

    def visit_Assert(self, node):
        self.condition(node.test)

    # Expressions

    def condition(self, node):
        self.negate(node)
        self.visit(node)

    def negate(self, node):
        """Negates a condition that has no changes of its own."""
        if isinstance(node, (ast.Compare, ast.BoolOp, ast.Constant)):
            return
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return
        self.replace(node, "not (" + self.source(node) + ")", "negation")

    def visit_IfExp(self, node):
        self.condition(node.test)
        self.visit(node.body)
        self.visit(node.orelse)

    def visit_comprehension(self, node):
        self.visit(node.target)
        self.visit(node.iter)
        for test in node.ifs:
            self.condition(test)

    def visit_match_case(self, node):
        self.visit(node.pattern)
        if node.guard:
            self.condition(node.guard)
        self.each(node.body)

    def visit_BoolOp(self, node):
        for left, right in zip(node.values, node.values[1:]):
            start, end, op = self.between(left, right)
            self.add(start, end, "or" if op == "and" else "and", "logical")
        for value in node.values:
            self.condition(value)

    def visit_Compare(self, node):
        operands = [node.left, *node.comparators]
        for left, right in zip(operands, operands[1:]):
            start, end, op = self.between(left, right)
            for to, kind in COMPARISONS[op]:
                self.add(start, end, to, kind)
        self.each(operands)

    def visit_BinOp(self, node):
        start, end, op = self.between(node.left, node.right)
        repeated = (ast.List, ast.Tuple, ast.JoinedStr)
        text = lambda side: isinstance(side, ast.Constant) and isinstance(side.value, (str, bytes))
        if op == "*" and any(isinstance(side, repeated) or text(side) for side in (node.left, node.right)):
            self.as_length(node.left)
            self.as_length(node.right)
            return
        formats = op == "%" and text(node.left)
        if op in OPERATORS and not formats and not (self.in_length and op in GROWING):
            to, kind = OPERATORS[op]
            self.add(start, end, to, kind)
        self.visit(node.left)
        self.visit(node.right)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, (ast.Not, ast.USub, ast.Invert)):
            after = [t for t in self.tokens if t[0] >= self.start(node)]
            self.add(after[0][0], after[1][0], "", "negation")
        self.visit(node.operand)

    def visit_Call(self, node):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "setrecursionlimit":  # any number that is large enough will do
            return
        self.visit(node.func)
        if name == "bytearray":
            for arg in node.args:
                self.as_length(arg)
        else:
            self.each(node.args)
        for keyword in node.keywords:
            if keyword.arg != "flush":
                self.visit(keyword.value)

    def visit_JoinedStr(self, node):
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self.visit(value.value)

    def visit_Constant(self, node):
        value = node.value
        if isinstance(value, bool):
            self.replace(node, str(not value), "constant")
        elif isinstance(value, int):
            if value and (not self.in_length or value > 0):
                self.replace(node, str(value - 1), "constant")
            if not value or not self.in_length:
                self.replace(node, str(value + 1), "constant")
        elif isinstance(value, float) and value + 1 != value:
            self.replace(node, repr(value + 1), "constant")


def main():
    lister = Lister(sys.stdin.buffer.read().decode())
    json.dump(lister.edits, sys.stdout)


main()
