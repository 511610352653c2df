"""The shape of the project: which parts there are and which of them may know of which."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    [
        ROOT / "app.py",
        *(ROOT / "web").rglob("*.py"),
        *(ROOT / "indexer").rglob("*.py"),
        *(ROOT / "search").rglob("*.py"),
    ]
)


def imports(source: Path) -> set[str]:
    """Every module a file imports, by its whole name; `from search import text` is search and search.text."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = source.relative_to(ROOT).with_suffix("").parts[: -node.level] if node.level else ()
            module = ".".join([*parents, *filter(None, [node.module])])
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


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


@pytest.mark.parametrize(
    ("part", "unknown"),
    [
        (part, unknown)
        for part, others in (("search", "indexer app web flask"), ("indexer", "app web flask"), ("web", "app"))
        for unknown in others.split()
    ],
)
def test_imports_go_one_way(part: str, unknown: str) -> None:
    assert {file for file in importers(unknown) if file.startswith(f"{part}/")} == set()


@pytest.mark.parametrize(("above", "below"), [("app.py", "indexer"), ("app.py", "search"), ("indexer/", "search")])
def test_the_parts_above_use_the_parts_below(above: str, below: str) -> None:
    assert any(file.startswith(above) for file in importers(below))


def test_whoosh_is_known_to_its_engine_alone() -> None:
    assert all(file.startswith("search/engines/whoosh/") for file in importers("whoosh"))


@pytest.mark.parametrize("library", ["jieba", "pypinyin"])
def test_a_library_that_may_be_replaced_is_imported_in_one_file(library: str) -> None:
    assert len(importers(library)) == 1


@pytest.mark.parametrize(
    ("library", "place"),
    [
        ("numpy", "search/engines/columns/"),
        ("rjieba", "search/text/segmenter"),
        ("opensearchpy", "search/engines/opensearch"),
    ],
)
def test_a_library_that_may_be_missing_is_imported_in_one_place(library: str, place: str) -> None:
    assert {file for file in importers(library) if not file.startswith(place)} == set()


def test_an_engine_is_reached_through_the_seam_alone() -> None:
    engines = [one.name for one in (ROOT / "search" / "engines").iterdir() if one.is_dir()]
    outside = {file for engine in engines for file in importers(f"search.engines.{engine}")}
    assert {file for file in outside if not file.startswith("search/engines/")} == set()


@pytest.mark.parametrize("vague", ["utils", "util", "helpers", "helper", "core", "common", "misc", "manager"])
def test_every_module_is_named_for_what_it_is(vague: str) -> None:
    assert [path for path in SOURCES if vague in path.relative_to(ROOT).with_suffix("").parts] == []
