"""粘贴引文找出处: the place that a pasted address, one of our own citations or a title with a paragraph names.

Only what names one place alone is led there; anything else is looked for as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search import text
from search.documents.document import Document
from search.engines import Engine
from search.query.addresses import document_address
from search.query.clauses import Clause, InTitle, Query, Term
from search.reading.citation import source_words

MOST_CHARACTERS = 5_000
# Documents of one day, or with one title, that are opened to compare their citations: 1 ms each.
MOST_DOCUMENTS = 300
_ADDRESS = re.compile(r"(?:^|[^0-9A-Za-z])doc/([0-9a-f]{16})(?![0-9a-f])(?:\?[^\s#]{0,2000})?(?:#p(\d{1,6}))?")
# “…”（会议，2024年2月18日，据……）: what the copy buttons and the exports put behind a quotation.
_CITED = re.compile(
    r"(?:“(?P<quoted>.*)”)?[（(](?:转引自)?(?P<occasion>[^\n]{2,200}?)[，,]"
    r"(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|日期不详)[，,](?P<origin>(?:据|来源不详)[^\n]*)[）)][。.]?",
    re.DOTALL,
)
_TITLED = re.compile(r"《(?P<title>[^\n]{2,200})》(?:（拟题）)?[,，]?\s*第\s*(?P<paragraph>\d{1,5})\s*段.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The document and the number of its passage; 0: the whole."""

    id: str
    number: int = 0

    @property
    def url(self) -> str:
        return document_address(self.id, passage=self.number)


def pasted(engine: Engine, typed: str) -> Pasted | None:
    """The one place that is named; None: it names none, or several."""
    typed = typed.strip()
    if not 4 < len(typed) <= MOST_CHARACTERS:
        return None
    if found := {*_ADDRESS.findall(typed)}:
        (id, number), *others = sorted(found, reverse=True)
        return None if any(one != id for one, _ in others) else Pasted(id, int(number or 0))
    if cited := _CITED.fullmatch(typed):
        return _cited(engine, cited)
    if titled := _TITLED.fullmatch(typed):
        return _titled(engine, titled["title"], int(titled["paragraph"]))
    return None


def _cited(engine: Engine, found: re.Match[str]) -> Pasted | None:
    quoted = (found["quoted"] or "").replace("‘", "“").replace("’", "”")
    day = "-".join(part.zfill(2) for part in re.findall(r"\d+", found["date"]))
    entries = engine.catalogue()
    if quoted:
        words = text.fold(quoted)
        ids: Iterable[str] = _holding(engine, Term(words, words, quoted=True))
    else:
        ids = entries
    same_day = [id for id in ids if id in entries and entries[id].date == day]
    if len(same_day) > MOST_DOCUMENTS and not quoted:
        return None
    bracket = _plain(found["occasion"]), _plain(found["date"]), _plain(found["origin"])
    documents = [one.document for one in engine.fetch(same_day[:MOST_DOCUMENTS]).values()]
    fitting = [one for one in documents if _fits(one, bracket)]
    document = _one_of(fitting)
    return Pasted(document.id, _passage_of(document, quoted)) if document else None


def _fits(document: Document, bracket: tuple[str, str, str]) -> bool:
    """Whether the citation of a document says the same, whether or not with its doubts."""
    own = _CITED.fullmatch(source_words(document))
    if own is None:
        return False
    occasion, date, origin = (_plain(own[name]) for name in ("occasion", "date", "origin"))
    source = origin.partition(";")[0]
    return (occasion, date) == bracket[:2] and source == bracket[2].partition(";")[0]


def _titled(engine: Engine, title: str, paragraph: int) -> Pasted | None:
    folded = text.fold(title)
    ids = _holding(engine, InTitle(Term(folded, title, quoted=True)))
    stored = engine.fetch(ids[:MOST_DOCUMENTS]).values()
    document = _one_of([one.document for one in stored if text.fold(one.document.metadata.title.value) == folded])
    if document is None:
        return None
    here = (one.number for one in document.passages if one.paragraph == paragraph)
    return Pasted(document.id, next(here, 0))


def _holding(engine: Engine, clause: Clause) -> list[str]:
    asked = Query(raw="", text="", clause=clause, synonyms=False)
    return [match.id for match in engine.find(asked, limit=MOST_DOCUMENTS, offset=0).ranked if match.kind == "exact"]


def _one_of(documents: Sequence[Document]) -> Document | None:
    """The only one; of several that are near-duplicates of each other, the one that is shown for them."""
    groups = {one.near[0] if one.near else one.id for one in documents}
    if len(groups) != 1:
        return None
    return next((one for one in documents if one.id in groups), documents[0])


def _passage_of(document: Document, quoted: str) -> int:
    words = text.fold(quoted)
    return next((one.number for one in document.passages if words and words in text.fold(one.text)), 0)


def _plain(part: str) -> str:
    return "".join(text.fold(part).split())
