"""rjieba gives the words that jieba gives: an index made with the one is searched with the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from indexer.understand import understand
from search import segmenter, text

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
LEXICON = text._lexicon()
REFERENCE = segmenter.reference(LEXICON)
DICTIONARY = sorted(word for word, seen in segmenter.frequencies(LEXICON).items() if seen)
LETTERS = re.compile(r"[0-9A-Za-z+#&._%\-]")

han = st.one_of(st.sampled_from(DICTIONARY), st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
letters = st.text(st.sampled_from("0123456789abcXYZ.-+#&_%"), max_size=6)
signs = st.text(st.one_of(st.sampled_from("，。、\r\n\t　〇°×㐀豈𠀀\ue000"), st.characters()), max_size=3)
mixed = st.lists(st.one_of(han, han, letters, signs), max_size=12).map("".join)


@pytest.fixture(scope="module")
def rapid() -> segmenter.Rapid:
    pytest.importorskip("rjieba", reason="没有装 rjieba（requirements-fast.txt）")
    return segmenter.Rapid(LEXICON)


def differences(rapid: segmenter.Rapid, pieces: Sequence[str]) -> list[tuple[str, list[str], list[str]]]:
    cuts = [(piece, list(rapid.cut(piece)), list(REFERENCE.cut(piece))) for piece in pieces]
    return [cut for cut in cuts if cut[1] != cut[2]]


@pytest.mark.parametrize("folder", [CORPUS, SHARED / "seeds"], ids=["corpus", "seeds"])
def test_documents_have_the_same_words(rapid: segmenter.Rapid, folder: Path) -> None:
    files = [file for file in sorted(folder.glob("*")) if file.suffix in (".txt", ".md", ".html")]
    if not files:
        pytest.skip(f"{folder.name} is not here")
    documents = [document for file in files for document in understand(file, file.name)]
    passages = [text.fold(passage.text) for document in documents for passage in document.passages]
    assert len(passages) >= len(files)
    assert differences(rapid, passages) == []


@given(mixed)
def test_any_text_has_the_same_words(rapid: segmenter.Rapid, piece: str) -> None:
    assert differences(rapid, [piece]) == []


def test_every_word_of_the_dictionary_is_cut_the_same_beside_letters(rapid: segmenter.Rapid) -> None:
    words = [word for word in DICTIONARY if LETTERS.search(word)] + DICTIONARY[::500]
    assert (
        differences(rapid, [f"{before}{word}{after}" for word in words for before in "a民" for after in "3.5-户"]) == []
    )


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("同比增长3.5%，PM2.5下降", ["同比", "增长", "3.5%", "，", "PM2.5", "下降"]),
        ("在2021-2025年间", ["在", "2021", "-", "2025", "年间"]),
        ("江南style的c++课", ["江南style", "的", "c++", "课"]),
        ("正当年", ["正当", "年"]),  # as likely as one word, but for the count of all words
    ],
)
def test_numbers_and_letters_are_cut_as_jieba_cuts_them(rapid: segmenter.Rapid, piece: str, words: list[str]) -> None:
    assert list(rapid.cut(piece)) == words


def test_without_rjieba_jieba_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmenter, "rjieba", None)
    assert segmenter.fastest.__wrapped__(LEXICON) is REFERENCE


def test_a_word_that_the_lexicon_gives_another_frequency_counts_once() -> None:
    plain = segmenter.reference(())
    changes = ((word, REFERENCE.FREQ[word] - plain.FREQ.get(word, 0)) for word, _, _ in LEXICON)
    assert REFERENCE.total == plain.total + sum(dict(changes).values())
