"""Where in a document a sentence stands, or what of it comes nearest: from fragments of it that stand there whole.

Pure: it reads the document. A fragment that stands where it should fixes the rest beside it, so that characters are
held against each other for the few between two fragments alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from search import text
from search.documents.document import Document, Span
from search.quotations.comparing import Compact, is_word
from search.text.item_marks import marker

# Characters of a sentence at least, and of its fragments; and the most of these: with fewer changes than there are
# fragments, one of them stands. A sentence of fewer characters is looked for whole only.
_FRAGMENTS, _MOST = ((24, 8), (8, 4), (6, 3)), 6
# Places of a fragment in a document that are tried, and characters by which two fragments may have moved apart.
_PLACES, _MOVED = 40, 12
# Characters beyond the last fragment found that are held against those of the document; of more, as many are taken.
_HELD_AGAINST = 24
# Where a clause ends; 、 is inside one, for what stands before a list holds for all of it: 严禁搭车收费、强制服务.
_CLAUSE_END = re.compile(r"[。，；：！？!?;:“”‘’「」『』（）()\n\u3000…]|,(?!\d)")
_STOP = re.compile(r"[，。；：！？、,.;:!?]+$")
# Characters of a clause beside a stretch that are looked at.
_CLAUSE = 60


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of a folded sentence that begins at an offset of it."""

    at: int
    text: str


def fragments(folded: str) -> tuple[Fragment, ...]:
    """Runs spread evenly over a sentence, disjoint; none of a short one. The stop behind it is another in a list."""
    length = len(_STOP.sub("", folded))
    size = next((size for least, size in _FRAGMENTS if length >= least), 0)
    if not size:
        return ()
    count = min(_MOST, length // size)
    room = length - size
    begins = [room * number // (count - 1) for number in range(count)]
    return tuple(Fragment(at, folded[at : at + size]) for at in begins)


@dataclass(frozen=True)
class Body:
    """A document as it is searched here: title and paragraphs without blanks, line ends and invisible characters."""

    document: Document

    @cached_property
    def whole(self) -> str:
        return f"{self.document.metadata.title.value}\n{self.document.text}"

    @cached_property
    def compact(self) -> Compact:
        return Compact.of(self.whole)

    @cached_property
    def folded(self) -> str:
        return text.fold(self.compact.text)

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        """Where the title and each passage begin in what was written."""
        shift = len(self.document.metadata.title.value) + 1
        return (0, *(at + shift for at in self.document.offsets))

    def passages(self, span: Span) -> tuple[int, int]:
        """The numbers of the first and the last passage of a stretch of the compact text; 0 is the title."""
        begin, end = self.compact.span(*span)
        return bisect_right(self._begins, begin) - 1, bisect_right(self._begins, end - 1) - 1

    def written(self, span: Span) -> str:
        return self.compact.text[slice(*span)]

    def beside(self, span: Span) -> tuple[str, str]:
        """What else there is of the clauses in which a stretch begins and ends: before it, but for the mark of an item,
        and behind it."""
        begin, end = self.compact.span(*span)
        before = [found.end() for found in _CLAUSE_END.finditer(self.whole, max(0, begin - _CLAUSE), begin)]
        behind = _CLAUSE_END.search(self.whole, end - 1, end + _CLAUSE)
        first = before[-1] if before else max(0, begin - _CLAUSE)
        last = behind.start() if behind else min(len(self.whole), end + _CLAUSE)
        left_out = self.whole[first:begin].strip()
        mark = marker(left_out)
        return "" if mark and mark.end == len(left_out) else left_out, self.whole[end:last].strip()


def exact(body: Body, sentence: str, folded: str) -> Span | None:
    """Where a sentence stands, character for character where it does anywhere, else folded; best as whole clauses."""
    for there, wanted in ((body.compact.text, sentence), (body.folded, folded)):
        spans = [(at, at + len(folded)) for at in _places(there, wanted)]
        if spans:
            return min(spans, key=lambda span: any(body.beside(span)))
    return None


def nearest(body: Body, folded: str, parts: Sequence[Fragment]) -> Span | None:
    """The stretch of a document in which most fragments stand in their places; None where none does."""
    anchors = _anchors(body, parts)
    if anchors is None:
        return None
    first, last = anchors
    begin = _begin(body.folded, first[0], folded[: first[1].at])
    end = _end(body.folded, last[0] + len(last[1].text), folded[last[1].at + len(last[1].text) :])
    return begin, end


def common(body: Body, parts: Sequence[Fragment]) -> Span | None:
    """From the first to the last of those fragments, and nothing that was only taken to stand beside them."""
    anchors = _anchors(body, parts)
    return (anchors[0][0], anchors[1][0] + len(anchors[1][1].text)) if anchors else None


def _anchors(body: Body, parts: Sequence[Fragment]) -> tuple[tuple[int, Fragment], tuple[int, Fragment]] | None:
    """The first and the last of the fragments that stand in their places, each with its place; None where none does."""
    found = [(place - part.at, place, part) for part in parts for place in _places(body.folded, part.text)]
    if not found:
        return None
    votes = Counter[int]()
    for shift, _, _ in found:
        votes[shift // _MOVED] += 1
    best = max(votes, key=lambda one: (votes[one] + votes[one + 1], votes[one], -one))
    near = [(place, part) for shift, place, part in found if shift // _MOVED in (best, best + 1)]
    first, last = min(near, key=lambda one: one[1].at), max(near, key=lambda one: one[1].at)
    return first, last if last[0] >= first[0] else first


def _places(folded: str, string: str) -> Iterator[int]:
    at = folded.find(string)
    for _ in range(_PLACES):
        if at < 0:
            return
        yield at
        at = folded.find(string, at + 1)


def _begin(folded: str, end: int, head: str) -> int:
    """Where head begins, which should stand before folded[end]."""
    before = folded[max(0, end - len(head) - _MOVED) : end]
    return end - _reach(head[::-1], before[::-1])


def _end(folded: str, begin: int, tail: str) -> int:
    return begin + _reach(tail, folded[begin : begin + len(tail) + _MOVED])


def _reach(wanted: str, there: str) -> int:
    """How many of the characters of there, from its beginning, are the nearest to wanted by the changes it takes."""
    same = next(
        (at for at, (a, b) in enumerate(zip(wanted, there, strict=False)) if a != b), min(len(wanted), len(there))
    )
    if same == len(wanted):
        return same
    rest, beside = wanted[same:], there[same:]
    if len(rest) > _HELD_AGAINST:
        return min(len(wanted), len(there))
    row = [*range(len(beside) + 1)]
    says = is_word(beside)
    for number, (char, is_said) in enumerate(zip(rest, is_word(rest), strict=True), 1):
        before, row = row, [number]
        for at, other in enumerate(beside):
            # A stop in place of a character is none: the draft ends a heading with 。, and the next paragraph begins.
            instead = 2 if is_said != says[at] else char != other
            row.append(min(before[at] + instead, before[at + 1] + 1, row[at] + 1))
    # Of equals the one that ends alike: 要推动六成 is nearer to 要六成 than 动六成 is.
    alike = [at > 0 and beside[at - 1] == rest[-1] for at in range(len(row))]
    return same + min(range(len(row)), key=lambda at: (row[at] + (not alike[at]), not alike[at], abs(at - len(rest))))
