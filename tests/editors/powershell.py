"""Whether a script for PowerShell is one, by the grammar that editors colour it with: PowerShell itself is not at hand."""

import re
import sys

import tree_sitter
import tree_sitter_powershell

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))


def faults(text):
    """The lines in which something is no PowerShell."""
    open_nodes, found = [parser.parse(text).root_node], []
    while open_nodes:
        node = open_nodes.pop()
        if node.is_error or node.is_missing:
            found.append(node.start_point[0] + 1)
        open_nodes += node.children
    return sorted(found)


with open(sys.argv[1], "rb") as file:
    script = file.read()
assert b"Register-ArgumentCompleter" in script and b"--parquet" in script
# PowerShell takes a block without brackets as the argument of a method; the grammar does not.
script = re.sub(rb"\.Where\{(.*?)\}", rb".Where({\1})", script)
assert faults(script) == [], f"{sys.argv[1]}: lines {faults(script)}"
assert faults(script.replace(b"{", b"", 1)), "a script that lacks a bracket is not told apart"
