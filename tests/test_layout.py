"""The shape of the project: which parts there are and which of them may know of which."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    [ROOT / "app.py", *(file for part in ("web", "indexer", "search") for file in (ROOT / part).rglob("*.py"))]
)

# The floors, from the top: what stands on one may import what stands below it, never beside it or above. A name without
# a folder of its own stands for the files beside the folders. docs/architecture.md says what each is for.
FLOORS = (
    "app",
    "web",
    "indexer",
    "indexer/statements  indexer/versions",
    "indexer/understand  indexer/ledger",
    "indexer/facts",
    "indexer/readers",
    "indexer/articles",
    "indexer/extract  indexer/encoding  indexer/patience",
    "search",
    "search/tools",
    "search/excerpts",
    "search/results",
    "search/quotations",
    "search/reading",
    "search/suggestions",
    "search/engines",
    "search/matching",
    "search/query",
    "search/index",
    "search/documents",
    "search/text  search/errors  search/processes",
)
ROOMS = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms.split()}


def module(source: Path) -> str:
    """search/text/folding; search/text for an __init__."""
    return source.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__")


def room(of: str) -> str:
    """The room that a module is in."""
    names = [of.rsplit("/", up)[0] if up else of for up in range(of.count("/") + 1)]
    return next(name for name in names if name in ROOMS)


def nodes(source: Path, *, loading: bool) -> Iterator[ast.AST]:
    """What is in a file; loading: only what is executed when it is loaded."""
    waiting: list[ast.AST] = [ast.parse(source.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        yield node
        lazy = isinstance(node, ast.FunctionDef) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        )
        if not (loading and lazy):
            waiting += ast.iter_child_nodes(node)


@cache  # every file is asked for by some forty tests
def imports(source: Path, *, loading: bool = False) -> frozenset[str]:
    """Every module a file imports, by its whole name; `from search import text` is search and search.text."""
    names: set[str] = set()
    for node in nodes(source, loading=loading):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = source.relative_to(ROOT).with_suffix("").parts[: -node.level] if node.level else ()
            module = ".".join([*parents, *filter(None, [node.module])])
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


MODULES = {module(source): source for source in SOURCES}


def arrows(*, loading: bool = False) -> Iterator[tuple[str, str]]:
    """(module, another that it imports), the package above a module left out where the module itself is named."""
    for name, source in MODULES.items():
        found = {one.replace(".", "/") for one in imports(source, loading=loading)} & MODULES.keys()
        yield from ((name, one) for one in found if not any(other.startswith(f"{one}/") for other in found))


def importers(package: str) -> set[str]:
    """The files that import a package or anything inside it, as written from the root of the project."""
    return {
        source.relative_to(ROOT).as_posix()
        for source in SOURCES
        if any(name == package or name.startswith(f"{package}.") for name in imports(source))
    }


@pytest.mark.parametrize("name", ["app.py", "indexer", "search", "templates", "corpus", "tests", "requirements.txt"])
def test_the_names_everybody_expects_are_there(name: str) -> None:
    assert (ROOT / name).exists()


def test_imports_go_down_the_floors_only() -> None:
    assert [
        f"{one} imports {other}"
        for one, other in arrows()
        if room(one) != room(other) and ROOMS[room(one)] >= ROOMS[room(other)]
    ] == []


def test_an_arrow_upwards_would_be_seen() -> None:
    assert ROOMS[room("search/text/folding")] > ROOMS[room("search/documents/labels")] > ROOMS[room("web/cache")]
    assert ("search/documents/labels", "search/documents/document") in set(arrows())
    assert {room(one) for one in MODULES} == set(ROOMS)


def test_no_modules_load_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for one, other in arrows(loading=True):
        graph.setdefault(one, set()).add(other)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_columns_know_nothing_of_whoosh() -> None:
    assert [pair for pair in arrows() if pair[0].startswith("search/engines/columns") and "whoosh" in pair[1]] == []


@pytest.mark.parametrize("part", ["search", "indexer"])
def test_only_the_web_knows_flask(part: str) -> None:
    assert {file for file in importers("flask") if file.startswith(f"{part}/")} == set()


def test_app_holds_routes_only() -> None:
    assert not (ROOT / "answers.py").exists()
    assert {"waitress", "gzip", "threading"} & imports(ROOT / "app.py") == set()


def test_whoosh_is_known_to_its_engine_alone() -> None:
    assert {file for file in importers("whoosh") if not file.startswith("search/engines/whoosh/")} == set()


@pytest.mark.parametrize("library", ["jieba", "pypinyin"])
def test_a_library_that_may_be_replaced_is_imported_in_one_file(library: str) -> None:
    assert len(importers(library)) == 1


@pytest.mark.parametrize(
    ("library", "place"),
    [
        ("numpy", "search/engines/columns/"),
        ("rjieba", "search/text/segmenter"),
        ("opensearchpy", "search/engines/opensearch/"),
        ("msgspec", "search/engines/opensearch/"),
    ],
)
def test_a_library_that_may_be_missing_is_imported_in_one_place(library: str, place: str) -> None:
    assert {file.startswith(place) for file in importers(library)} == {True}


def test_an_engine_is_reached_through_the_seam_alone() -> None:
    engines = [one.name for one in (ROOT / "search" / "engines").iterdir() if one.is_dir()]
    outside = {file for engine in engines for file in importers(f"search.engines.{engine}")}
    assert {file for file in outside if not file.startswith("search/engines/")} == set()


def test_callers_hold_a_store_and_not_the_name_of_an_engine_and_a_folder() -> None:
    assert {file for file in importers("search.engines.store_of") if not file.startswith("search/engines/")} <= {
        "app.py",
        "indexer/commands.py",
        "search/__main__.py",
        "search/settings.py",
        "web/served.py",
        "web/mcp.py",
        "web/server.py",
    }


@pytest.mark.parametrize("vague", ["utils", "util", "helpers", "helper", "core", "common", "misc", "manager"])
def test_every_module_is_named_for_what_it_is(vague: str) -> None:
    assert [path for path in SOURCES if vague in path.relative_to(ROOT).with_suffix("").parts] == []


def scripts() -> Iterator[tuple[str, ast.Module]]:
    """The strings in tests and benchmarks that are programs with imports, each with the file it is in."""
    for source in sorted(file for part in ("tests", "bench") for file in (ROOT / part).rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "import " in node.value:
                try:
                    yield source.name, ast.parse(node.value)
                except (SyntaxError, ValueError):
                    continue


def test_what_runs_in_a_process_of_its_own_imports_what_there_is() -> None:
    """Where a test asks for a package that is not installed, nothing else would say that its program is out of date."""
    asked = [
        (file, f"{node.module}.{alias.name}", node.module)
        for file, program in scripts()
        for node in ast.walk(program)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.split(".")[0] in ("search", "indexer", "web")
        for alias in node.names
    ]
    assert ("test_segmenter.py", "search.text.segmenter", "search.text") in asked
    assert [(file, name) for file, name, parent in asked if not there(name, parent)] == []


def there(name: str, parent: str) -> bool:
    """Whether a name is a module, or what its parent defines or imports."""
    if name.replace(".", "/") in MODULES:
        return True
    return hasattr(import_module(parent), name.removeprefix(f"{parent}."))


def patterns(held: object) -> Iterator[re.Pattern[Any]]:
    """Those that are a module's own, or stand in its tables."""
    if isinstance(held, re.Pattern):
        yield held
    elif isinstance(held, Mapping):
        yield from patterns([*held.values()])
    elif isinstance(held, (tuple, list)):
        for one in held:
            yield from patterns(one)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="there no module with such a pattern can be imported at all")
def test_a_server_begins_without_what_few_readers_ask_for() -> None:
    """The rules of reading and python-docx would double the time in which it starts, and take 12 MB of each process."""
    dear = "{'indexer.drafts', 'indexer.facts.speakers', 'indexer.articles.lines', 'docx', 'bs4', 'lxml'}"
    asked = [sys.executable, "-c", f"import sys, app; print(sorted({dear} & set(sys.modules)))"]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_every_pattern_can_be_read_by_the_oldest_python() -> None:
    """(?>…), *+ and ++ came with 3.11: with one of them nothing starts on 3.10."""
    names = [module.replace("/", ".") for module in MODULES if module.split("/")[0] in ("search", "indexer", "web")]
    found = {
        (name, pattern.pattern)
        for name in names
        if not name.endswith("__main__") and "opensearch" not in name
        for pattern in patterns([*vars(import_module(name)).values()])
    }
    assert len(found) > 300
    parse = import_module("re._parser").parse
    newer = ("POSSESSIVE_REPEAT", "ATOMIC_GROUP")
    assert newer[0] in str(parse("a++")) and newer[1] in str(parse("(?>a)"))
    assert [one for one in found if any(sign in str(parse(one[1])) for sign in newer)] == []
