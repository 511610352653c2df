"""The data files in search/lexicon/: their form, and that each has a reader."""

from __future__ import annotations

import ast
import itertools
import unicodedata

import pytest
from lexicon_tables import lines, repeated

from search.text.tables import LEXICON

COLUMNS = {
    "regions.tsv": ("code", "name", "short", "level", "province", "prefecture"),
    "region_aliases.tsv": ("alias", "short", "note"),
    "former_regions.tsv": ("former", "name", "within"),
    "typos.tsv": ("wrong", "right", "note"),
    "synonyms.tsv": ("term", "synonym", "direction", "kind", "note"),
    "radicals.tsv": ("radical", "ideograph"),
    "variants.tsv": ("variant", "standard", "note"),
    "surnames.tsv": ("surname", "kind"),
}
LISTS = ("civil_affairs.txt", "formulas.txt", "stopwords.txt", "question_words.txt", "search_words.txt")


@pytest.mark.parametrize("name", [*COLUMNS, *LISTS])
def test_a_file_is_utf8_nfc_with_plain_line_ends_and_says_where_it_comes_from(name: str) -> None:
    raw = (LEXICON / name).read_bytes()
    text = raw.decode("utf-8")
    head = "".join(itertools.takewhile(lambda line: line.startswith("#"), text.splitlines(keepends=True)))
    assert (b"\r" in raw, raw.startswith(b"\xef\xbb\xbf"), raw.endswith(b"\n")) == (False, False, True)
    assert unicodedata.normalize("NFC", text) == text
    assert ("来源" in head, "20" in head) == (True, True)


@pytest.mark.parametrize(("name", "columns"), COLUMNS.items())
def test_a_table_has_its_columns_and_no_blank_cell(name: str, columns: tuple[str, ...]) -> None:
    table = [tuple(line.split("\t")) for line in lines(name)]
    assert table[0] == columns
    assert [
        row for row in table if len(row) != len(columns) or any(cell != cell.strip() or not cell for cell in row)
    ] == []


@pytest.mark.parametrize("name", ["formulas.txt", "stopwords.txt", "question_words.txt", "search_words.txt"])
def test_a_list_has_one_entry_a_line_and_none_twice(name: str) -> None:
    entries = lines(name)
    assert [entry for entry in entries if not entry or entry != entry.strip() or " " in entry] == []
    assert repeated(entries) == []


def test_every_file_is_read_by_the_program_and_through_rows_alone() -> None:
    sources = [path for part in ("search", "indexer") for path in (LEXICON.parents[1] / part).rglob("*.py")]
    strings = {
        (node.value, source.name)
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {path.name for path in LEXICON.iterdir()} == {*COLUMNS, *LISTS}
    assert {*COLUMNS, *LISTS} <= {value for value, _ in strings}
    assert {file for value, file in strings if value == "lexicon"} == {"tables.py"}
