"""A vocabulary to which only the new documents are added is the one that is made of all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from conftest import document
from hypothesis import example, given
from hypothesis import strategies as st
from memory_engine import MemoryEngine
from typed import TYPING

from search.documents.document import Document
from search.engines import Engine, store_of
from search.engines.whoosh import held
from search.engines.whoosh.generations import current_name
from search.index import grown as growing
from search.index import vocabulary, vocabulary_changes
from search.index.grown import grown

Counts = dict[vocabulary.EntryKind, Counter[str]]
_FOLDED = [
    "福利",
    "福利彩票",
    "福利会议",
    "会议2024",
    "养老",
    "养老院",
    "老",
    "2024",
    "彩票",
    "重庆会议",
    "民政",
    "救助",
]
_TEXTS = {
    "word": _FOLDED,
    "term": _FOLDED[:3],
    "title": [*_FOLDED, "福利會議", "重慶会議", "養老院"],
    "speaker": _FOLDED,
    "year": _FOLDED,
}
_COUNTS = st.fixed_dictionaries(
    {
        kind: st.dictionaries(st.sampled_from(texts), st.integers(1, 3), max_size=8).map(Counter)
        for kind, texts in _TEXTS.items()
    }
)


_NONE: Counts = {kind: Counter() for kind in _TEXTS}


@given(_COUNTS, _COUNTS, st.integers(1, 12))
@example({**_NONE, "word": Counter(("福利",))}, {**_NONE, "word": Counter(("养老",))}, 1)  # of equals the first
def test_it_is_what_is_made_of_all(before: Counts, more: Counts, most: int) -> None:
    with mock.patch.object(vocabulary_changes, "MAX_WORDS", most), mock.patch.object(growing, "MAX_WORDS", most):
        known, both = vocabulary_changes.made(before), {kind: before[kind] + more[kind] for kind in before}
        anew, made = (
            vocabulary_changes.made(both, known),
            grown(known, more, both["term"].keys(), both["word"].__getitem__),
        )
    words = {text for text, kind in zip(known.texts, known.kinds, strict=True) if kind == "word"}
    if more["term"].keys() & words:
        assert made is None
    else:
        assert made == anew


def test_what_whoosh_adds_is_not_counted_with_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, counted, terms = store_of("whoosh", tmp_path), list[int](), held._terms
    monkeypatch.setattr(held, "_SMALL", 0)
    monkeypatch.setattr(held, "_terms", lambda leaf: counted.append(leaf.doc_count_all()) or terms(leaf))
    for number, some in enumerate((TYPING[:-2], TYPING[-2:-1], TYPING[-1:])):
        with store.writer(fresh=not number) as writer:
            for one in some:
                writer.add(one)
            writer.publish({})
    assert counted == [len(TYPING) - 2, 1, 1]
    assert store.open().vocabulary() == MemoryEngine(TYPING).vocabulary()


def test_what_goes_is_taken_off_by_counting_all(tmp_path: Path) -> None:
    store, changed = store_of("whoosh", tmp_path), replace(TYPING[1], passages=TYPING[2].passages)
    for some in (TYPING, (changed,)):
        with store.writer(fresh=some is TYPING) as writer:
            for one in some:
                writer.add(one)
            writer.publish({})
    with store.writer(fresh=False) as writer:  # those that are deleted already are not in the way
        writer.add(replace(TYPING[0], id="f" * 12))
        writer.publish({})
    left = [*(one for one in TYPING if one.id != changed.id), changed, replace(TYPING[0], id="f" * 12)]
    assert store.open().vocabulary() == MemoryEngine(left).vocabulary()


@pytest.mark.parametrize("damaged", ["vocabulary.note", "deleted.note"])
def test_without_what_was_noted_all_is_counted(tmp_path: Path, damaged: str) -> None:
    store = store_of("whoosh", tmp_path)
    for number, some in enumerate((TYPING, TYPING[:1], TYPING[1:2])):  # the first is put in the place of itself
        with store.writer(fresh=not number) as writer:
            for one in some:
                writer.add(replace(one, id="e" * 12) if number == 2 else one)
            writer.publish({})
        if number == 1:
            file = max(tmp_path.glob(f"g*/{damaged}"))
            file.unlink()
            file.write_bytes(b"{}")
    assert store.open().vocabulary() == MemoryEngine([*TYPING, replace(TYPING[1], id="e" * 12)]).vocabulary()


def one(number: int) -> Document:
    topic = ["养老服务", "社会救助", "殡葬改革", "地名管理", "福利彩票"][number % 5]
    text = f"推进{topic}工作第{number}年，规范{'婚姻登记' if number % 2 else '儿童收养'}管理。"
    return document(f"{number}.txt", text, title=f"某省{topic}会议（{number % 3}）")


def test_segments_that_are_put_together_are_not_counted_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoosh makes one of the smallest, and leaves out what is deleted in them."""
    store, chance, there, number = store_of("whoosh", tmp_path), Random(3), dict[str, Document](), 0
    grew, merged, before = list[bool](), 0, 0
    monkeypatch.setattr(held, "grown", lambda *given: [made := grown(*given), grew.append(made is not None)][0])
    for run in range(24):
        with store.writer(fresh=not run) as writer:
            for _ in range(40 if not run else chance.randrange(1, 4)):
                number += 1
                writer.add(one(number))
                there[one(number).id] = one(number)
            for id in chance.sample(sorted(there), chance.choice((0, 0, 2)) if run else 0):
                writer.remove(id)
                del there[id]
            writer.publish({})
        segments = len([*(tmp_path / current_name(tmp_path)).glob("*.columns")])
        merged, before = merged + (segments < before), segments
        assert store.open().vocabulary().texts == MemoryEngine([*there.values()]).vocabulary().texts, run
        assert counted(store.open()) == counted(MemoryEngine([*there.values()])), run
    assert merged and sum(grew) > 8


def counted(engine: Engine) -> dict[tuple[str, str], int]:
    found = engine.vocabulary()
    return {(text, kind): often for text, kind, often in zip(found.texts, found.kinds, found.documents, strict=True)}
