"""区分词: the words that mark some documents off from the rest, by log-likelihood (Dunning 1993), formulas aside.

Counted are the content words of the index, and wordings that the documents put in quotation marks or begin with a
number (五大体系), which are cut into words there; of a large collection so many documents on each side, evenly spread.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2

from search import text
from search.engines import Engine, Stored
from search.query import read_back
from search.query.addresses import document_address, search_address, table_address, table_of_document, written
from search.query.clauses import Query
from search.query.parsing import parse
from search.results.tables import as_table
from search.suggestions import corrections
from search.text import formulas
from search.tools.collection import ON_SUBJECT, unasked
from search.tools.sayings import sayings

# Documents counted on each side, at 1 ms each; words of each kind on a page, a table holds all.
MOST_DOCUMENTS, MOST_WORDS = 300, 50
# Less is chance once in twenty; a word that stands once proves nothing.
LEAST, FEWEST = 3.84, 2
# Wordings in marks that are counted: those that stand there most often.
_MOST_WORDINGS = 200
_IN_MARKS = re.compile("“([一-鿿]{3,12})”")
_SEVERAL = 5  # documents from which on a word of one alone says nothing of all


@dataclass(frozen=True, slots=True)
class Word:
    """times, others: here and in the rest; documents: that have it here. likelihood: G²; ratio: log2 of the shares.

    wording: it is no word of the index but a wording that a text puts in quotation marks or begins with a number.
    """

    text: str
    wording: bool
    times: int
    documents: int
    others: int
    likelihood: float
    ratio: float
    url: str


@dataclass(frozen=True, slots=True)
class TellingPage:
    """here, rest: documents counted on each side."""

    text: str
    read_as: str
    notes: tuple[str, ...]
    words: tuple[Word, ...]
    here: int
    rest: int
    back_url: str
    csv_url: str
    state: str

    @property
    def shown(self) -> Sequence[Word]:
        """Of each kind the first."""
        return [one for _, words in self.kinds for one in words]

    @property
    def kinds(self) -> tuple[tuple[str, Sequence[Word]], ...]:
        return _kinds(self.words)


def _kinds(all: Sequence[Word]) -> tuple[tuple[str, Sequence[Word]], ...]:
    both = ((label, [one for one in all if one.wording is kind]) for kind, label in _KINDS.items())
    return tuple((label, words[:MOST_WORDS]) for label, words in both if words)


def telling(engine: Engine, query: Query) -> TellingPage:
    """The documents that a query finds against all others."""
    if query.clause is None and not query.filters:
        hint = "请选一部分文献，例如“地区:湖北”，或从一篇讲话的页面进来。"
        return _page(query, [*unasked(query, hint)], (), 0, 0)
    found = corrections.search_or_correct(
        engine, dataclasses.replace(query, page=1, sort="relevance"), limit=engine.documents, offset=0
    )
    ids = [match.id for match in found.matches.ranked if match.kind in ON_SUBJECT or query.clause is None]
    notes = [*([found.note] if found.note else []), *query.notes]
    return _against(engine, found.query, ids, notes)


def telling_of(engine: Engine, stored: Stored) -> TellingPage:
    """One document against all others."""
    document = stored.document
    page = _against(engine, Query(raw="", text="", clause=None), [document.id], [], set(document.near))
    words = tuple(
        dataclasses.replace(one, url=document_address(document.id, parse(f"“{one.text}”"))) for one in page.words
    )
    return dataclasses.replace(
        page,
        words=words,
        read_as=f"《{document.metadata.title.value}》",
        back_url=document_address(document.id),
        csv_url=table_of_document("telling", document.id) if words else "",
        state=f"doc={document.id}",
    )


def _against(
    engine: Engine, query: Query, ids: Sequence[str], notes: list[str], alike: set[str] | None = None
) -> TellingPage:
    chosen = set(ids) | (alike or set())
    entries = engine.catalogue()
    groups = {entries[id].group for id in ids if id in entries} - {""}
    rest = sorted(id for id, entry in entries.items() if id not in chosen and entry.group not in groups)
    if not ids:
        return _page(query, [*notes, "没有找到文献。"], (), 0, 0)
    if not rest:
        return _page(query, [*notes, "收录的文献全在里面，没有别的可以对照。"], (), len(ids), 0)
    sides = [_spread(sorted(ids)), _spread(rest)]
    for side, whole, name in zip(sides, (ids, rest), ("这一部分", "其余"), strict=True):
        if len(side) < len(whole):
            notes.append(f"{name}共 {len(whole)} 篇，只均匀抽取 {len(side)} 篇来数。")
    here, there = ([*engine.fetch(side).values()] for side in sides)
    wordings, more = _wordings(here, there)
    words = _words(here, there, wordings, query)
    if more:
        notes.append(f"加引号或以数字开头的提法只数了最常见的 {_MOST_WORDINGS} 个，另有 {more} 个没有数。")
    if not words:
        notes.append("没有明显多用的词。")
    if len(words) > (shown := sum(len(some) for _, some in _kinds(words))):
        notes.append(f"每类列出前 {MOST_WORDS} 个，其余 {len(words) - shown} 个在导出的表格里。")
    return _page(query, notes, words, len(sides[0]), len(sides[1]))


def _spread(ids: Sequence[str]) -> list[str]:
    """So many, at even steps: ids are drawn from contents, so their order is that of a lottery."""
    step = max(1.0, len(ids) / MOST_DOCUMENTS)
    return [ids[int(at * step)] for at in range(min(len(ids), MOST_DOCUMENTS))]


def _words(
    here: Sequence[Stored], rest: Sequence[Stored], wordings: Mapping[str, tuple[int, int, int]], query: Query
) -> tuple[Word, ...]:
    times, documents, others = Counter[str](), Counter[str](), Counter[str]()
    for one in here:
        counts = dict(one.content_words)
        times.update(counts)
        documents.update(counts.keys())
    for one in rest:
        others.update(dict(one.content_words))
    total, beside = times.total(), others.total()
    for word, stands in wordings.items():
        times[word], documents[word], others[word] = stands
    least = fewest_documents(len(here))
    found = []
    for word, count in times.items():
        if count < FEWEST or documents[word] < least or formulas.pattern().fullmatch(word):
            continue
        likelihood, ratio = measured(count, others[word], total, beside)
        if ratio > 0 and likelihood >= LEAST:
            url = search_address(dataclasses.replace(parse(f"“{word}”"), filters=query.filters))
            figures = (round(likelihood, 1), round(ratio, 1))
            found.append(Word(word, word in wordings, count, documents[word], others[word], *figures, url))
    return tuple(sorted(found, key=lambda one: (not one.wording, -one.likelihood, one.text)))


def _wordings(here: Sequence[Stored], rest: Sequence[Stored]) -> tuple[dict[str, tuple[int, int, int]], int]:
    """Wording -> how often it stands here, in how many documents, and how often in the rest, with marks or without;
    and how many more there are."""
    bodies = [_free(one) for one in here]
    marked = Counter(word for body in bodies for word in {*_IN_MARKS.findall(body), *sayings(body)})
    chosen = [word for word, _ in marked.most_common(_MOST_WORDINGS)]
    others = [_free(one) for one in rest]
    counts = {
        word: (_times(word, bodies), sum(word in body for body in bodies), _times(word, others)) for word in chosen
    }
    return counts, len(marked) - len(chosen)


def _free(stored: Stored) -> str:
    """The folded body without formulas."""
    return formulas.pattern().sub("。", text.fold(stored.document.text))


def _times(word: str, bodies: Iterable[str]) -> int:
    return sum(body.count(word) for body in bodies)


def fewest_documents(counted: int) -> int:
    """Of so many documents those that must have a word."""
    return 2 if counted >= _SEVERAL else 1


def measured(here: int, there: int, words_here: int, words_there: int) -> tuple[float, float]:
    """G² and the log ratio (base 2) of a word that stands so often in texts of so many words; none there counts as
    half a time for the ratio. Raises ValueError where a side has no words."""
    if not words_here or not words_there:
        raise ValueError("a side has no words")
    share = (here + there) / (words_here + words_there)
    parts = ((here, words_here * share), (there, words_there * share))
    likelihood = 2 * sum(count * log(count / expected) for count, expected in parts if count)
    return likelihood, log2((here or 0.5) / words_here) - log2((there or 0.5) / words_there)


def _page(query: Query, notes: list[str], words: tuple[Word, ...], here: int, rest: int) -> TellingPage:
    return TellingPage(
        text=query.raw,
        read_as=read_back.in_words(query),
        notes=tuple(notes),
        words=words,
        here=here,
        rest=rest,
        back_url=search_address(query, page=1) if here else "",
        csv_url=table_address("telling", query) if words else "",
        state=written(query),
    )


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("词", "类别", "这里几处", "这里几篇", "其余几处", "对数似然 G²", "比率 log2", "地址")


_KINDS = {True: "提法", False: "词"}


def as_csv(page: TellingPage) -> bytes:
    return as_table(COLUMNS, map(_row, page.words))


def _row(one: Word) -> list[str | int | float]:
    counts = (one.times, one.documents, one.others)
    return [one.text, _KINDS[one.wording], *counts, one.likelihood, one.ratio, one.url]


def as_json(page: TellingPage) -> dict[str, object]:
    keys = ("text", "wording", "times", "documents", "others", "likelihood", "ratio", "url")
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "here": page.here,
        "rest": page.rest,
        "words": [{key: getattr(one, key) for key in keys} for one in page.shown],
    }
