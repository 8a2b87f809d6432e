"""Small files with telling names, each introduced by its rule."""

import ast
from pathlib import PurePath

from tests.architecture.house import ROOT, imports, modules, strings, tree

LONGEST = 300
DRAWERS = {
    "base",
    "common",
    "core",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "lib",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "shared",
    "stuff",
    "tools",
    "util",
    "utils",
}
"""Names that say nothing: whatever has no home ends up in them."""

VERBS_OF_HTTP = {"get", "post", "put", "patch", "delete"}
LONGEST_HANDLER = 19
VENDORS = {
    "chromadb",
    "llama_index",
    "sentence_transformers",
    "tantivy",
    "tokenizers",
    "torch",
    "transformers",
}
OTHER_CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}
"""Clocks that tell the time of day. Measuring how long something takes is another matter."""


def test_a_module_is_short():
    lengths = {
        module: len((ROOT / module).read_text(encoding="utf-8").splitlines())
        for module in modules()
    }
    too_long = {module: lines for module, lines in lengths.items() if lines > LONGEST}
    assert too_long == {}, "which second idea is in it?"


def test_a_module_is_introduced_by_a_docstring():
    silent = [module for module in modules() if not ast.get_docstring(tree(module))]
    assert silent == [], "what is it for?"


def test_a_name_is_no_drawer():
    drawers = [
        module
        for module in modules()
        if {part.strip("_") for part in PurePath(module).with_suffix("").parts} & DRAWERS
    ]
    assert drawers == [], "a name that says what is in it, please"


def test_handlers_are_short():
    too_long = {
        f"{module}:{function.lineno} {function.name}": lines
        for module in modules()
        if module.startswith("desk/")
        for function in _handlers(module)
        if (lines := _lines(function)) > LONGEST_HANDLER
    }
    assert too_long == {}, "a handler asks, calls, shows; rules go to kb, wording to views"


def test_vendors_are_imported_in_engines_and_training_only():
    found = [
        f"{module}:{line} {name}"
        for module in modules()
        if not module.startswith(("retrieval/engines/", "retrieval/training/"))
        for line, name in imports(module)
        if name.split(".")[0] in VENDORS
    ]
    assert found == [], "vendors stay behind retrieval/engines; training a model is theirs, too"


def test_kb_clock_is_the_only_clock():
    found = [
        f"{module}:{line} {name}"
        for module in modules()
        if module != "kb/clock.py"
        for line, name in _clocks(module)
    ]
    assert found == [], "ask kb.clock.now()"


def test_nothing_shipped_reads_the_development_data():
    beside = "../" + "shared"
    found = [f"{m}:{line}" for m in modules() for line, text in strings(m) if beside in text]
    assert found == [], "what is shipped works from the clone alone"


def test_these_rules_look_at_something():
    assert len(modules()) > 30
    assert any(_handlers(module) for module in modules() if module.startswith("desk/"))


def _clocks(module: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id, node.attr) in OTHER_CLOCKS:
                found.append((node.lineno, f"{node.value.id}.{node.attr}"))
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            names = [alias.name for alias in node.names]
            found += [(node.lineno, name) for name in names if ("time", name) in OTHER_CLOCKS]
    return found


def _handlers(module: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(_verb(decorator) in VERBS_OF_HTTP for decorator in node.decorator_list)
    ]


def _verb(decorator: ast.expr) -> str | None:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.id if isinstance(called, ast.Name) else None


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count from `def` to the end, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    said = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - said
