"""A pasted draft cut into what is looked up: its sentences, and what it quotes. Nothing of it is lost or changed.

A part is a stretch of the draft that gets one verdict. A sentence with a quotation in it has several: the quotation,
what stands before it (which says whose words they are: a lead, looked up by nobody) and what stands behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.documents.document import Span
from search.quotations.comparing import words_in
from search.text import sentence_rules

# quote: in quotation marks. sentence: the draft's own. lead: says whose words follow. short: too little to look up.
PartKind = Literal["quote", "sentence", "lead", "short"]

# Characters that say something: fewer of them, in a sentence, a quotation, beside one, are met anywhere by chance.
FEWEST, FEWEST_QUOTED, FEWEST_BESIDE = 4, 8, 8
# A longer stretch without an end of a sentence is cut at a clause, else here.
LONGEST = 300
# What is cut at such a place reads well on its own.
_CLAUSE = re.compile("[；;，,、：:]")

# As sentence_rules.CUT: dots may stand for an omission inside a sentence, so they end none.
_ENDS = sentence_rules.CUT
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"|＂[^＂]*＂")
_CITED = re.compile(r"[（(][^（）()]{2,120}[）)]")
# What is before a quotation and says whose it is: it ends so, or is the name of a paper.
_LEADS = re.compile(r"(?:[：:，,]|强调|指出|要求|提出|认为|说|讲|写道|》)$")
_SAYS = re.compile("(?:强调|指出|要求|提出|认为|说|讲|写道)[：:，,]?$")
_LONGEST_LEAD = 80
# Characters before a quotation in which its source is looked for; without a bound a sentence of 4,000 quotations would
# be read 4,000 times.
_LONGEST_CONTEXT = 200
# A line that ends in the middle of a sentence, as texts copied from a PDF have: long, and no mark at its end.
_WRAPPED = 20
_COMPLETE = re.compile(r"[。！？!?；;：:…”’」』）)》]$")
_ITEM = re.compile(r"\s{2}|　|[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]|[一二三四五六七八九十]是")


@dataclass(frozen=True, slots=True)
class Part:
    """draft[begin:end]. whole: of a sentence with quotations in it, the span of all of it, tried first.

    context: the words around a quotation that may claim a source.
    """

    kind: PartKind
    begin: int
    end: int
    whole: Span | None = None
    context: str = ""


def parts(draft: str) -> Iterator[Part]:
    """The parts of a draft in reading order, disjoint; what lies between them is blank or marks of quotation."""
    for begin, end in _paragraphs(draft):
        yield from _of_paragraph(draft, begin, end)


def _paragraphs(draft: str) -> Iterator[Span]:
    """Lines, those joined that were wrapped inside a sentence."""
    begin = at = 0
    for line in draft.splitlines(keepends=True):
        end = at + len(line)
        bare, following = line.rstrip(), draft[end : end + 8]
        wrapped = len(bare.strip()) >= _WRAPPED and not _COMPLETE.search(bare)
        goes_on = following.strip() and following[0] not in "\r\n" and not _ITEM.match(following)
        if not (wrapped and goes_on):
            yield begin, end
            begin = end
        at = end
    if begin < len(draft):
        yield begin, len(draft)


def _of_paragraph(draft: str, begin: int, end: int) -> Iterator[Part]:
    quotes = [(a + 1, b - 1) for a, b in (found.span() for found in _QUOTED.finditer(draft, begin, end))]
    quotes = [span for span in quotes if _is_quotation(draft, *span)]
    for sentence in _sentences(draft, begin, end, quotes):
        inside = quotes[bisect_left(quotes, (sentence[0], 0)) : bisect_left(quotes, (sentence[1], 0))]
        yield from _of_sentence(draft, sentence, inside) if inside else _cut(draft, *sentence, kind="sentence")


def _is_quotation(draft: str, begin: int, end: int) -> bool:
    """A few characters in quotation marks (落实“第一议题”制度) are a name, unless somebody is said to say them."""
    words = words_in(draft[begin:end])
    return words >= (FEWEST if _SAYS.search(draft, max(0, begin - 5), begin - 1) else FEWEST_QUOTED)


def _sentences(draft: str, begin: int, end: int, quotes: list[Span]) -> Iterator[Span]:
    """Ends of sentences inside a quotation end none, but at its own end: “……。”"""
    inside = iter(quotes)
    quote = next(inside, None)
    at = begin
    for found in _ENDS.finditer(draft, begin, end):
        while quote and quote[1] <= found.start():
            quote = next(inside, None)
        if quote and quote[0] <= found.start() and found.end() <= quote[1]:
            continue
        stop = found.end()
        if behind := _CITED.match(draft, stop, end):  # “……。”（会议，2024年3月5日）
            stop = behind.end()
            if stop < end and draft[stop] in "。；":
                stop += 1
        if stop > at:
            yield at, stop
            at = stop
    if at < end:
        yield at, end


def _of_sentence(draft: str, sentence: Span, quotes: list[Span]) -> Iterator[Part]:
    """The stretches of a sentence between its quotations, and these, each with what claims a source for it."""
    begin, end = sentence
    at, whole, said = begin, _bare(draft, begin, end), ""
    for number, (first, last) in enumerate(quotes):
        said = (said + draft[at : first - 1])[-_LONGEST_CONTEXT:]
        yield from _beside(draft, at, first - 1, leads=True)
        behind = quotes[number + 1][0] - 1 if number + 1 < len(quotes) else end
        cited = _CITED.match(draft, last + 1, behind)
        context = said + (cited.group() if cited else "")
        for part in _cut(draft, first, last, kind="quote"):
            yield Part(part.kind, part.begin, part.end, whole, context)
        at = cited.end() if cited else last + 1
        if cited:
            yield Part("lead", *cited.span())
    yield from _beside(draft, at, end, leads=False)


def _beside(draft: str, begin: int, end: int, *, leads: bool) -> Iterator[Part]:
    """What stands beside a quotation; the sentences before the last one of a lead are sentences."""
    begin, end = _bare(draft, begin, end)
    if begin >= end:
        return
    written = draft[begin:end]
    if leads and len(written) <= _LONGEST_LEAD and _LEADS.search(written):
        yield Part("lead", begin, end)
    elif words_in(written) < FEWEST_BESIDE:
        yield Part("short", begin, end)
    else:
        yield from _cut(draft, begin, end, kind="sentence")


def _cut(draft: str, begin: int, end: int, *, kind: PartKind) -> Iterator[Part]:
    """The sentences of a stretch, the longest cut at clauses."""
    at = begin
    stops = [found.end() for found in _ENDS.finditer(draft, begin, end)] if kind == "quote" else []
    for stop in [*stops, end]:
        while stop - at > LONGEST:
            clauses = [found.end() for found in _CLAUSE.finditer(draft, at + LONGEST // 2, at + LONGEST)]
            place = clauses[-1] if clauses else at + LONGEST
            yield from _part(draft, at, place, kind)
            at = place
        yield from _part(draft, at, stop, kind)
        at = stop


def _part(draft: str, begin: int, end: int, kind: PartKind) -> Iterator[Part]:
    begin, end = _bare(draft, begin, end)
    if begin < end:
        yield Part(kind if words_in(draft[begin:end]) >= FEWEST else "short", begin, end)


def _bare(draft: str, begin: int, end: int) -> Span:
    """Without blanks at its ends, and without a mark of quotation there that has no partner inside."""
    while begin < end and (draft[begin].isspace() or draft[begin] in _CLOSERS or _is_alone(draft, begin, begin, end)):
        begin += 1
    while begin < end and _is_edge(draft, begin, _CLOSERS, begin, end):
        begin += 1
    while begin < end and _is_edge(draft, end - 1, _OPENERS, begin, end):
        end -= 1
    return begin, end


def _is_edge(draft: str, at: int, signs: str, begin: int, end: int) -> bool:
    return draft[at].isspace() or draft[at] in signs or _is_alone(draft, at, begin, end)


def _is_alone(draft: str, at: int, begin: int, end: int) -> bool:
    """Whether a mark of quotation has no partner in draft[begin:end]."""
    partner = _PARTNERS.get(draft[at])
    return partner is not None and draft.find(partner, begin, end) < 0


_OPENERS, _CLOSERS = "“‘「『（(", "”’」』）)，,、；;：:。"
_PARTNERS = {"“": "”", "「": "」", "『": "』", "”": "“", "」": "「", "』": "『"}
