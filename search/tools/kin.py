"""相关说法: the words that stand in the same passages as what is asked for, more often than in the other passages of
those documents. Offered with their counts; nothing is asked for with them until the reader ticks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Document
from search.engines import Engine
from search.index.analysis import content_words
from search.matching import marks
from search.query import forms, read_back
from search.query.addresses import search_address, table_address, written
from search.query.clauses import AnyOf, Query, Term, positive_terms
from search.query.parsing import parse
from search.results.tables import as_table
from search.tools.extracts import collected
from search.tools.telling import FEWEST, LEAST, fewest_documents, measured

# Documents opened, the best first; words offered, and taken at once.
MOST_DOCUMENTS, MOST_WORDS, MOST_TICKED = 150, 30, 10


@dataclass(frozen=True, slots=True)
class Kin:
    """together: documents looked at that have it beside what is asked for; documents: that have it at all."""

    text: str
    together: int
    documents: int
    likelihood: float
    url: str


@dataclass(frozen=True, slots=True)
class KinPage:
    text: str
    read_as: str
    notes: tuple[str, ...]
    words: tuple[Kin, ...]
    asked: str  # what was asked, without the filters
    documents: int  # opened
    kept: tuple[tuple[str, str], ...]  # the fields of the form beside the box
    back_url: str
    csv_url: str
    state: str


def kin(engine: Engine, query: Query) -> KinPage:
    found = collected(engine, query, MOST_DOCUMENTS)
    ids = [id for _, id in found.ids]
    notes = [*found.notes]
    if query.clause is None:
        notes.append("请输入检索词，例如“老年食堂”。")
    words = _words(engine, found.query, ids)
    if ids and not words:
        notes.append("同段的词里没有明显相关的。")
    return KinPage(
        text=query.raw,
        read_as=read_back.in_words(found.query),
        notes=tuple(notes),
        words=words,
        asked=query.text,
        documents=len(ids),
        kept=tuple((item.parameter, item.value) for item in query.filters),
        back_url=search_address(found.query, page=1) if ids else "",
        csv_url=table_address("kin", query) if words else "",
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


def _beside(document: Document, marked: marks.Marked) -> Iterator[str]:
    """The folded passages in which something is found."""
    for (begin, end), passage in zip(marked.page.passages, document.passages, strict=True):
        first = marked.page.paragraphs[passage.paragraph - 1]
        spans = marked.paragraphs[passage.paragraph - 1]
        if any(begin <= first + start < end for start, _ in spans):
            yield text.fold(passage.text)


def _words(engine: Engine, query: Query, ids: Sequence[str]) -> tuple[Kin, ...]:
    """The words of the documents that stand beside what is asked for more often than chance has it."""
    times, together, everywhere = Counter[str](), Counter[str](), Counter[str]()
    for stored in engine.fetch(ids).values():
        marked = marks.mark(stored.document, query, stored.edges)
        beside = dict(content_words([*_beside(stored.document, marked)]))
        times.update(beside)
        together.update(beside.keys())
        everywhere.update(dict(stored.content_words))
    here, there = times.total(), everywhere.total() - times.total()
    if not here or not there:
        return ()
    asked = [term.text for term in positive_terms(query.clause)]
    found = []
    for word, count in times.items():
        if count < FEWEST or together[word] < fewest_documents(len(ids)):
            continue
        if any(word in term or term in word for term in asked):
            continue
        likelihood, ratio = measured(count, everywhere[word] - count, here, there)
        if ratio > 0 and likelihood >= LEAST:
            found.append((round(likelihood, 1), word))
    best = sorted(found, key=lambda one: (-one[0], one[1]))[:MOST_WORDS]
    return tuple(_kin(engine, word, together[word], likelihood) for likelihood, word in best)


def _kin(engine: Engine, word: str, together: int, likelihood: float) -> Kin:
    vocabulary = engine.vocabulary()
    documents = max((vocabulary.documents[at] for at in vocabulary.exactly(word)), default=together)
    return Kin(word, together, documents, likelihood, search_address(parse(f"“{word}”")))


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("说法", "同段篇数", "共有篇数", "对数似然 G²", "地址")


def as_csv(page: KinPage) -> bytes:
    return as_table(COLUMNS, ([one.text, one.together, one.documents, one.likelihood, one.url] for one in page.words))


def as_json(page: KinPage) -> dict[str, object]:
    keys = ("text", "together", "documents", "likelihood", "url")
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "words": [{key: getattr(one, key) for key in keys} for one in page.words],
    }
