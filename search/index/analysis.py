"""What an index holds of a document's text, worked out once and apart from any engine, so that any process can do it.

Nothing here depends on what is said of a document beside its title and text.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import add, attrgetter
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

    def __reduce__(self) -> tuple[Callable[[str, Numbers], Words], tuple[str, Numbers]]:
        """One string goes from process to process in half of the time that many take; no term has a line feed."""
        return _of_joined, ("\n".join(self.terms), self.places)

    def placed(self, begin: int) -> Placed:
        """(place, term), the places counted from begin."""
        return zip(map(begin.__add__, self.places), self.terms, strict=True)


def _of_joined(terms: str, places: Numbers) -> Words:
    return Words(terms.split("\n") if terms else [], places)


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
    title, begins, body = text.fold(document.metadata.title.value), document.offsets, document.laid_out.folded
    # Folding knows no context, so a passage's own is part of the whole.
    pieces = (title, *(body[at : at + len(one.text)] for at, one in zip(begins, document.passages, strict=True)))
    cut = [text.cut(piece) for piece in pieces]
    found = [list(map(text.cut_word, words)) for words, _ in cut]
    (_, in_title), *in_passages = cut
    places = list(chain.from_iterable(map(at.__add__, own) for at, (_, own) in zip(begins, in_passages, strict=True)))
    return Analysis(
        words=_words(found, pieces),
        title_grams=Pairs(title),
        grams=Pairs(body),
        passages=_numbers(begins),
        sentences=_numbers(text.sentences(body)),
        headings=_numbers(at for at, passage in zip(begins, document.passages, strict=True) if passage.heading),
        items=_numbers(item_begins(document)),
        word_begins=array("I", places),
        title_cuts=text.cuts_of(title, [one.inside for one in found[0]], in_title),
        cuts=text.cuts_of(body, [one.inside for own in found[1:] for one in own], places),
        terms=text.terms_in(f"{title}\n{body}"),
        content=_content([words for words, _ in cut], found, pieces),
    )


def content_words(pieces: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The words of folded texts by which likeness is judged, each with how often it stands there, heaviest first.

    Words of two characters or more; function words, and what stands in a formula (lexicon/formulas.txt), are none.
    """
    cut = [text.cut(piece)[0] for piece in pieces]
    return _content(cut, [map(text.cut_word, words) for words in cut], pieces)


def _content(
    cut: Sequence[Sequence[str]], found: Iterable[Iterable[text.CutWord]], pieces: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """cut, found: the words of each piece and what they are; a piece with a formula is cut again without it."""
    counted: list[str] = []
    for words, own, piece in zip(cut, found, pieces, strict=True):
        rest = formulas.pattern().sub("。", piece)
        if rest != piece:
            words = text.cut(rest)[0]
            own = map(text.cut_word, words)
        counted += compress(words, map(attrgetter("content"), own))
    return heaviest_first(Counter(counted).items())


def heaviest_first(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Words by how often they stand there and how long they are: the most that one can weigh, however rare it is."""
    return tuple(sorted(counts, key=lambda one: -one[1] * len(one[0])))


def _words(found: Iterable[Iterable[text.CutWord]], pieces: Iterable[str]) -> Words:
    """found: the words of the title and of each passage, pieces: their texts. Words inside a word share its place."""
    words, places = list[str](), list[int]()
    for number, own in enumerate(found):
        # What holds nothing, a sign, takes no place. Two thirds of the time that repeat() for each word took.
        held = list(filter(None, map(attrgetter("held"), own)))
        words += chain.from_iterable(held)
        places += [at for at, one in enumerate(held, number * PASSAGE_STRIDE) for _ in one]
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
