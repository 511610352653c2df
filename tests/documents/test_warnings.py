"""The one table of warnings and the program agree: what is given is explained, and what is explained is given."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import document

from indexer.statements.fields import FIELDS
from search.documents.document import Warning
from search.documents.warnings import KINDS, NO_DOUBT, Kind, settled
from search.index import record
from search.index.schema import facet_values
from search.reading.citation import source_words

ROOT = Path(__file__).parent.parent.parent
SOURCES = [ROOT / "app.py", *(path for part in ("indexer", "search", "web") for path in (ROOT / part).rglob("*.py"))]
RECORD = ROOT / "search/index/record.py"  # gives back what was given before


def given(source: Path) -> Iterator[str]:
    """The codes of the warnings that a file makes: a string, or a constant of the module that is one."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Warning":
            code = node.args[0]
            yield str(code.value if isinstance(code, ast.Constant) else constants[code.id])  # type: ignore[attr-defined]


def compared(source: Path) -> Iterator[str]:
    """What a file compares a warning's code with: warning.code == "truncated"."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "code":
            yield from (str(other.value) for other in node.comparators if isinstance(other, ast.Constant))


def test_every_warning_that_is_given_is_in_the_table_and_every_row_is_given() -> None:
    assert {code for source in SOURCES if source != RECORD for code in given(source)} == set(KINDS)


def test_no_warning_is_asked_for_that_is_not_in_the_table() -> None:
    asked = {
        code for part in ("indexer", "search") for source in (ROOT / part).rglob("*.py") for code in compared(source)
    }
    assert asked <= set(KINDS)


def test_codes_and_names_are_there_once() -> None:
    names = [kind.name for kind in KINDS.values() if kind.name]
    assert len({*names, NO_DOUBT}) == len(names) + 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_row_of_the_table_is_all_that_the_pages_need(kind: Kind) -> None:
    one = replace(document("甲.txt", "正文。"), warnings=(Warning(kind.code, "看到的"),))
    assert facet_values(one, "quality") == (kind.name or NO_DOUBT,)
    assert (kind.name in source_words(one)) if kind.grave else ("请核对原件" not in source_words(one))
    assert kind.means.endswith("。")
    assert kind.name or not kind.grave  # a citation says the name


def test_what_a_person_states_settles_what_was_in_doubt_about_it() -> None:
    assert {field: settled([field]) for field in FIELDS if settled([field])} == {
        "title": {"title_derived"},
        "date": {"date_unknown", "year_inferred"},
        "region": {"region_inferred"},
        "source": {"source_unknown"},
    }
    assert {field for kind in KINDS.values() for field in kind.settled_by} <= set(FIELDS)


def test_a_record_keeps_the_numbers_of_a_warning() -> None:
    said = (Warning("count_mismatch", "看到的", "六项：", (6, 5)), Warning("truncated", "没有完"))
    one = replace(document("甲.txt", "正文。"), warnings=said)
    assert record.loads(record.dumps(one)) == one
