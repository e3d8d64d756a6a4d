"""Runs the examples in the docstrings of a module of the package, or of the page README.md of the module, from the top
of the repository."""

import doctest
import importlib
import os
import sys
import tempfile

name = sys.argv[1]
if name == "README":
    page, scenarios = os.path.abspath("src/python/README.md"), os.path.abspath("scenarios")
    # Its first example writes a folder.
    os.chdir(tempfile.mkdtemp())
    os.symlink(scenarios, "scenarios")
    failed, tried = doctest.testfile(page, module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    print(f"README.md: {tried} examples")
    sys.exit(failed > 0 or tried == 0)
module = importlib.import_module("yangjae" if name == "__init__" else f"yangjae.{name}")
flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
failed, tried = doctest.testmod(module, optionflags=flags)
assert tried > 0, f"{name} has no example"
print(f"{name}: {tried} examples")
sys.exit(failed > 0)
