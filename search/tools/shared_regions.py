"""共同表述 of two regions: what documents of the one say in the same words as documents of the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from search import text
from search.documents.document import Document
from search.documents.regions import shown
from search.engines import Engine
from search.query import read_back
from search.query.addresses import search_address, table_address
from search.query.clauses import Filter, Query, Sort
from search.tools import shared
from search.tools.collection import ON_SUBJECT
from search.tools.shared import CommonPage, Wording, holder, notes_of
from search.tools.wording import across

# Documents of a region that are compared, the most relevant or the newest, and their characters: 60 MB for a while.
MOST_DOCUMENTS, MOST_CHARACTERS = 60, 150_000


def regions_of(query: Query) -> list[Filter]:
    return [one for one in query.filters if one.field == "region" and not one.excluded]


def common_of_regions(engine: Engine, query: Query) -> CommonPage | None:
    """On the subject of the query, or on any where it has none. None where it does not name two regions."""
    regions = regions_of(query)
    if len(regions) < 2:
        return None
    sides, counts = zip(*(_documents(engine, query, region) for region in regions[:2]), strict=True)
    wordings = _wordings(*sides)
    names = [shown(one.value) for one in regions[:2]]
    notes = [*query.notes, *read_back.aliases(query)]
    notes += [f"一次只比两个地区，没有比{'、'.join(shown(one.value) for one in regions[2:])}。"] if regions[2:] else []
    which = "最相关的" if query.clause else "最近的"
    for name, side, count in zip(names, sides, counts, strict=True):
        if not count:
            notes.append(f"没有{name}的文献{'说到它' if query.clause else ''}。")
        elif count > len(side):
            notes.append(f"{name}共 {count} 篇，只比了{which} {len(side)} 篇，另有 {count - len(side)} 篇没有比。")
    title = " × ".join(names) + (f"：{query.text}" if query.clause else "")
    return CommonPage(
        title=title,
        notes=(*notes, *(notes_of(wordings) if all(counts) else ())),
        wordings=wordings,
        documents=sum(map(len, sides)),
        back_url=search_address(query, page=1),
        csv_url=table_address("common", query),
    )


def _documents(engine: Engine, query: Query, region: Filter) -> tuple[list[Document], int]:
    """Those that are compared, and how many there are; near-duplicates are none."""
    rest = tuple(one for one in query.filters if one not in regions_of(query))
    sort: Sort = "relevance" if query.clause else "newest"
    asked = dataclasses.replace(query, filters=(*rest, region), page=1, sort=sort)
    found = engine.find(asked, limit=engine.documents, offset=0).ranked
    ids = [one.id for one in found if one.kind in ON_SUBJECT or query.clause is None]
    documents, characters = list[Document](), 0
    for stored in engine.fetch(ids[:MOST_DOCUMENTS]).values():
        characters += len(stored.document.text)
        if documents and characters > MOST_CHARACTERS:
            break
        documents.append(stored.document)
    return documents, len(ids)


def _wordings(ones: Sequence[Document], others: Sequence[Document]) -> tuple[Wording, ...]:
    """The longest first, each with all of both regions that have it; those of the first region lead to it."""
    found: dict[str, tuple[str, int]] = {}  # folded -> as it is written, the document where it was met
    for number, runs in enumerate(across([one.text for one in ones], [one.text for one in others])):
        whole = ones[number].text
        for run in runs:
            found.setdefault(text.fold(whole[run.start : run.end]), (whole[run.start : run.end], number))
    everyone = [(one, one.offsets, text.fold(one.text)) for one in (*ones, *others)]
    made = []
    for folded, (written, number) in found.items():
        first, *rest = _holders(folded, [everyone[number], *everyone[:number], *everyone[number + 1 :]])
        made.append(shared.wording(written, first, rest))
    return tuple(sorted(made, key=lambda one: (-one.characters, one.text)))


def _holders(folded: str, among: Sequence[tuple[Document, Sequence[int], str]]) -> Iterator[shared.Holder]:
    return (holder(one, offsets, at) for one, offsets, body in among if (at := body.find(folded)) >= 0)
