"""What an index holds of a document's text, worked out once and apart from any engine, so that any process can do it.

Nothing here depends on what is said of a document beside its title and text.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from operator import add
from typing import TypeAlias

from search import text
from search.documents.document import Document
from search.documents.outline import item_begins
from search.text import formulas

Numbers: TypeAlias = "array[int]"
Placed = Iterator[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Terms in the order they stand in, each as often as it stands there, and the place of each."""

    terms: Sequence[str]
    places: Numbers

    def __len__(self) -> int:
        return len(self.terms)

    def placed(self, begin: int) -> Placed:
        """(place, term), the places counted from begin."""
        return zip(map(begin.__add__, self.places), self.terms, strict=True)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Each pair of characters of a folded text that begins in a line, at its offset; the last one of a line is with its
    line feed."""

    text: str

    def __len__(self) -> int:
        return len(self.text)

    def placed(self, begin: int) -> Placed:
        """(offset, pair), the offsets counted from begin."""
        return chain.from_iterable(self._lines(begin))

    def _lines(self, begin: int) -> Iterator[Placed]:
        for line in self.text.split("\n"):
            yield enumerate(map(add, line, line[1:] + "\n"), begin)
            begin += len(line) + 1


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an index holds of one document's text; engines take of it what they need.

    words: of title and passages, with their figures, positions as PASSAGE_STRIDE says. title_grams, grams: pairs of
    characters of the folded title and body. passages, sentences, headings (which are passages), items (headings, and
    the sentences that name an item of a list): the offsets in the body at which each begins. word_begins: those at
    which the words of the coarse cut begin. title_cuts, cuts: where words may begin and end, as text.cuts() makes them.
    terms: those of the lexicon. content: what content_words() gives.
    """

    words: Words
    title_grams: Pairs
    grams: Pairs
    passages: Numbers
    sentences: Numbers
    headings: Numbers
    items: Numbers
    word_begins: Numbers
    title_cuts: bytes
    cuts: bytes
    terms: tuple[str, ...]
    content: tuple[tuple[str, int], ...]

    @property
    def length(self) -> int:
        """Characters of the body."""
        return len(self.grams)

    def passage_words(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(passage, its words and figures as often as they stand there), ascending; 0 is the title."""
        held: dict[int, list[str]] = {}
        for position, word in self.words.placed(0):
            held.setdefault(position // PASSAGE_STRIDE, []).append(word)
        return ((passage, tuple(held[passage])) for passage in sorted(held))


def analysed(document: Document) -> Analysis:
    title, begins, body = text.fold(document.metadata.title.value), document.offsets, text.fold(document.text)
    # Folding knows no context, so a passage's own is part of the whole.
    passages = [body[at : at + len(one.text)] for at, one in zip(begins, document.passages, strict=True)]
    in_title, *in_passages = cut = [text.cut(piece) for piece in (title, *passages)]
    places = list(chain.from_iterable(map(at.__add__, own[1]) for at, own in zip(begins, in_passages, strict=True)))
    words = list(chain.from_iterable(own[0] for own in in_passages))
    return Analysis(
        words=_words([own[0] for own in cut], (title, *passages)),
        title_grams=Pairs(title),
        grams=Pairs(body),
        passages=_numbers(begins),
        sentences=_numbers(text.sentences(body)),
        headings=_numbers(at for at, passage in zip(begins, document.passages, strict=True) if passage.heading),
        items=_numbers(item_begins(document)),
        word_begins=array("I", places),
        title_cuts=text.cuts(title, *in_title),
        cuts=text.cuts(body, words, places),
        terms=text.terms_in(f"{title}\n{body}"),
        content=_content([own[0] for own in cut], (title, *passages)),
    )


def content_words(pieces: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The words of folded texts by which likeness is judged, each with how often it stands there, in their order.

    Words of two characters or more; function words, and what stands in a formula (lexicon/formulas.txt), are none.
    """
    return _content([text.cut(piece)[0] for piece in pieces], pieces)


def _content(cut: Sequence[Sequence[str]], pieces: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """cut: the words of each piece; a piece with a formula is cut again without it."""
    counts: Counter[str] = Counter()
    for words, piece in zip(cut, pieces, strict=True):
        rest = formulas.pattern().sub("。", piece)
        counts.update(words if rest == piece else text.cut(rest)[0])
    return tuple((word, times) for word, times in counts.items() if text.is_content(word))


def _words(cut: Iterable[Iterable[str]], pieces: Iterable[str]) -> Words:
    """cut: the words of the title and of each passage, pieces: their texts. Words inside a word share its place."""
    words, places = list[str](), list[int]()
    for number, found in enumerate(cut):
        held = list(map(text.held, found))
        # What holds nothing, a sign, takes no place.
        begins = accumulate(map(bool, held), initial=number * PASSAGE_STRIDE)
        words += chain.from_iterable(held)
        places += chain.from_iterable(map(repeat, begins, map(len, held)))
    for number, piece in enumerate(pieces):
        for figure in text.figures(piece):
            words.append(figure)
            places.append(number * PASSAGE_STRIDE)
    return Words(words, _numbers(places))


def _numbers(values: Iterable[int]) -> Numbers:
    return array("I", values)


# The words field numbers its positions passage * PASSAGE_STRIDE + word, so that two words are in one passage when
# position // PASSAGE_STRIDE is equal; a passage has at most 2,000 characters. The title is passage 0.
PASSAGE_STRIDE = 2048
