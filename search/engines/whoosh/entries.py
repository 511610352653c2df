"""What of a document and its analysis goes into which field of a Whoosh index."""

from __future__ import annotations

from collections.abc import Iterator

from search.documents.document import Document
from search.engines import written_content
from search.engines.whoosh.fields import BEGINS
from search.index import packed
from search.index.analysis import Analysis, Numbers, Pairs, Words
from search.index.schema import FIELDS, facet_values
from search.matching.postings import Unit


def terms(analysis: Analysis) -> Iterator[tuple[str, Words | Pairs]]:
    """By field; the beginnings of units are terms among the grams."""
    yield from (("words", analysis.words), ("title_grams", analysis.title_grams), ("grams", analysis.grams))
    units: dict[Unit, Numbers] = {
        "passage": analysis.passages,
        "sentence": analysis.sentences,
        "heading": analysis.headings,
        "item": analysis.items,
    }
    yield from (("grams", Words([BEGINS[unit]] * len(offsets), offsets)) for unit, offsets in units.items())


def of_text(analysis: Analysis) -> dict[str, object]:
    """What else the index holds of a document's text."""
    return {
        "terms": analysis.terms,
        "title_cuts": analysis.title_cuts,
        "cuts": analysis.cuts,
        "length": analysis.length,
        "content": written_content(analysis.content).encode("utf-8"),
    }


def of_document(document: Document, stored: bytes = b"") -> dict[str, object]:
    """What the index holds of what is said of a document. stored: packed.dumps() of it, where it is known."""
    return {
        "id": [document.id],
        "name": document.id.encode("ascii"),
        "near": document.near[0].encode("ascii") if document.near else b"",
        "title": document.metadata.title.value.encode("utf-8"),
        "date": str(document.metadata.date.value).encode("ascii") if document.metadata.date else b"",
        "record": stored or packed.dumps(document),
        **{field.name: facet_values(document, field.name) for field in FIELDS if field.kind == "facet"},
    }
