"""Wording that texts share word for word: what several regions say alike. Formulas are nobody's, so they do not count.

Linear in the characters of all texts: of each stretch of SHORTEST characters it is kept which texts hold it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from search import text
from search.text import formulas

# Characters that two texts must have in a row to be called alike: of shorter ones most are terms of the trade.
SHORTEST = 10
# Nothing that is shared reaches over the end of a sentence, or over what was left out of a snippet.
_BREAK = re.compile("[\n。！？!?；;…]")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"))
_PART = 8  # characters of a part of a formula that is told from free wording
_NOBODY = set[int]()
_EDGES = "，、：,:　 “”‘’（）()《》—"


@dataclass(frozen=True, slots=True)
class Shared:
    """text[start:end] stands word for word in these other texts, too, by their numbers."""

    start: int
    end: int
    others: tuple[int, ...]


def shared(texts: Sequence[str], shortest: int = SHORTEST) -> list[tuple[Shared, ...]]:
    """Of each text the longest stretches that it shares with others, in reading order, disjoint.

    They begin and end where words do; folding keeps lengths, so they are places in the texts as they are shown.
    """
    folded = [without_formulas(text.fold(one)) for one in texts]
    holders = _holders(folded, shortest)
    return [_shared(one, folded, holders, {number}, shortest) for number, one in enumerate(folded)]


def across(texts: Sequence[str], others: Sequence[str], shortest: int = SHORTEST) -> list[tuple[Shared, ...]]:
    """Of each text the longest stretches that it shares with some of the others, which are numbered among themselves.

    Of the others alone a table is made, so they should be the shorter side."""
    there = [without_formulas(text.fold(one)) for one in others]
    holders = _holders(there, shortest)
    return [_shared(without_formulas(text.fold(one)), there, holders, set(), shortest) for one in texts]


def _holders(folded: Sequence[str], shortest: int) -> dict[str, set[int]]:
    """Stretch of the shortest length -> the texts that hold it."""
    holders: dict[str, set[int]] = {}
    for number, one in enumerate(folded):
        for _, sentence in _sentences(one):
            for gram in _grams(sentence, shortest):
                holders.setdefault(gram, set()).add(number)
    return holders


def _shared(
    one: str, folded: Sequence[str], holders: Mapping[str, set[int]], aside: set[int], shortest: int
) -> tuple[Shared, ...]:
    """aside: the texts that do not count."""
    runs = [
        (begin + start, begin + end, sorted(others))
        for begin, sentence in _sentences(one)
        for start, end, others in _runs(sentence, aside, holders, shortest)
    ]
    held = ((start, end, tuple(o for o in others if one[start:end] in folded[o])) for start, end, others in runs)
    return tuple(Shared(*run) for run in held if run[2])


def in_both(body: str, others: Sequence[str], shortest: int = SHORTEST) -> Iterator[list[tuple[int, int]]]:
    """Of each other folded text the longest stretches of a folded body that stand in it, too, as half-open offsets."""
    body = without_formulas(body)
    sentences = [(begin, sentence, [*_grams(sentence, shortest)]) for begin, sentence in _sentences(body)]
    edges: dict[int, list[int]] = {}
    for other in others:
        holders = {gram: {1} for _, sentence in _sentences(other) for gram in _grams(sentence, shortest)}
        found: list[tuple[int, int]] = []
        for begin, sentence, grams in sentences:
            if not any(gram in holders for gram in grams):
                continue
            if begin not in edges:
                edges[begin] = _word_edges(sentence)
            for start, end in _stretches(grams, holders, shortest):
                first, last = _trimmed(sentence, start, end, edges[begin])
                if last - first >= shortest and sentence[first:last] in other:
                    found.append((begin + first, begin + last))
        yield found


def _stretches(grams: Sequence[str], holders: Mapping[str, object], shortest: int) -> list[tuple[int, int]]:
    """Where grams that are held follow each other, disjoint."""
    found: list[tuple[int, int]] = []
    before = False
    for at, gram in enumerate(grams):
        held = gram in holders
        if held and before and found and at < found[-1][1]:
            found[-1] = (found[-1][0], at + shortest)
        elif held and (not found or at >= found[-1][1]):
            found.append((at, at + shortest))
        before = held
    return found


def without_formulas(folded: str) -> str:
    """The text with a line feed for each character of a formula, so that nothing reaches into one."""
    return formulas.pattern().sub(lambda found: "\n" * len(found[0]), folded)


def _sentences(folded: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for sentence in _BREAK.split(folded):
        yield begin, sentence
        begin += len(sentence) + 1


def _grams(sentence: str, length: int) -> Iterator[str]:
    return (sentence[at : at + length] for at in range(len(sentence) - length + 1))


def _runs(
    sentence: str, aside: set[int], holders: Mapping[str, set[int]], shortest: int
) -> Iterator[tuple[int, int, set[int]]]:
    """(start, end, texts) of the stretches of a sentence whose every part of the shortest length stands in those."""
    runs: list[tuple[int, int, set[int]]] = []
    growing = False
    for at, gram in enumerate(_grams(sentence, shortest)):
        here = holders.get(gram, _NOBODY) - aside
        if growing and (both := runs[-1][2] & here):
            runs[-1] = (runs[-1][0], at + shortest, both)
        else:
            growing = bool(here) and (not runs or at >= runs[-1][1])
            runs += [(at, at + shortest, here)] if growing else []
    edges = _word_edges(sentence) if runs else []
    for start, end, others in runs:
        first, last = _trimmed(sentence, start, end, edges)
        if last - first >= shortest:
            yield first, last, others


def _trimmed(sentence: str, start: int, end: int, edges: Sequence[int]) -> tuple[int, int]:
    """The stretch less what is half a word, a sign or a function word at its ends; nothing of one that is a formula."""
    left, right = start, end
    words = [*edges[bisect_left(edges, start) : bisect_right(edges, end)]]
    while words and _is_edge(sentence, words[0], next(iter(words[1:2]), end)):
        words.pop(0)
    while words and _is_edge(sentence, next(iter(words[-2:-1]), start), words[-1]):
        words.pop()
    if len(words) < 2 or _is_formula(sentence[words[0] : words[-1]]):
        return start, start
    start, end = words[0], words[-1]
    for opening, closing in _PAIRS:
        opened = sentence.count(opening, start, end) - sentence.count(closing, start, end)
        end += opened > 0 and end < right and sentence[end] == closing
        start -= opened < 0 and start > left and sentence[start - 1] == opening
    return start, end


def _is_edge(sentence: str, start: int, end: int) -> bool:
    """Whether what stands there says nothing at the end of a stretch: a sign, 的, 为."""
    word = sentence[start:end]
    return all(char in _EDGES for char in word) or (len(word) == 1 and word in text.stopwords())


def _is_formula(stretch: str) -> bool:
    """Whether little is left of a stretch when the parts of formulas in it are taken away."""
    known, own = _formula_grams(), [True] * len(stretch)
    for at in range(len(stretch) - _PART + 1):
        if stretch[at : at + _PART] in known:
            own[at : at + _PART] = [False] * _PART
    return sum(own) < _PART


@cache
def _formula_grams() -> frozenset[str]:
    folded = (text.fold(row[0]) for row in text.rows("formulas.txt"))
    return frozenset(one[at : at + _PART] for one in folded for at in range(len(one) - _PART + 1))


def _word_edges(sentence: str) -> list[int]:
    edges = {0, len(sentence)}
    for word, at in text.segmented(sentence):
        edges |= {at, at + len(word)}
    return sorted(edges)
