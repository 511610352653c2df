"""引用文件与会议: the papers (《…》) and the meetings that documents name, with those that name them and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Document
from search.engines import Engine
from search.query import read_back
from search.query.addresses import search_address, table_address, written
from search.query.clauses import Query, positive_terms
from search.query.parsing import parse
from search.results.tables import as_table
from search.suggestions import corrections
from search.tools import named, places
from search.tools.collection import ON_SUBJECT, is_unreadable, not_looked_at
from search.tools.places import Place, place

# Documents that are opened, the best first, and what is listed on a page; a table holds all.
MOST_DOCUMENTS, MOST_NAMES, MOST_PLACES = 500, 60, 6
# A title that says only what kind of paper it is: the text named it in full elsewhere, or never.
_KINDS = frozenset(
    {"意见", "实施意见", "若干意见", "通知", "方案", "实施方案", "办法", "规定", "决定", "条例", "措施", "具体措施"}
    | {"纲要", "规划", "细则", "报告"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A paper or a meeting as it is first written; documents: how many name it. note: 文中没有写全名, or empty."""

    text: str
    documents: int
    places: tuple[Place, ...]
    note: str
    url: str

    @property
    def shown(self) -> Sequence[Place]:
        return self.places[:MOST_PLACES]


@dataclass(frozen=True, slots=True)
class CitedPage:
    text: str
    read_as: str
    notes: tuple[str, ...]
    papers: tuple[Name, ...]
    meetings: tuple[Name, ...]
    documents: int  # opened
    back_url: str
    csv_url: str
    state: str

    @property
    def groups(self) -> tuple[tuple[str, Sequence[Name], int], ...]:
        """(label, those on the page, how many more there are)."""
        both = (("文件", self.papers), ("会议", self.meetings))
        return tuple((label, names[:MOST_NAMES], max(0, len(names) - MOST_NAMES)) for label, names in both)


def cited(engine: Engine, query: Query) -> CitedPage:
    """What is named in the documents that the query finds, in the newest where it asks for nothing."""
    asked = dataclasses.replace(query, page=1, sort="relevance" if query.clause else "newest")
    found = corrections.search_or_correct(engine, asked, limit=MOST_DOCUMENTS, offset=0)
    unreadable = is_unreadable(found.query)
    matches = [match for match in found.matches.ranked if match.kind in ON_SUBJECT and not unreadable]
    documents = [one.document for one in engine.fetch([match.id for match in matches]).values()]
    wanted = [term.text for term in positive_terms(found.query.clause)]
    papers = _names(documents, named.papers, wanted, "《{}》")
    meetings = _names(documents, named.meetings, wanted, "{}")
    notes = [*([found.note] if found.note else []), *query.notes, *read_back.aliases(query)]
    notes += not_looked_at(found.matches, "最相关的" if query.clause else "最近的")
    if unreadable:
        notes = [*query.notes]
    elif not documents:
        notes.append("没有找到文献。")
    elif not papers and not meetings:
        notes.append("这些文献里没有提到文件或会议的名称。")
    return CitedPage(
        text=query.raw,
        read_as="没有可查的词" if unreadable else read_back.in_words(found.query) or "全部文献",
        notes=tuple(notes),
        papers=papers,
        meetings=meetings,
        documents=len(documents),
        back_url=search_address(found.query, page=1),
        csv_url=table_address("cited", query) if papers or meetings else "",
        state=written(query),
    )


def _names(
    documents: Iterable[Document],
    spans: Callable[[str], Iterable[tuple[int, int]]],
    wanted: Sequence[str],
    shape: str,
) -> tuple[Name, ...]:
    """The names, those that were asked for first, then those that most documents name."""
    shown: dict[str, str] = {}
    found: dict[str, dict[Place, None]] = {}
    for document in documents:
        own = text.fold(document.metadata.meeting.value) if document.metadata.meeting else ""
        for passage in document.passages:
            folded = text.fold(passage.text)
            for start, end in spans(folded):
                name = folded[start:end]
                if own and (name in own or own in name):  # the meeting that the text is of
                    continue
                shown.setdefault(name, shape.format(passage.text[start:end]))
                found.setdefault(name, {})[place(document, passage)] = None
    counts = {name: len({one.id for one in held}) for name, held in found.items()}
    order = sorted(found, key=lambda name: (not any(one in name for one in wanted), -counts[name], name))
    return tuple(
        Name(
            text=shown[name],
            documents=counts[name],
            places=tuple(found[name]),
            note="文中没有写全名" if name in _KINDS else "",
            url=search_address(parse(f"“{name}”")),
        )
        for name in order
    )


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("类别", "名称", "提到的篇数", "说明", *places.COLUMNS)


def as_csv(page: CitedPage) -> bytes:
    """A row a place."""
    return as_table(COLUMNS, _rows(page))


def _rows(page: CitedPage) -> Iterator[list[str | int]]:
    for kind, names in (("文件", page.papers), ("会议", page.meetings)):
        for name in names:
            for one in name.places:
                yield [kind, name.text, name.documents, name.note, *places.cells(one)]


def as_json(page: CitedPage) -> dict[str, object]:
    return {
        "query": {"text": page.text, "read_as": page.read_as, "notes": list(page.notes)},
        "documents": page.documents,
        "papers": [_as_json(name) for name in page.papers[:MOST_NAMES]],
        "meetings": [_as_json(name) for name in page.meetings[:MOST_NAMES]],
    }


def _as_json(name: Name) -> dict[str, object]:
    shown = [places.as_json(one) for one in name.shown]
    return {"name": name.text, "documents": name.documents, "note": name.note, "places": shown}
