"""讲话人: what a person said where, with the post each text gives him; who is only mentioned is told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Document, Speaker
from search.documents.labels import UNKNOWN_REGION
from search.engines import Engine, Stored
from search.matching import marks
from search.query.addresses import Link, search_address, table_address, tool_address, written
from search.query.clauses import Filter, Query, Term
from search.results import browse
from search.results.tables import as_table
from search.tools import places
from search.tools.places import Place, place

# Documents opened for each of the two lists, at 1 ms each, and rows of a page; a table holds all that were opened.
MOST_DOCUMENTS, MOST_ROWS = 300, 100
_LONGEST = 30  # characters of a name; 依米提江·吐尔逊阿里木 has 12


@dataclass(frozen=True, slots=True)
class Speech:
    """post, role: as the text states them, empty where it states none. evidence: the words of the text that say so."""

    post: str
    role: str
    evidence: str
    place: Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that names a person who is not its speaker; times: in its body."""

    times: int
    place: Place


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """speeches: the earliest first, the undated last. people: whom one can ask for, where nobody was."""

    text: str
    name: str
    notes: tuple[str, ...]
    speeches: tuple[Speech, ...]
    mentions: tuple[Mention, ...]
    people: tuple[Link, ...]
    back_url: str
    csv_url: str
    state: str

    @property
    def shown(self) -> Sequence[Speech]:
        return self.speeches[:MOST_ROWS]

    @property
    def mentioned(self) -> Sequence[Mention]:
        return self.mentions[:MOST_ROWS]


def speaking(engine: Engine, query: Query) -> SpeakerPage:
    """Asks the engine twice."""
    rest = tuple(item for item in query.filters if item.field != "speaker" or item.excluded)
    chosen = next((item.value for item in query.filters if item not in rest), "")
    name = query.text.strip(" 　“”\"'「」") or chosen
    if not name or len(name) > _LONGEST:
        note = "请输入讲话人的姓名。" if not name else f"“{name[:_LONGEST]}……”不像姓名：姓名最多 {_LONGEST} 字。"
        return SpeakerPage(query.raw, "", (note,), (), (), _people(engine), "", "", written(query))
    own = Query(raw="", text="", clause=None, filters=(*rest, Filter("speaker", name)), sort="oldest")
    naming = Query(
        raw=name, text=name, clause=Term(text.fold(name), name), filters=rest, sort="oldest", synonyms=False
    )  # fmt: skip
    found, named = engine.find_each([own, naming], limit=MOST_DOCUMENTS)
    speeches = _speeches(engine.fetch([match.id for match in found.ranked]), name)
    held = {one.place.id for one in speeches}
    others = engine.fetch([match.id for match in named.ranked if match.kind == "exact" and match.id not in held])
    mentions = tuple(_mentions(others, naming, name))
    notes = [*query.notes, *_notes(name, speeches, mentions)]
    for what, matches in (("讲话", found), ("提到他的文献", named)):
        if (more := matches.documents - matches.folded - len(matches.ranked)) > 0:
            notes.append(f"{what}较多，只看了日期最早的 {len(matches.ranked)} 篇，另有 {more} 篇没有看。")
    if folded := found.folded:
        notes.append(f"另有 {folded} 篇是这些讲话的相近版本，没有重复列出。")
    return SpeakerPage(
        text=query.raw,
        name=name,
        notes=tuple(notes),
        speeches=speeches,
        mentions=mentions,
        people=() if speeches or mentions else _people(engine),
        back_url=search_address(own) if speeches else search_address(naming) if mentions else "",
        csv_url=table_address("speaker", query) if speeches or mentions else "",
        state=written(query),
    )


def _people(engine: Engine) -> tuple[Link, ...]:
    """Those who spoke most, each with the page on him."""
    values = next((facet.values for facet in browse(engine).facets if facet.field == "speaker"), ())
    return tuple(
        Link(f"{one.value}（{one.count} 篇）", tool_address("speaker", Query(raw="", text=one.value, clause=None)))
        for one in values
    )


def _speeches(stored: Mapping[str, Stored], name: str) -> tuple[Speech, ...]:
    found = [
        _speech(one.document, speaker)
        for one in stored.values()
        for speaker in one.document.metadata.speakers
        if text.fold(speaker.name) == text.fold(name)
    ]
    return tuple(found)


def _speech(document: Document, speaker: Speaker) -> Speech:
    evidence = text.fold(speaker.evidence)
    said = next((one for one in document.passages if evidence and evidence in text.fold(one.text)), None)
    return Speech(speaker.post or "", speaker.role, speaker.evidence, place(document, said))


def _mentions(stored: Mapping[str, Stored], query: Query, name: str) -> Iterator[Mention]:
    for one in stored.values():
        if any(text.fold(speaker.name) == text.fold(name) for speaker in one.document.metadata.speakers):
            continue  # among the speeches that were not opened
        marked = marks.mark(one.document, query, one.edges)
        if times := sum(map(len, marked.paragraphs)):
            first = next(number for number, spans in enumerate(marked.paragraphs, 1) if spans)
            begins = (p for p in one.document.passages if p.paragraph == first)
            passage = next((p for p in begins if text.fold(name) in text.fold(p.text)), None)
            yield Mention(times, place(one.document, passage, query))


def _notes(name: str, speeches: Sequence[Speech], mentions: Sequence[Mention]) -> Iterator[str]:
    if not speeches and not mentions:
        yield f"没有讲话人叫“{name}”，也没有文献提到。"
    elif not speeches:
        yield f"收录的文献里“{name}”只是被提到，不是讲话人。"
    regions = dict.fromkeys(one.place.region_label for one in speeches if one.place.region_label != UNKNOWN_REGION)
    if len(regions) > 1:
        yield f"这些讲话属于{'、'.join(regions)}：只按姓名列出，同名的可能不是一个人，请看职务。"


# --- to take away --------------------------------------------------------------------------------------

COLUMNS = ("情况", "职务（该篇所写）", "身份", "提到几处", "依据", *places.COLUMNS)


def as_csv(page: SpeakerPage) -> bytes:
    """A row a speech, then a row a document that only mentions him."""
    spoken = (["讲话人", one.post, one.role, "", one.evidence, *places.cells(one.place)] for one in page.speeches)
    named = (["只是提到", "", "", one.times, "", *places.cells(one.place)] for one in page.mentions)
    return as_table(COLUMNS, [*spoken, *named])


def as_json(page: SpeakerPage) -> dict[str, object]:
    return {
        "name": page.name,
        "notes": list(page.notes),
        "speeches": [
            {"post": one.post, "role": one.role, "evidence": one.evidence, **places.as_json(one.place)}
            for one in page.shown
        ],
        "mentions": [{"times": one.times, **places.as_json(one.place)} for one in page.mentioned],
        "people": [one.label for one in page.people],
    }
