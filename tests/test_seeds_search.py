"""The questions of ../shared/seeds/TRUTH.md, asked of an index built from the five real files. Nothing of their text
stands here: questions and expected passages are read from that page.

An extra: skipped where that folder is not there. The same rules are tested on made-up files in test_raw_search.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import SHARED, stored

from indexer import pipeline
from search import text
from search.documents.document import Document
from search.engines import Engine, store_of
from search.matching import marks
from search.query.parsing import parse

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.extra("seeds")

_ROW = re.compile(r"^\| \d+ \| `([^`]+?)(?: \+ 地区=([^`]+))?` ?\(?([^)|]*)\)? ?\| (.+?) \| (.+?) \|", re.MULTILINE)
_QUOTED = re.compile(r"(S\d[ab]?)-P[\d.]+: `([^`]+)`")


@dataclass(frozen=True)
class Asked:
    question: str
    region: str | None
    kind: str
    expected: tuple[tuple[str, str], ...]  # (document, text)


def asked() -> Iterator[Asked]:
    if not SEEDS.exists():
        return
    page = (SEEDS / "TRUTH.md").read_text(encoding="utf-8")
    table = page[page.index("## 6 ") : page.index("## 7 ")]
    for question, region, kind, hits, _ in _ROW.findall(table):
        yield Asked(question, region or None, kind, tuple(_QUOTED.findall(hits)))


QUESTIONS = list(asked())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    report = pipeline.build([SEEDS], store_of("whoosh", folder))
    assert (report.documents, report.failed) == (6, ())
    return folder


@pytest.fixture(scope="module")
def engine(index: Path) -> Engine:
    return store_of("whoosh", index).open()


@pytest.fixture(scope="module")
def ids(engine: Engine) -> dict[str, Document]:
    """S0, S1a, … -> the document, by the file names of metadata.json in the order they have there."""
    names: dict[str, str] = {}
    seen: dict[str, int] = {}
    rows = json.loads((SEEDS / "metadata.json").read_text(encoding="utf-8"))
    for row in rows:
        seen[row["file"]] = seen.get(row["file"], 0) + 1
        several = sum(other["file"] == row["file"] for other in rows) > 1
        names[row["file"] + (f"#{seen[row['file']]}" if several else "")] = row["id"]
    found = engine.find(parse(""), limit=99, offset=0).ranked
    documents = [one for match in found if (one := stored(engine, match.id))]
    return {names[one.external_id]: one for one in documents}


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize(
    "one", QUESTIONS, ids=lambda one: f"{one.question}+{one.region}" if one.region else one.question
)
def test_a_question_hits_its_documents_and_no_others(one: Asked, engine: Engine, ids: dict[str, Document]) -> None:
    query = parse(one.question, filters=[("region", one.region)] if one.region else [])
    found = {match.id: match for match in engine.find(query, limit=99, offset=0).ranked}
    literal = [(name, shown) for name, shown in one.expected if text.fold(query.text.strip('"')) in text.fold(shown)]
    expected = literal if "typo" in one.kind else list(one.expected)
    missed = {name for name, _ in expected} - {name for name, document in ids.items() if document.id in found}
    assert not missed
    if "typo" not in one.kind:
        assert {name for name, document in ids.items() if document.id in found} == {name for name, _ in expected}
    for name, shown in expected:
        marked = marks.mark(ids[name], query).paragraphs
        places = [
            text.fold(paragraph).find(text.fold(shown))
            for paragraph in ids[name].paragraphs
            if text.fold(shown) in text.fold(paragraph)
        ]
        assert places, f"{name} lost: {shown}"
        assert any(spans for paragraph, spans in zip(ids[name].paragraphs, marked, strict=True) if shown in paragraph)


def test_the_two_questions_of_the_main_job(engine: Engine, ids: dict[str, Document]) -> None:
    names = {document.id: name for name, document in ids.items()}
    lottery = engine.find(parse("福利彩票"), limit=9, offset=0)
    assert [(names[m.id], m.kind) for m in lottery.ranked] == [("S0", "exact"), ("S2", "exact"), ("S1a", "synonym")]
    care = engine.find(parse("养老服务"), limit=9, offset=0)
    assert {names[m.id]: m.occurrences for m in care.ranked} == {"S0": 5, "S1a": 5, "S2": 2, "S3": 5, "S4": 6}
    assert (care.documents, care.occurrences) == (5, 23)


@pytest.mark.parametrize("furniture", ["购物车", "我的足迹", "立即下载", "TOPIC"])
def test_what_is_not_the_speech_is_not_found(engine: Engine, furniture: str) -> None:
    assert engine.find(parse(furniture), limit=9, offset=0).documents == 0


def test_every_literal_substring_is_found_and_nothing_else(engine: Engine, ids: dict[str, Document]) -> None:
    """5 × 60 strings of 2–12 characters from every document, against a plain scan of all texts."""
    bodies = {d.id: text.fold(d.text) for d in ids.values()}
    titles = {d.id: text.fold(d.metadata.title.value) for d in ids.values()}
    for document in ids.values():
        paragraphs = [p for p in document.paragraphs if len(p) > 14]
        for n in range(60):
            paragraph = paragraphs[n * 7919 % len(paragraphs)]
            start = n * 104729 % (len(paragraph) - 12)
            string = paragraph[start : start + 2 + n % 11]
            if "“" in string or "”" in string or not text.has_word(text.fold(string)) or string != string.strip():
                continue
            folded = text.fold(string)
            found = engine.find(parse(f"“{string}”"), limit=99, offset=0)
            scanned = {i for i in bodies if folded in bodies[i] or folded in titles[i]}
            assert {m.id for m in found.ranked} == scanned, string
            assert {m.id: m.occurrences for m in found.ranked} == {i: bodies[i].count(folded) for i in scanned}, string


def test_an_unchanged_folder_is_not_read_again(index: Path) -> None:
    report = pipeline.build([SEEDS], store_of("whoosh", index))
    assert (report.indexed, report.unchanged) == (0, 5)
