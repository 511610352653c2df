"""What is answered from Whoosh's own postings, through its public reader and matcher interfaces.

The reference that the columns are compared with, and the way without numpy.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

from search import text
from search.engines import Entry
from search.engines.whoosh.fields import BEGINS
from search.index.analysis import PASSAGE_STRIDE
from search.index.schema import FIELDS
from search.matching.postings import Unit


class DocumentFacts:
    """What is small and asked for by every query, read once a generation: names, dates, lengths, facets."""

    def __init__(self, reader: IndexReader) -> None:
        self.everything = frozenset(reader.all_doc_ids())
        # An index without documents has no columns.
        names, dates, lengths = (
            reader.column_reader(name) if self.everything else () for name in ("name", "date", "length")
        )
        self.names = {doc: names[doc].decode("ascii") for doc in self.everything}
        near = reader.column_reader("near") if self.everything else ()
        self.groups = {doc: near[doc].decode("ascii") for doc in self.everything if near[doc]}
        self.dates = {doc: dates[doc].decode("ascii") for doc in self.everything if dates[doc]}
        self.lengths = array("i", lengths)
        self.mean = sum(self.lengths[doc] for doc in self.everything) / max(1, len(self.everything))
        self.facets = {
            field.name: {
                value.decode("utf-8"): frozenset(numbers_of(reader, field.name, value.decode("utf-8")))
                for value in reader.lexicon(field.name)
            }
            for field in FIELDS
            if field.kind == "facet"
        }


def catalogue(reader: IndexReader, facts: DocumentFacts) -> dict[str, Entry]:
    """id -> its entry. Every line of a body ends in a pair with a line feed, so these are counted."""
    lines: Counter[int] = Counter()
    for pair in reader.lexicon("grams"):
        if len(term := pair.decode("utf-8")) == 2 and term.endswith("\n"):
            lines.update({doc: len(places) for doc, places in _places(reader, "grams", term).items()})
    regions = {doc: value for value, docs in sorted(facts.facets["region"].items(), reverse=True) for doc in docs}
    return {
        facts.names[doc]: Entry(
            date=facts.dates.get(doc, ""),
            region=regions.get(doc, ""),
            characters=facts.lengths[doc] - max(0, lines[doc] - 1),
            group=facts.groups.get(doc, ""),
        )
        for doc in facts.everything
    }


class WhooshPostings:
    """matching.postings.Postings over one Whoosh reader."""

    def __init__(self, reader: IndexReader, facts: DocumentFacts, cuts: Mapping[bool, Sequence[bytes]]) -> None:
        self._reader = reader
        self._facts = facts
        self._cuts = cuts

    def literal(self, text: str, *, title: bool) -> dict[int, list[int]]:
        field = "title_grams" if title else "grams"
        if len(text) == 1:
            return self._single(field, text)
        pairs = sorted({*range(0, len(text) - 1, 2), len(text) - 2})
        found = self._adjacent(field, [(text[at : at + 2], at) for at in pairs])
        return {doc: _apart(starts, len(text)) for doc, starts in found.items()}

    def is_whole(self, document: int, start: int, end: int, *, title: bool) -> bool:
        return text.is_whole(self._cuts[title][document], start, end)

    def together(self, words: tuple[str, ...]) -> dict[int, dict[int, int]]:
        held: dict[int, dict[int, int]] | None = None
        for word in words:
            places = _places(self._reader, "words", word, held)
            inside = {doc: dict(Counter(at // PASSAGE_STRIDE for at in spots)) for doc, spots in places.items()}
            held = inside if held is None else _least(held, inside)
        return held or {}

    def begins(self, documents: Iterable[int], unit: Unit) -> Mapping[int, Sequence[int]]:
        return _places(self._reader, "grams", BEGINS[unit], documents)

    def everything(self) -> frozenset[int]:
        return self._facts.everything

    def facet(self, field: str) -> Mapping[str, frozenset[int]]:
        return self._facts.facets[field]

    def dates(self) -> Mapping[int, str]:
        return self._facts.dates

    def group(self, document: int) -> str:
        return self._facts.groups.get(document, "")

    def length(self, document: int) -> int:
        return self._facts.lengths[document]

    def mean_length(self) -> float:
        return self._facts.mean

    def name(self, document: int) -> str:
        return self._facts.names[document]

    def _single(self, field: str, char: str) -> dict[int, list[int]]:
        """One character: every pair that begins with it, the last character of a paragraph being paired too."""
        found: dict[int, list[int]] = {}
        for term in self._reader.expand_prefix(field, char):
            for doc, places in _places(self._reader, field, term.decode("utf-8")).items():
                found.setdefault(doc, []).extend(places)
        return {doc: sorted(places) for doc, places in found.items()}

    def _adjacent(self, field: str, pairs: list[tuple[str, int]]) -> dict[int, list[int]]:
        """Where all pairs stand at their distances from one start; the rarest is read first."""
        rarest_first = sorted(pairs, key=lambda pair: self._reader.doc_frequency(field, pair[0]))
        found: dict[int, list[int]] | None = None
        for pair, distance in rarest_first:
            places = _places(self._reader, field, pair, found)
            starts = {doc: [at - distance for at in spots] for doc, spots in places.items()}
            if found is not None:
                met = {doc: sorted(set(found[doc]).intersection(at)) for doc, at in starts.items()}
                starts = {doc: at for doc, at in met.items() if at}
            found = starts
            if not found:
                break
        return found or {}


def _places(reader: IndexReader, field: str, term: str, only: Iterable[int] | None = None) -> dict[int, list[int]]:
    """document -> positions of a term, of all documents or of those asked for."""
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return {}
    found = {}
    for doc in _walk(matcher) if only is None else _leap(matcher, sorted(only)):
        found[doc] = matcher.value_as("positions")
    return found


def _walk(matcher: Matcher) -> Iterator[int]:
    while matcher.is_active():
        yield matcher.id()
        matcher.next()


def _leap(matcher: Matcher, wanted: list[int]) -> Iterator[int]:
    for doc in wanted:
        if not matcher.is_active():
            return
        if matcher.id() < doc:
            matcher.skip_to(doc)
        if matcher.is_active() and matcher.id() == doc:
            yield doc


def _least(held: dict[int, dict[int, int]], more: dict[int, dict[int, int]]) -> dict[int, dict[int, int]]:
    """document -> passage -> the smaller count, where both have the passage."""
    met = {doc: {p: min(n, held[doc][p]) for p, n in counts.items() if p in held[doc]} for doc, counts in more.items()}
    return {doc: counts for doc, counts in met.items() if counts}


def numbers_of(reader: IndexReader, field: str, term: str) -> Iterator[int]:
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return
    yield from matcher.all_ids()


def _apart(starts: list[int], length: int) -> list[int]:
    """The starts that don't overlap one before, as str.count() counts."""
    kept: list[int] = []
    for start in starts:
        if not kept or start >= kept[-1] + length:
            kept.append(start)
    return kept
