"""The analysis of a document says what its text says, the same in whatever process it is made."""

from __future__ import annotations

import pickle
import re
from collections import Counter

from conftest import document
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.index.analysis import PASSAGE_STRIDE, Pairs, Words, analysed
from search.text import tokenization

paragraphs = st.lists(
    st.text(st.sampled_from("民政养老服务⺠人府，。\n3.5%户元ab 㐀"), min_size=1, max_size=30), max_size=4
)


def places(found: Words | Pairs) -> dict[str, list[int]]:
    """term -> its places."""
    held: dict[str, list[int]] = {}
    for place, term in found.placed(7):
        held.setdefault(term, []).append(place - 7)
    assert sum(map(len, held.values())) <= len(found)
    return held


def test_words_stand_in_their_passages_and_grams_at_their_offsets() -> None:
    found = analysed(document("甲", ["养老服务，", "3户"], "养老", title="民政"))
    assert places(found.words) == {
        "民政": [0],
        "养老": [PASSAGE_STRIDE, 3 * PASSAGE_STRIDE],
        "服务": [PASSAGE_STRIDE],
        "养老服务": [PASSAGE_STRIDE],
        "3": [2 * PASSAGE_STRIDE],
        "户": [2 * PASSAGE_STRIDE + 1],
        "#": [2 * PASSAGE_STRIDE],
    }
    assert places(found.grams) == {
        "养老": [0, 8], "老服": [1], "服务": [2], "务,": [3], ",3": [4], "3户": [5], "户\n": [6], "老\n": [9],
    }  # fmt: skip
    assert (found.passages.tolist(), found.sentences.tolist(), found.length) == ([0, 5, 8], [0, 8], 10)


@given(paragraphs)
def test_all_of_a_text_is_in_its_grams_and_words(written: list[str]) -> None:
    one = document("甲", *(line for line in "\n".join(written).split("\n") if line))
    folded, found = text.fold(one.text), analysed(one)
    # at each offset the pair of characters that begins there, the last one with a line feed
    pairs = [(f"{folded}\n"[at : at + 2], at) for at in range(len(folded)) if folded[at] != "\n"]
    assert sorted((gram, at) for gram, all_of in places(found.grams).items() for at in all_of) == sorted(pairs)
    words = [
        (token.text, number * PASSAGE_STRIDE + token.position)
        for number, passage in enumerate(one.passages, 1)
        for token in text.tokens(text.fold(passage.text), fine=True)
    ]
    kept = [(word, at) for word, all_of in places(found.words).items() for at in all_of if at >= PASSAGE_STRIDE]
    assert sorted(pair for pair in kept if pair[0] not in ("#", "¥")) == sorted(words)


@given(st.lists(st.one_of(st.sampled_from(text.lexicon_terms()), st.sampled_from("民政养老服务，a\n"))).map("".join))
def test_its_terms_are_those_of_the_lexicon_that_stand_in_it(folded: str) -> None:
    assert text.terms_in(folded) == tuple(sorted(term for term in text.lexicon_terms() if term in folded))


def test_it_comes_whole_out_of_another_process() -> None:
    found = analysed(document("甲", "养老服务要抓实。", "民政"))
    assert pickle.loads(pickle.dumps(found)) == found


@given(paragraphs)
def test_nothing_of_it_is_lost_on_the_way(written: list[str]) -> None:
    found = analysed(document("甲", *(line for line in "\n".join(written).split("\n") if line)))
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert list(again.words.placed(3)) == list(found.words.placed(3))


@given(paragraphs)
def test_content_words_are_counted_and_the_heaviest_stand_first(written: list[str]) -> None:
    one = document("甲", *(line for line in "\n".join(written).split("\n") if line))
    words = [word for text_ in (one.metadata.title.value, *one.paragraphs) for word in text.cut(text.fold(text_))[0]]
    content = [word for word in words if len(word) > 1 and text.has_word(word) and word not in text.stopwords()]
    expected = sorted(Counter(content).items(), key=lambda pair: -pair[1] * len(pair[0]))
    assert analysed(one).content == tuple(expected)


@given(st.text("019.,a万亿号民", max_size=20))
def test_figures_are_found_as_they_are_without_a_first_character(folded: str) -> None:
    plain = re.compile(
        r"((?<![0-9a-z.])(?:19|20)\d\d(?=\.\d{1,2}\.\d)|[0-9a-z]+(?:,\d{3}(?!\d))*(?:(?<=\d)\.\d+[a-z]*)?)"
        r"(?:(?<=\d)[万亿]+)?"
    )
    found = [(one.span(), one.span(1)) for one in tokenization._LETTERS.finditer(folded)]
    assert found == [(one.span(), one.span(1)) for one in plain.finditer(folded)]
