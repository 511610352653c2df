"""The excerpts of a basket: the words, where they are from, how they are cited and what is doubtful about them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.documents import labels
from search.documents.document import Document
from search.documents.second_hand import cited
from search.documents.warnings import DOUBTS
from search.engines import Engine
from search.excerpts.references import MOST, Reference, basket_address
from search.query.addresses import Link, document_address
from search.reading.citation import source_words


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One excerpt ready to print; text is empty where it is no longer to be had, and gone says why.

    source: what a quotation is followed by, in brackets. ways: the same basket with this one moved or left out.
    """

    reference: Reference
    text: str = ""
    title: str = ""
    url: str = ""
    paragraph: str = ""
    about: str = ""
    source: str = ""
    doubts: tuple[str, ...] = ()
    gone: str = ""
    ways: tuple[Link, ...] = ()

    @property
    def quotation(self) -> str:
        """As official papers quote: quotation marks inside become single (GB/T 15834)."""
        inside = self.text.replace("“", "‘").replace("”", "’")
        return f"“{inside}”{self.source}"


@dataclass(frozen=True, slots=True)
class Basket:
    excerpts: tuple[Excerpt, ...]
    notes: tuple[str, ...]
    url: str
    exports: tuple[Link, ...]


def basket(engine: Engine, references: Sequence[Reference], strange: int = 0) -> Basket:
    """The first MOST of the references, in their order. strange: of those handed over, how many were none."""
    kept = references[:MOST]
    stored = engine.fetch(list(dict.fromkeys(one.document for one in kept)))
    documents = {id: one.document for id, one in stored.items()}
    excerpts = tuple(excerpt(one, documents.get(one.document), tuple(_ways(kept, at))) for at, one in enumerate(kept))
    forms = ((".docx", "Word 文件"), (".md", "Markdown"), (".csv", "CSV 表格"))
    return Basket(
        excerpts=excerpts,
        notes=tuple(_notes(references, excerpts, strange)),
        url=basket_address(kept),
        exports=tuple(Link(label, basket_address(kept, form), name=form[1:]) for form, label in forms) if kept else (),
    )


def _notes(references: Sequence[Reference], excerpts: Sequence[Excerpt], strange: int) -> Iterator[str]:
    if len(references) > MOST:
        more = len(references) - MOST
        yield f"一份摘录最多 {MOST} 段，这里有 {len(references)} 段，后面的 {more} 段没有列出；请分成几份。"
    if gone := sum(bool(one.gone) for one in excerpts):
        yield f"有 {gone} 段现在取不到，位置和备注留着，原因写在各段里。"
    if strange:
        yield f"地址里有 {strange} 处认不出是哪一段，可能没有复制完整。"


def excerpt(one: Reference, document: Document | None, ways: tuple[Link, ...] = ()) -> Excerpt:
    """What a reference names of its document; None: the document is gone."""
    if document is None:
        return Excerpt(one, gone="索引里没有这篇文稿了，可能原文件已移走或改过。", ways=ways)
    passages = document.passages[one.first - 1 : one.last]
    text = _joined(document, one)
    if len(passages) <= one.last - one.first or one.end > len(text):
        return Excerpt(one, gone="这篇文稿里没有这一段，可能地址没有复制完整。", ways=ways)
    part = text[one.begin : one.end] if one.end else text
    source = source_words(document)
    second_hand = any(a <= one.begin and (one.end or len(text)) <= b for a, b in cited(document, text))
    first, last = passages[0].paragraph, passages[-1].paragraph
    return Excerpt(
        reference=one,
        text=part,
        title=document.metadata.title.value,
        url=document_address(document.id, passage=one.first),
        paragraph=f"第 {first} 段" if first == last else f"第 {first}至{last} 段",
        about=" · ".join(
            (
                labels.region_label(document),
                labels.date_label(document.metadata.date),
                labels.quotation_label(document),
            )
        ),
        source=source.replace("（", "（转引自", 1) if second_hand else source,
        doubts=tuple(warning.message for warning in document.warnings if warning.code in DOUBTS),
        ways=ways,
    )


def _joined(document: Document, one: Reference) -> str:
    """The text of passages; those of one paragraph run on, paragraphs are lines."""
    joined, paragraph = "", 0
    for passage in document.passages[one.first - 1 : one.last]:
        joined += ("\n" if paragraph and passage.paragraph != paragraph else "") + passage.text
        paragraph = passage.paragraph
    return joined


def _ways(references: Sequence[Reference], at: int) -> Iterator[Link]:
    """Links that work without a script: the basket with one of it moved up, moved down, left out."""
    for label, name, to in (("上移", "up", at - 1), ("下移", "down", at + 1)):
        if 0 <= to < len(references):
            moved = list(references)
            moved[at], moved[to] = moved[to], moved[at]
            yield Link(label, basket_address(moved), name=name)
    yield Link("去掉", basket_address([*references[:at], *references[at + 1 :]]), name="remove")


def noted(references: Sequence[Reference], notes: Sequence[str]) -> list[Reference]:
    """With the notes of a form, one for each in their order."""
    return [
        dataclasses.replace(one, note=" ".join(note.split()))
        for one, note in zip(references, [*notes, *[one.note for one in references[len(notes) :]]], strict=False)
    ]


# --- as JSON -------------------------------------------------------------------------------------------


def as_json(found: Basket) -> dict[str, object]:
    """The object of /api/basket."""
    return {
        "url": found.url,
        "notes": list(found.notes),
        "excerpts": [
            {
                "e": str(one.reference),
                "text": one.text,
                "source": one.source,
                "quotation": one.quotation if one.text else "",
                "title": one.title,
                "url": one.url,
                "paragraph": one.paragraph,
                "doubts": list(one.doubts),
                "note": one.reference.note,
                "gone": one.gone,
            }
            for one in found.excerpts
        ],
    }
