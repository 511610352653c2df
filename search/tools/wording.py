"""Wording that texts share word for word: what several regions say alike. Formulas are nobody's, so they do not count.

Linear in the characters of all texts: of each stretch of SHORTEST characters it is kept which texts hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import text
from search.text import formulas

# Characters that two texts must have in a row to be called alike: of shorter ones most are terms of the trade.
SHORTEST = 10
# Nothing that is shared reaches over the end of a sentence, or over what was left out of a snippet.
_BREAK = re.compile("[\n。！？!?；;…]")
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
    holders: dict[str, set[int]] = {}
    for number, one in enumerate(folded):
        for _, sentence in _sentences(one):
            for gram in _grams(sentence, shortest):
                holders.setdefault(gram, set()).add(number)
    found: list[tuple[Shared, ...]] = []
    for number, one in enumerate(folded):
        runs = [
            (begin + start, begin + end, sorted(others))
            for begin, sentence in _sentences(one)
            for start, end, others in _runs(sentence, number, holders, shortest)
        ]
        held = ((start, end, tuple(o for o in others if one[start:end] in folded[o])) for start, end, others in runs)
        found.append(tuple(Shared(*run) for run in held if run[2]))
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
    sentence: str, number: int, holders: Mapping[str, set[int]], shortest: int
) -> Iterator[tuple[int, int, set[int]]]:
    """(start, end, texts) of the stretches of a sentence whose every part of the shortest length stands in those."""
    runs: list[tuple[int, int, set[int]]] = []
    growing = False
    for at, gram in enumerate(_grams(sentence, shortest)):
        here = holders[gram] - {number}
        if growing and (both := runs[-1][2] & here):
            runs[-1] = (runs[-1][0], at + shortest, both)
        else:
            growing = bool(here) and (not runs or at >= runs[-1][1])
            runs += [(at, at + shortest, here)] if growing else []
    edges = _word_edges(sentence) if runs else set()
    for start, end, others in runs:
        first, last = _trimmed(sentence, start, end, edges)
        if last - first >= shortest:
            yield first, last, others


def _trimmed(sentence: str, start: int, end: int, edges: set[int]) -> tuple[int, int]:
    """The stretch less what is half a word, or a sign, at its ends."""
    while start < end and (start not in edges or sentence[start] in _EDGES):
        start += 1
    while end > start and (end not in edges or sentence[end - 1] in _EDGES):
        end -= 1
    return start, end


def _word_edges(sentence: str) -> set[int]:
    edges = {0, len(sentence)}
    for word, at in text.segmented(sentence):
        edges |= {at, at + len(word)}
    return edges
