"""一键汇编: every passage of a result, region by region, each with its source, its doubts and its address.

The page shows the first documents; the files have more, and are made piece by piece, however long they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice

from search.documents.labels import UNKNOWN_REGION
from search.engines import Engine, Stored
from search.excerpts import exports
from search.excerpts.basket import Excerpt, excerpt
from search.excerpts.references import Reference
from search.matching import marks
from search.query import read_back
from search.query.addresses import Link, document_address, search_address, table_address, written
from search.query.clauses import Query
from search.results import tables
from search.suggestions import corrections
from search.tools.collection import ON_SUBJECT, by_region, not_looked_at, unasked

# Documents that the page opens, and that a file takes in: 2 ms each for a table, 10 for Word.
MOST_SHOWN, MOST_DOCUMENTS = 40, 2_000
_AT_ONCE = 50  # documents held while a file is written
FORMS = {"docx": "Word 文件", "md": "Markdown", "csv": "CSV 表格"}


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage in which something is found; times: how often. marked: to open it with its marks."""

    region: str
    times: int
    number: int
    excerpt: Excerpt
    marked: str


@dataclass(frozen=True, slots=True)
class Collected:
    """What is taken in: the documents of each region by their ids, and the question they answer."""

    query: Query
    notes: tuple[str, ...]
    regions: Mapping[str, Sequence[str]]
    documents: int  # that are on it, near-duplicates aside, and those that were not looked at

    @property
    def ids(self) -> list[tuple[str, str]]:
        return [(region, id) for region, ids in self.regions.items() for id in ids]


@dataclass(frozen=True, slots=True)
class ExtractsPage:
    """groups: (region, its passages); documents: opened for them, of how many."""

    text: str
    read_as: str
    notes: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Extract, ...]], ...]
    opened: int
    documents: int
    back_url: str
    csv_url: str
    exports: tuple[Link, ...]
    state: str

    @property
    def passages(self) -> int:
        return sum(len(extracts) for _, extracts in self.groups)

    @property
    def occurrences(self) -> int:
        return sum(one.times for _, extracts in self.groups for one in extracts)


def collected(engine: Engine, query: Query, most: int = MOST_DOCUMENTS) -> Collected:
    """The best documents of what a query finds, put together by region; asks the engine a few times."""
    asked = dataclasses.replace(query, page=1, sort="relevance")
    if asked.clause is None:
        return Collected(asked, query.notes, {}, 0)
    found = corrections.search_or_correct(engine, asked, limit=most, offset=0)
    notes = [*([found.note] if found.note else []), *query.notes, *read_back.aliases(query)]
    entries, held = engine.catalogue(), dict[str, list[str]]()
    for match in found.matches.ranked:
        if match.kind in ON_SUBJECT and match.id in entries:
            held.setdefault(entries[match.id].region, []).append(match.id)
    if not held:
        notes.append("没有文献说到它。")
    others = found.matches.documents - found.matches.folded - len(found.matches.ranked)
    regions = {region or UNKNOWN_REGION: held[region] for region in by_region(held)}
    notes += not_looked_at(found.matches)
    return Collected(found.query, tuple(notes), regions, sum(map(len, held.values())) + others)


def extracts(engine: Engine, found: Collected, most: int = MOST_DOCUMENTS) -> Iterator[Extract]:
    """The passages, region by region; so many documents at most, a few of them held at a time."""
    chosen = found.ids[:most]
    for at in range(0, len(chosen), _AT_ONCE):
        some = chosen[at : at + _AT_ONCE]
        stored = engine.fetch([id for _, id in some])
        for region, id in some:
            if id in stored:
                yield from _of(stored[id], region, found.query)


def _of(stored: Stored, region: str, query: Query) -> Iterator[Extract]:
    document = stored.document
    marked = marks.mark(document, query, stored.edges)
    for (begin, end), passage in zip(marked.page.passages, document.passages, strict=True):
        first = marked.page.paragraphs[passage.paragraph - 1]
        spans = marked.paragraphs[passage.paragraph - 1]
        # What reaches over the end of a passage is counted where it begins.
        if times := sum(begin <= first + start < end for start, _ in spans):
            made = excerpt(Reference(document.id, passage.number, passage.number), document)
            address = document_address(document.id, query, passage=passage.number)
            yield Extract(region, times, passage.number, made, address)


def extracts_page(engine: Engine, query: Query) -> ExtractsPage:
    found = collected(engine, query)
    opened = min(MOST_SHOWN, len(found.ids))
    shown = list(extracts(engine, found, MOST_SHOWN))
    groups = tuple((region, tuple(some)) for region, some in groupby(shown, key=lambda one: one.region))
    notes = list(found.notes)
    if query.clause is None:
        notes = [*unasked(query, "请输入检索词，例如“养老服务”：汇编的是含有它的段落。")]
    if len(found.ids) > opened:
        notes.append(f"这里只列出前 {opened} 篇的段落，其余在导出的文件里。")
    taken = table_address("passages", query)
    files = [Link(label, taken.replace(".csv?", f".{form}?", 1), name=form) for form, label in FORMS.items()]
    return ExtractsPage(
        text=query.raw,
        read_as=read_back.in_words(found.query),
        notes=tuple(notes),
        groups=groups,
        opened=opened,
        documents=found.documents,
        back_url=search_address(found.query, page=1) if query.clause else "",
        csv_url="",
        exports=tuple(files) if shown else (),
        state=written(query),
    )


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("序号", "地区", "摘录", "处数", "出处", "题名", "段", "说明", "存疑", "地址")


def in_pieces(engine: Engine, query: Query, form: str, host: str) -> Iterator[bytes]:
    """The file of one of FORMS, begun at once; host as in search/excerpts/exports.py.

    The first passage is made before the file begins: what cannot be read is an answer then, and no file cut short.
    """
    found = collected(engine, query)
    rest = extracts(engine, found)
    passages = chain([*islice(rest, 1)], rest)
    if form == "csv":
        return tables.in_pieces(COLUMNS, (_row(at, one, host) for at, one in enumerate(passages, 1)))
    write = exports.in_markdown
    if form == "docx":
        from search.excerpts.word import in_word as write
    said = f"检索：{read_back.in_words(found.query)}；共 {found.documents} 篇。按地区排列。"
    return write(_blocks(passages), host, "汇编", [said, *found.notes])


def _blocks(passages: Iterable[Extract]) -> Iterator[exports.Block]:
    for region, some in groupby(passages, key=lambda one: one.region):
        yield region
        yield from (one.excerpt for one in some)


def _row(number: int, one: Extract, host: str) -> list[str | int]:
    made = one.excerpt
    about = (made.source, made.title, made.paragraph, made.about, "；".join(made.doubts))
    return [number, one.region, made.text, one.times, *about, f"{host}{made.url}"]


def as_json(page: ExtractsPage) -> dict[str, object]:
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "opened": page.opened,
        "passages": [_as_json(one) for _, extracts in page.groups for one in extracts],
    }


def _as_json(one: Extract) -> dict[str, object]:
    made = one.excerpt
    told = {"text": made.text, "source": made.source, "title": made.title, "doubts": list(made.doubts)}
    return (
        {"region": one.region, "times": one.times, "id": made.reference.document, "number": one.number}
        | told
        | {"url": made.url}
    )
