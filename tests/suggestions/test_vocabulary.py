"""The words, names and titles that are suggested, and how they are read aloud."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import document
from hypothesis import given
from hypothesis import strategies as st
from memory_engine import MemoryEngine
from typed import TYPING

from search.engines import Engine, store_of
from search.index import vocabulary, vocabulary_changes
from search.query.parsing import parse
from search.suggestions.corrections import search_or_correct
from search.suggestions.slips import candidates
from search.text import fold, pinyin


def counted(engine: Engine) -> dict[tuple[str, str], int]:
    held = engine.vocabulary()
    return {(text, kind): number for text, kind, number in zip(held.texts, held.kinds, held.documents, strict=True)}


def test_every_engine_holds_the_same_vocabulary(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for one in TYPING:
            writer.add(one)
        writer.publish({})
    assert store_of("whoosh", tmp_path).open().vocabulary() == MemoryEngine(TYPING).vocabulary()


def test_deleted_and_replaced_documents_do_not_count(tmp_path: Path) -> None:
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for one in TYPING:
            writer.add(one)
        writer.publish({})
    changed = replace(TYPING[2], passages=document("丙", "规范殡葬。").passages)
    with store_of("whoosh", tmp_path).writer(fresh=False) as writer:
        writer.remove(TYPING[0].id)
        writer.add(changed)
        writer.publish({})
    engine = store_of("whoosh", tmp_path).open()
    assert counted(engine) == counted(MemoryEngine([TYPING[1], changed]))
    assert search_or_correct(engine, parse("福利院院"), limit=1, offset=0).suggestions == ()


def test_known_words_are_not_read_aloud_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = vocabulary_changes.made({"word": {"福利": 2}, "title": {"福利会议": 1}})
    asked: list[str] = []
    plain = pinyin.readings
    monkeypatch.setattr(pinyin, "readings", lambda text, known: asked.append(text) or plain(text, known))
    after = vocabulary_changes.made({"word": {"福利": 3, "彩票": 1}, "title": {"福利会议": 1}}, before)
    assert asked == ["彩票"]
    assert after == vocabulary_changes.made({"word": {"福利": 3, "彩票": 1}, "title": {"福利会议": 1}})


_FOLDED = ["福利", "福利彩票", "福利会议", "会议2024", "养老", "养老院", "老", "2024", "彩票", "重庆会议"]
_HELD = st.fixed_dictionaries(
    {
        kind: st.dictionaries(st.sampled_from(texts), st.integers(0, 3), max_size=8)
        for kinds, texts in (
            (("word", "term"), _FOLDED),  # which are kept as they are compared
            (("title", "speaker", "year"), [*_FOLDED, "福利會議", "重慶会議", "養老院"]),
        )
        for kind in kinds
    }
)


@given(_HELD)
def test_the_documents_of_a_text_are_those_of_the_kind_that_most_have(
    held: dict[vocabulary.EntryKind, dict[str, int]],
) -> None:
    made = vocabulary_changes.made(held)
    entries = [*zip(made.texts, made.documents, strict=True)]
    for _ in range(2):  # found, and kept
        for text in (*_FOLDED, "没有"):
            expected = max((documents for entry, documents in entries if fold(entry) == text), default=0)
            assert made.documents_with(text) == expected


def test_no_more_counts_of_words_are_kept_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_KEPT", 2)
    made = vocabulary_changes.made({"word": {"福利": 2, "养老": 3, "彩票": 4}})
    assert [made.documents_with(word) for word in ("福利", "养老", "彩票", "福利", "没有")] == [2, 3, 4, 2, 0]
    assert made._counts == {"彩票": 4, "福利": 2}


@given(_HELD, _HELD)
def test_what_was_known_changed_is_what_is_made_anew(
    before: dict[vocabulary.EntryKind, dict[str, int]], after: dict[vocabulary.EntryKind, dict[str, int]]
) -> None:
    changed, anew = vocabulary_changes.made(after, vocabulary_changes.made(before)), vocabulary_changes.made(after)
    # Characters that are gone stay known; their readings are right whatever is held.
    assert replace(changed, characters=anew.characters) == anew
    assert anew.characters.items() <= changed.characters.items()


def test_a_vocabulary_survives_being_written() -> None:
    held = MemoryEngine(TYPING).vocabulary()
    read = vocabulary.loads("".join(held.pieces()))
    assert read == held
    assert candidates(read, "福利采票")[0].text == "福利彩票"
    assert vocabulary.loads("") == vocabulary.EMPTY


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("重庆", {"chongqing"}),
        ("行政", {"xingzheng"}),
        ("银行", {"yinhang"}),
        ("省长", {"shengzhang"}),
        ("西藏", {"xizang"}),
        ("曾庆某", {"cengqingmou", "zengqingmou"}),
        ("绿化", {"lvhua"}),
    ],
)
def test_a_word_is_read_as_its_context_says_and_else_in_every_way_in_use(word: str, ways: set[str]) -> None:
    assert {"".join(way) for way in pinyin.readings(word)} == ways


def test_readings_of_characters_that_are_known_are_not_found_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["曾庆某", "重乐某", "藏行长", "某曾", "着某朝"]
    known, plain = pinyin.by_character("".join(words)), [pinyin.readings(word) for word in words]
    assert any(len(ways) > 1 for ways in plain)
    monkeypatch.setattr(pinyin, "_modern", lambda: pytest.fail("all words were gone through"))
    pinyin._in_use.cache_clear()
    assert [pinyin.readings(word, known) for word in words] == plain


@pytest.mark.parametrize(
    ("typed", "key"),
    [("FuLi Cai'piao", "fulicaipiao"), ("lüyou", "lvyou"), ("PM2.5", ""), ("福利", ""), ("", ""), (" a", "")],
)
def test_letters_are_pinyin_only_when_there_is_nothing_else(typed: str, key: str) -> None:
    assert pinyin.letters(typed) == key


def test_what_is_there_is_found_and_what_is_not_is_hardly_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [first + second for first in "福利民政救助养老慈善" for second in "彩票局站院金款物资员人"]
    held = vocabulary_changes.made({"word": dict.fromkeys(words, 2), "title": {"福利會議ABC": 1}})
    read = vocabulary.loads("".join(held.pieces()))
    for one in (held, read):
        assert all([one.texts[entry] for entry in one.exactly(word)] == [word] for word in words)
        assert [one.texts[entry] for entry in one.exactly("福利会议abc")] == ["福利會議ABC"]
        assert all(entry in one.sounding(key) for key, entry in zip(one.sounds, one.sounds_of, strict=True))
    looked = list[str]()
    monkeypatch.setattr(vocabulary.Vocabulary, "_place", lambda _, folded: looked.append(folded) or 0)
    absent = [f"{number:04d}号" for number in range(1000)]
    assert all(not read.exactly(one) for one in absent) and len(looked) < 80
    assert not read.exactly("\ud800") and not vocabulary.EMPTY.exactly("福利") and not vocabulary.EMPTY.sounding("fuli")
