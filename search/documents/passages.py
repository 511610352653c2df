"""The passages of a document, and the text that they are pieces of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import overload

from search.text import fold
from search.text.kept import KeptText

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a paragraph, cut at sentence ends. The passages of a paragraph joined are the paragraph.

    number and paragraph count from 1 through the whole document; the anchor of a passage is #p<number>.
    outline is the place in the speech, outermost first: ("会议明确", "三是"). heading: the passage is a heading.
    """

    number: int
    paragraph: int
    text: str
    outline: tuple[str, ...] = ()
    heading: bool = False


class Passages(Sequence[Passage]):
    """Passages numbered 1, 2 … n, kept as their text and where in it each begins; one is made when it is asked for.

    A card shows five passages of a document that may have hundreds: of a text that an index keeps only they are read.
    Equal to a tuple of the same passages.

    text: passages of a paragraph run on, paragraphs are lines. begins: the offset of each. paragraphs: the number of
    the paragraph that each is of. outlines: the different ones; outline_of: which of them each has. headings: numbers.
    folded: fold() of the text, where it is kept. Raises ValueError where there is not one of each for every passage.
    """

    def __init__(
        self,
        text: str | KeptText,
        begins: Sequence[int],
        paragraphs: Sequence[int],
        outlines: Iterable[tuple[str, ...]],
        outline_of: Sequence[int],
        headings: Iterable[int],
        *,
        folded: KeptText | None = None,
    ) -> None:
        self._text, self._folded = text, folded
        self.begins = tuple(begins)
        self.numbers_of_paragraphs = tuple(paragraphs)
        self.outlines = tuple(outlines)
        self.outline_of = tuple(outline_of)
        self.headings = frozenset(headings)
        if not len(self.begins) == len(self.numbers_of_paragraphs) == len(self.outline_of):
            raise ValueError(f"{len(self.begins)} passages, {len(paragraphs)} paragraphs, {len(outline_of)} outlines")

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> Passages:
        """Themselves, where that is what they are. Raises ValueError where they are not numbered from 1 in their order:
        pages, anchors and engines find them by number."""
        if isinstance(passages, Passages):
            return passages
        begins, pieces, at, paragraph = list[int](), list[str](), 0, 0
        outlines: dict[tuple[str, ...], int] = {}
        for number, one in enumerate(passages, start=1):
            if one.number != number:
                raise ValueError(f"passages are not numbered from 1 in their order: {one.number} is in place {number}")
            if one.paragraph != paragraph and pieces:
                pieces.append("\n")
                at += 1
            paragraph = one.paragraph
            begins.append(at)
            pieces.append(one.text)
            at += len(one.text)
            outlines.setdefault(one.outline, len(outlines))
        made = cls(
            "".join(pieces),
            begins,
            [one.paragraph for one in passages],
            [*outlines],
            [outlines[one.outline] for one in passages],
            [one.number for one in passages if one.heading],
        )
        made._all = tuple(passages)
        return made

    @property
    def text(self) -> str:
        return self._text if isinstance(self._text, str) else self._text.whole

    def cut(self, begin: int, end: int) -> str:
        """A piece of the text."""
        return self._text[begin:end] if isinstance(self._text, str) else self._text.cut(begin, end)

    @cached_property
    def folded(self) -> str:
        return self._folded.whole if self._folded else fold(self.text)

    @property
    def kept(self) -> tuple[KeptText, KeptText]:
        """The text and what it is folded, as an index keeps them."""
        text = KeptText.of(self._text) if isinstance(self._text, str) else self._text
        return text, self._folded or KeptText.of(self.folded)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Of each passage, in the text."""
        behind = (
            begin - (one != other)
            for begin, (one, other) in zip(self.begins[1:], pairwise(self.numbers_of_paragraphs), strict=True)
        )
        return tuple(zip(self.begins, (*behind, len(self._text)), strict=False))

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """Of each paragraph the place of its first passage."""
        changes = enumerate(pairwise(self.numbers_of_paragraphs), start=1)
        return (*((0,) if self.begins else ()), *(at for at, (one, other) in changes if one != other))

    @cached_property
    def paragraph_spans(self) -> tuple[Span, ...]:
        begins = [self.begins[first] for first in self.firsts]
        return tuple(zip(begins, (*(begin - 1 for begin in begins[1:]), len(self._text)), strict=False))

    def span(self, at: int) -> Span:
        """Of the passage in this place, found without those of all."""
        if at + 1 == len(self.begins):
            return self.begins[at], len(self._text)
        return self.begins[at], self.begins[at + 1] - (
            self.numbers_of_paragraphs[at] != self.numbers_of_paragraphs[at + 1]
        )

    def paragraph_span(self, number: int) -> Span:
        """Of the paragraph with this number, likewise."""
        first = bisect_left(self.numbers_of_paragraphs, number)
        behind = bisect_right(self.numbers_of_paragraphs, number, first)
        return self.begins[first], self.begins[behind] - 1 if behind < len(self.begins) else len(self._text)

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text[begin:end] for begin, end in self.paragraph_spans)

    @cached_property
    def _all(self) -> tuple[Passage, ...]:
        return tuple(map(self._made, range(len(self))))

    def _made(self, at: int) -> Passage:
        begin, end = self.span(at)
        return Passage(
            at + 1,
            self.numbers_of_paragraphs[at],
            self.cut(begin, end),
            self.outlines[self.outline_of[at]],
            at + 1 in self.headings,
        )

    def __len__(self) -> int:
        return len(self.begins)

    def __iter__(self) -> Iterator[Passage]:
        return iter(self._all)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        found = range(len(self.begins))[at]
        return self._made(found) if isinstance(found, int) else tuple(map(self._made, found))

    def __eq__(self, other: object) -> bool:
        return self._all == (other._all if isinstance(other, Passages) else other)

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)
