"""相关说法: the words that stand in the same passages as what is asked for, more often than in the other passages of
those documents; and names of things that stand in like surroundings elsewhere (search/tools/surroundings.py).

Offered with their counts; nothing is asked for with them until the reader ticks them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search import text
from search.engines import Engine, Stored
from search.index.analysis import content_words
from search.matching import marks
from search.query import forms, read_back
from search.query.addresses import search_address, table_address, written
from search.query.clauses import AnyOf, Query, Term, positive_terms
from search.query.parsing import parse
from search.results.tables import as_table
from search.tools import places
from search.tools.collection import unasked
from search.tools.extracts import collected
from search.tools.places import Place, place
from search.tools.surroundings import Held, Likened, likened
from search.tools.telling import FEWEST, LEAST, fewest_documents, measured

# Documents opened, the best first; words offered, and taken at once.
MOST_DOCUMENTS, MOST_WORDS, MOST_TICKED = 150, 30, 10


@dataclass(frozen=True, slots=True)
class Kin:
    """together: documents looked at that have it beside what is asked for, the first of them at place; documents: that
    have it at all."""

    text: str
    together: int
    documents: int
    likelihood: float
    place: Place
    url: str


@dataclass(frozen=True, slots=True)
class KinPage:
    """words: of the same passages. names: that stand in none of these, but in like surroundings."""

    text: str
    read_as: str
    notes: tuple[str, ...]
    words: tuple[Kin, ...]
    names: tuple[Likened, ...]
    asked: str  # what was asked, without the filters
    documents: int  # opened for the words
    others: int  # opened for the names
    kept: tuple[tuple[str, str], ...]  # the fields of the form beside the box
    back_url: str
    csv_url: str
    state: str


@dataclass(slots=True)
class _Read:
    """What was read of the documents: how often each word stands beside what is asked for, in how many documents, and
    in all of their passages; the passages themselves, and the first place of each word."""

    times: Counter[str] = field(default_factory=Counter)
    together: Counter[str] = field(default_factory=Counter)
    everywhere: Counter[str] = field(default_factory=Counter)
    held: dict[str, list[Held]] = field(default_factory=dict)
    stored: dict[str, Stored] = field(default_factory=dict)


def kin(engine: Engine, query: Query) -> KinPage:
    found = collected(engine, query, MOST_DOCUMENTS)
    ids = [id for _, id in found.ids]
    notes = [*found.notes]
    if query.clause is None:
        notes = [*unasked(query, "请输入检索词，例如“老年食堂”。")]
    read = _read(engine, found.query, ids)
    words = _words(engine, found.query, read)
    names, others = likened(engine, found.query, read.held, read.times)
    if ids and not words:
        notes.append("同段的词里没有明显相关的。")
    return KinPage(
        text=query.raw,
        read_as=read_back.in_words(found.query),
        notes=tuple(notes),
        words=words,
        names=names,
        asked=query.text,
        documents=len(ids),
        others=others,
        kept=tuple((item.parameter, item.value) for item in query.filters),
        back_url=search_address(found.query, page=1) if ids else "",
        csv_url=table_address("kin", query) if words or names else "",
        state=written(query),
    )


def ticked(query: Query, words: Sequence[str]) -> str:
    """The address of the search for what was asked or any of the words, each as it stands."""
    terms = [Term(text.fold(word), word, quoted=True) for word in words[:MOST_TICKED] if word.strip()]
    if query.clause is None or not terms:
        return search_address(query)
    typed = forms.written(AnyOf((query.clause, *terms)))
    filters = [(item.parameter, item.value) for item in query.filters]
    return search_address(parse(typed, filters=filters, sort=query.sort))


def _beside(stored: Stored, query: Query) -> Iterator[Held]:
    """The folded passages in which something is found, with what is found."""
    marked = marks.mark(stored.document, query, stored.edges)
    for (begin, end), passage in zip(marked.page.passages, stored.document.passages, strict=True):
        first = marked.page.paragraphs[passage.paragraph - 1] - begin
        inside = marked.paragraphs[passage.paragraph - 1]
        spans = [(start + first, stop + first) for start, stop in inside if 0 <= start + first < end - begin]
        if spans:
            yield text.fold(passage.text), spans


def _read(engine: Engine, query: Query, ids: Sequence[str]) -> _Read:
    read = _Read()
    for id, stored in engine.fetch(ids).items():
        read.held[id] = [*_beside(stored, query)]
        read.stored[id] = stored
        beside = dict(content_words([passage for passage, _ in read.held[id]]))
        read.times.update(beside)
        read.together.update(beside.keys())
        read.everywhere.update(dict(stored.content_words))
    return read


def _words(engine: Engine, query: Query, read: _Read) -> tuple[Kin, ...]:
    """The words of the documents that stand beside what is asked for more often than chance has it."""
    here, there = read.times.total(), read.everywhere.total() - read.times.total()
    if not here or not there:
        return ()
    asked = [term.text for term in positive_terms(query.clause)]
    found = []
    for word, count in read.times.items():
        if count < FEWEST or read.together[word] < fewest_documents(len(read.stored)):
            continue
        if any(word in term or term in word for term in asked):
            continue
        likelihood, ratio = measured(count, read.everywhere[word] - count, here, there)
        if ratio > 0 and likelihood >= LEAST:
            found.append((round(likelihood, 1), word))
    best = sorted(found, key=lambda one: (-one[0], one[1]))[:MOST_WORDS]
    return tuple(_kin(engine, read, word, likelihood) for likelihood, word in best)


def _kin(engine: Engine, read: _Read, word: str, likelihood: float) -> Kin:
    together = read.together[word]
    documents = engine.vocabulary().documents_with(word) or together
    asked = parse(f"“{word}”")
    return Kin(word, together, documents, likelihood, _first(read, word, asked), search_address(asked))


def _first(read: _Read, word: str, asked: Query) -> Place:
    """Where a word stands beside what is asked for, in the first document that has it there."""
    id, at = next((id, passage) for id, held in read.held.items() for passage, _ in held if word in passage)
    document = read.stored[id].document
    return place(document, next(one for one in document.passages if text.fold(one.text) == at), asked)


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("说法", "依据", "同段篇数", "共有篇数", "对数似然 G²", "上下文都讲到", *places.COLUMNS, "检索地址")


def as_csv(page: KinPage) -> bytes:
    """A row a word of the same passages, then a row a name of like surroundings."""
    return as_table(COLUMNS, _rows(page))


def _rows(page: KinPage) -> Iterator[Sequence[str | int | float]]:
    for one in page.words:
        yield [one.text, "同段", one.together, one.documents, one.likelihood, "", *places.cells(one.place), one.url]
    for name in page.names:
        around = "、".join(name.around)
        yield [name.text, "上下文相近", 0, name.documents, "", around, *places.cells(name.place), name.url]


def as_json(page: KinPage) -> dict[str, object]:
    keys = ("text", "together", "documents", "likelihood", "url")
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "others": page.others,
        "words": [
            {key: getattr(one, key) for key in keys} | {"place": places.as_json(one.place)} for one in page.words
        ],
        "names": [_name(one) for one in page.names],
    }


def _name(one: Likened) -> Mapping[str, object]:
    told = {"text": one.text, "documents": one.documents, "around": list(one.around), "clause": one.clause}
    return told | {"url": one.url, "place": places.as_json(one.place)}
