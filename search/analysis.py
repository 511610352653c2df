"""What an index holds of a document's text, worked out once and apart from any engine, so that any process can do it.

Nothing here depends on what is said of a document beside its title and text.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add
from typing import TypeAlias

from search import text, vocabulary
from search.model import Document
from search.schema import PASSAGE_STRIDE

Numbers: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms of a field, each once; how often each; and the places of all of them, one term after the other."""

    terms: tuple[str, ...]
    counts: Numbers
    places: Numbers


@dataclass(frozen=True, slots=True)
class Analysis:
    """words: of title and passages, with their figures, placed as PASSAGE_STRIDE says. grams: of the folded text.

    cuts: as text.cuts() makes them. passages, sentences, headings (passages too): where in the folded text they begin.
    terms: those of the lexicon. length: characters of the text.
    """

    words: Postings
    title_grams: Postings
    grams: Postings
    title_cuts: bytes
    cuts: bytes
    passages: Numbers
    sentences: Numbers
    headings: Numbers
    terms: tuple[str, ...]
    length: int


def analysed(document: Document) -> Analysis:
    title, passages = text.fold(document.title.value), [text.fold(passage.text) for passage in document.passages]
    begins, body = _joined([passage.paragraph for passage in document.passages], passages)
    cut = [[(at, word) for word, at in text.segmented(piece)] for piece in (title, *passages)]
    placed = [(begin + at, word) for begin, found in zip(begins, cut[1:], strict=True) for at, word in found]
    grams = _grams(body)
    return Analysis(
        words=_postings(_words(cut) | _figures((title, *passages))),
        title_grams=_postings(_grams(title)),
        grams=_postings(grams),
        title_cuts=text.cuts(len(title), cut[0]),
        cuts=text.cuts(len(body), placed),
        passages=_numbers(begins),
        sentences=_numbers(text.sentences(body)),
        headings=_numbers(at for at, passage in zip(begins, document.passages, strict=True) if passage.heading),
        terms=vocabulary.terms_in(f"{title}\n{body}"),
        length=len(body),
    )


def _joined(paragraphs: Sequence[int], passages: Sequence[str]) -> tuple[list[int], str]:
    """Where each passage begins in the text, and the text: passages of a paragraph run on, paragraphs are lines."""
    begins, pieces, at = list[int](), list[str](), 0
    for number, (paragraph, passage) in enumerate(zip(paragraphs, passages, strict=True)):
        if number and paragraph != paragraphs[number - 1]:
            pieces.append("\n")
            at += 1
        begins.append(at)
        pieces.append(passage)
        at += len(passage)
    return begins, "".join(pieces)


def _words(cut: Iterable[Iterable[tuple[int, str]]]) -> dict[str, list[int]]:
    """word -> its places; cut: the words of the title and of each passage. Words inside a word share its place."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(cut):
        place = number * PASSAGE_STRIDE
        for _, word in found:
            terms = text.held(word)
            for term in terms:
                places[term].append(place)
            place += bool(terms)
    return places


def _figures(pieces: Iterable[str]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for figure in text.figures(piece):
            places[figure].append(number * PASSAGE_STRIDE)
    return places


def _grams(folded: str) -> dict[str, list[int]]:
    """Each pair of characters that begins in a line, the last one of a line with its line feed -> its offsets."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, gram in enumerate(map(add, folded, folded[1:] + "\n")):
        places[gram].append(at)
    return {gram: found for gram, found in places.items() if gram[0] != "\n"}


def _postings(places: Mapping[str, Sequence[int]]) -> Postings:
    return Postings(tuple(places), _numbers(map(len, places.values())), _numbers(chain.from_iterable(places.values())))


def _numbers(values: Iterable[int]) -> Numbers:
    return array("I", values)
