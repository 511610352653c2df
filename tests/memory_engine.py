"""The smallest engine that keeps the contract: it reads every document for every question. What a replacement has to
do is on this page; it shares no evaluation with the real ones, so that agreement is proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from memory_document import (
    LEVEL_OF,
    NAMED,
    any_excluded,
    body_edges,
    body_of,
    content_of,
    kind_of,
    lacks_quoted,
    lengths_of,
    passages_placed,
    passages_with,
    said_by,
    spans_of,
    standing_of,
    title_edges,
    title_of,
    way_met,
)

from search import text
from search.documents.document import Document
from search.documents.siblings import Siblings
from search.engines import Entry, Progress, Step, Stored
from search.engines.notes import Notes, pieces
from search.errors import Busy, IndexUnusable
from search.index.analysis import Analysis
from search.index.schema import LISTED, facet_values
from search.index.vocabulary import EntryKind, Vocabulary
from search.index.vocabulary_changes import made
from search.matching import loosening, scoring
from search.matching.gathering import Gathering, gathered
from search.matching.matches import MATCHES, SCRAPS, Match, Matches, Reason, Tier
from search.query.clauses import (
    Filter,
    Query,
    Term,
    positive_terms,
)
from search.text import lexicon_terms


class MemoryEngine:
    def __init__(
        self, documents: Iterable[Document], notes: Mapping[str, str] | None = None, generation: str = "memory"
    ) -> None:
        self._documents = {document.id: document for document in documents}
        self._notes = dict(notes or {})
        self.documents = len(self._documents)
        self.generation = generation
        self.is_fallback = False
        self.published: datetime | None = datetime.now()

    def everything(self) -> list[Document]:
        return list(self._documents.values())

    def find_each(self, queries: Sequence[Query], *, limit: int) -> list[Matches]:
        return [self.find(query, limit=limit, offset=0) for query in queries]

    def first(self, queries: Sequence[Query], *, limit: int) -> list[list[str]]:
        return [[match.id for match in found.ranked] for found in self.find_each(queries, limit=limit)]

    def count(self, queries: Sequence[Query]) -> list[int]:
        return [found.documents for found in self.find_each(queries, limit=0)]

    def fetch(self, ids: Sequence[str], *, whole: bool = False) -> dict[str, Stored]:
        there = [self._documents[id] for id in ids if id in self._documents]
        return {
            one.id: Stored(one, (title_edges(one), body_edges(one)), content_of(one).encode("utf-8")).shown(whole=whole)
            for one in there
        }

    def gather(self, ids: Sequence[str], weights: Mapping[str, float]) -> dict[str, Gathering]:
        found = {id: gathered(self._documents[id], weights) for id in ids if id in self._documents}
        return {id: one for id, one in found.items() if one.words}

    def holding_in_order(self, strings: Sequence[str], steps: Sequence[Step]) -> tuple[str, ...] | None:
        return None

    def holding_parted(self, characters: str, step: Step, *, joined: bool) -> tuple[str, ...] | None:
        return None

    def catalogue(self) -> dict[str, Entry]:
        return {id: _entry(one) for id, one in self._documents.items()}

    def note(self, name: str) -> str | None:
        return self._notes.get(name)

    def damage_behind(self, error: Exception) -> IndexUnusable | None:
        return None

    def vocabulary(self) -> Vocabulary:
        everything = list(self._documents.values())
        texts = [f"{title_of(one)}\n{body_of(one)}" for one in everything]
        passages = [[title_of(one), *(piece for _, piece in passages_placed(one))] for one in everything]
        words = [{t.text for piece in pieces for t in text.tokens(piece, fine=True)} for pieces in passages]
        held: dict[EntryKind, Counter[str]] = {
            "word": Counter(word for found in words for word in found),
            "term": Counter(term for folded in texts for term in lexicon_terms() if term in folded),
            "title": Counter(one.metadata.title.value for one in everything),
        }
        for kind in ("region", "speaker", "year"):
            held[kind] = Counter(value for one in everything for value in facet_values(one, kind))
        return made(held)

    def find(self, query: Query, *, limit: int, offset: int) -> Matches:
        kinds = {id: kind for id, one in self._documents.items() if (kind := kind_of(one, query))}
        crossed = [id for id, kind in kinds.items() if kind == "cross_word"]
        if len(crossed) < len(kinds):
            kinds = {id: kind for id, kind in kinds.items() if kind != "cross_word"}
        partial = self._partial(query, kinds)
        kinds |= dict.fromkeys(partial, "partial")

        def fits(id: str, but: str = "") -> bool:
            return _fits_filters(self._documents[id], [f for f in query.filters if f.field != but or f.excluded])

        matches = [
            Match(id, kind, partial[id], 0, LEVEL_OF[kind]) if id in partial else self._match(id, kind, query)
            for id, kind in kinds.items()
            if fits(id)
        ]
        cards: list[Match] = []
        groups: set[str] = set()
        first = sorted((one for one in matches if one.reasons), key=_relevance)[: scoring.CANDIDATES]
        matches = [self._deeper(match, query) if match in first else match for match in matches]
        listed = [match for match in matches if query.way in ("", match.kind)]
        for match in sorted(listed, key=lambda match: self._place(match, query)):
            group = self._documents[match.id].near[:1]
            if not group or group[0] not in groups:
                cards.append(match)
            groups |= set(group)
        facets = {
            name: Counter(v for id in kinds if fits(id, name) for v in facet_values(self._documents[id], name))
            for name in (field.name for field in LISTED)
        }
        return Matches(
            documents=len(matches),
            occurrences=sum(match.occurrences for match in matches),
            ranked=tuple(cards[offset : offset + limit]),
            folded=len(listed) - len(cards),
            facets={name: tuple(sorted(c.items(), key=lambda pair: (-pair[1], pair[0]))) for name, c in facets.items()},
            tiers={
                kind: Tier(len(alike), sum(match.occurrences for match in alike))
                for kind in MATCHES
                if (alike := [match for match in matches if match.kind == kind])
            },
            left_out=sum(id not in kinds and fits(id) for id in crossed),
        )

    def _place(self, match: Match, query: Query) -> tuple[object, ...]:
        relevance = _relevance(match)
        if query.sort == "relevance" and query.clause is not None:
            return relevance
        date = self._documents[match.id].metadata.date
        day = [int(part) for part in str(date.value).split("-")] if date else []
        return (
            match.kind in SCRAPS,
            date is None,
            day if query.sort == "oldest" else [-part for part in day] + [1],
            relevance,
        )

    def _match(self, id: str, kind: str, query: Query) -> Match:
        one = self._documents[id]
        terms = positive_terms(query.clause)
        mean = sum(len(other.text) for other in self._documents.values()) / len(self._documents)
        reasons = []
        for term in terms:
            found = standing_of(one, term, query, kind)
            rare = self._rarity(term, query)
            got = scoring.points(found, rare, len(one.text), mean)
            reasons += [
                Reason(term.shown, e.kind, e.title, len(e.body), rare, points)
                for e, points in zip(found, got, strict=True)
            ]
        covered: set[int] = set()
        times = 0
        for start, end in sorted(spans_of(one, terms, query, kind), key=lambda span: (span[0], -span[1])):
            if not covered & set(range(start, end)):
                covered |= set(range(start, end))
                times += 1
        score = scoring.total(reason.points for reason in reasons)
        return Match(id, kind.removesuffix(", named"), score, times, LEVEL_OF[kind], tuple(reasons))

    def _deeper(self, match: Match, query: Query) -> Match:
        """With what the best passage adds."""
        one = self._documents[match.id]
        tier = kind_of(one, query) or match.kind
        standing = {term: standing_of(one, term, query, tier) for term in positive_terms(query.clause)}
        held = [term for term, stands in standing.items() if stands]
        layout = scoring.Layout(
            passages=[at for at, _ in passages_placed(one)],
            sentences=text.sentences(body_of(one)),
            headings=[
                at for (at, _), passage in zip(passages_placed(one), one.passages, strict=True) if passage.heading
            ],
            length=len(one.text),
        )
        rarities = [self._rarity(term, query) for term in held]
        best = scoring.best_passage([standing[term] for term in held], rarities, layout)
        return match._replace(score=match.score + best.points, best=best)

    def _partial(self, query: Query, kinds: dict[str, str]) -> dict[str, float]:
        """The documents that hold enough of a question's words, with their scores."""
        met = sum(kind in ("exact", "same_document", NAMED, "punctuation", "synonym") for kind in kinds.values())
        loose = loosening.loosened(query, found=len(kinds), met=met)
        if not loose:
            return {}
        said = {id: [said_by(one, word) for word in loose.scored] for id, one in self._documents.items()}
        counts = [sum(bool(passages[n]) for passages in said.values()) for n in range(len(loose.scored))]
        weights = [scoring.rarity(count, self.documents) for count in counts]
        counted = range(len(loose.words))
        asked = sum(weights[n] for n in counted if counts[n] or not loose.question)
        found = {}
        for id, passages in said.items():
            share = sum(
                weights[n] * max((strength for strength, _ in passages[n].values()), default=0.0) for n in counted
            )
            figures = passages_with(self._documents[id], (loose.figure,)) if loose.figure else None
            best = max(
                sum(
                    weight * strength * scoring.saturated(times, length)
                    for weight, one in zip(weights, passages, strict=True)
                    for strength, times in [one.get(number, (0.0, 0))]
                )
                * (1.0 if figures is None or number in figures else scoring.NO_FIGURE)
                for number, length in enumerate(lengths_of(self._documents[id]))
            )
            lacking = sum(not passages[n] for n in counted)
            rarest = max((weights[n] for n in counted if passages[n]), default=0.0)
            enough = share and share >= loose.least_share * asked and rarest >= loose.telling
            excluded = any_excluded(query.clause, query, self._documents[id])
            excluded |= bool(kinds) and lacks_quoted(query.clause, self._documents[id])
            if enough and lacking <= loose.may_lack and id not in kinds and not excluded:
                title = sum(
                    weight * one[0][0] * scoring.saturated(one[0][1], 0)
                    for weight, one in zip(weights, passages, strict=True)
                    if 0 in one and loose.question
                )
                whole = self._whole(id, passages, weights, loose.joined)
                found[id] = (
                    scoring.question_score(best, title, whole, figure=bool(loose.figure))
                    if loose.question
                    else scoring.partial_score(best, share)
                )
        best_first = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return dict(best_first[: loose.most])

    def _whole(
        self, id: str, said: list[dict[int, tuple[float, int]]], weights: list[float], joined: Sequence[str]
    ) -> float:
        norm = scoring.text_norm(len(self._documents[id].text))
        times = [
            sum(strength * times * (1 if n else 3) for n, (strength, times) in sorted(one.items())) for one in said
        ]
        for pair in joined:
            counts = {one.id: 3.0 * title_of(one).count(pair) + body_of(one).count(pair) for one in self.everything()}
            times.append(counts[id])
            weights = [*weights, scoring.rarity(sum(map(bool, counts.values())), self.documents)]
        return sum(
            scoring.points_of(often, often, weight, norm) for often, weight in zip(times, weights, strict=True) if often
        )

    def _rarity(self, term: Term, query: Query) -> float:
        return scoring.rarity(sum(bool(way_met(one, term, query)) for one in self._documents.values()), self.documents)


def _entry(one: Document) -> Entry:
    date, regions = one.metadata.date, facet_values(one, "region")
    return Entry(
        date=str(date.value) if date else "",
        region=regions[0] if regions else "",
        characters=sum(map(len, one.paragraphs)),
        group=one.near[0] if one.near else "",
    )


# location -> what is published there.
_PUBLISHED: dict[str, MemoryEngine] = {}
_WRITING: set[str] = set()


class MemoryStore:
    """Keeps nothing in folders: what is published lies in a table of this process."""

    engine = "memory"

    def __init__(self, location: str) -> None:
        self.location = location

    def open(self) -> MemoryEngine:
        if self.location not in _PUBLISHED:
            raise IndexUnusable("还没有建立索引。请运行 python -m indexer build。")
        return _PUBLISHED[self.location]

    @contextmanager
    def writer(self, *, fresh: bool) -> Iterator[MemoryWriter]:
        if self.location in _WRITING:
            raise Busy("另一个程序正在更新这个索引。")
        _WRITING.add(self.location)
        try:
            yield MemoryWriter(self.location, None if fresh else _PUBLISHED.get(self.location))
        finally:
            _WRITING.remove(self.location)

    def is_empty(self) -> bool:
        return self.location not in _PUBLISHED

    def is_sound(self) -> bool:
        return True

    def last_note(self, name: str) -> str | None:
        return None if self.is_empty() else self.open().note(name)

    def notices(self) -> list[str]:
        return []

    def damages(self) -> list[str]:
        return ["还没有建立索引。"] if self.is_empty() else []


class MemoryWriter:
    def __init__(self, location: str, before: MemoryEngine | None) -> None:
        self._location = location
        self._documents = {one.id: one for one in before.everything()} if before else {}
        self._added: set[str] = set()

    def add(self, document: Document, analysis: Analysis | None = None) -> None:
        if document.id in self._added:
            raise ValueError(f"document {document.id} added twice in one batch ({document.external_id})")
        self._added.add(document.id)
        self._documents[document.id] = document

    def remove(self, document_id: str) -> None:
        self._documents.pop(document_id, None)

    def publish(
        self,
        notes: Notes,
        siblings: Mapping[str, Siblings] | None = None,
        progress: Progress | None = None,
        *,
        keep: bool = False,
    ) -> str:
        told = siblings or {}
        documents = [told[one.id].told(one) if one.id in told else one for one in self._documents.values()]
        before = _PUBLISHED.get(self._location)
        generation = f"m{int(before.generation[1:]) + 1 if before else 1}"
        written = {name: "".join(pieces(note)) for name, note in notes.items()}
        _PUBLISHED[self._location] = MemoryEngine(documents, written, generation)
        if progress:
            progress(len(documents), len(documents))
        return generation


def _fits_filters(one: Document, filters: Sequence[Filter]) -> bool:
    """Of each field one of the values chosen, and none of those excluded."""
    date = [str(one.metadata.date.value)] if one.metadata.date else []
    met = {f: any(map(f.fits, date if f.field == "date" else facet_values(one, f.facet))) for f in filters}
    wanted = {f.field for f in filters if not f.excluded}
    return not any(met[f] for f in filters if f.excluded) and all(
        any(met[f] for f in filters if f.field == field and not f.excluded) for field in wanted
    )


def _relevance(match: Match) -> tuple[int, float, str]:
    return match.level, -match.score, match.id
