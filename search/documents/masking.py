"""A document as readers see it: the numbers of identity cards and mobile telephones with stars in them.

The index keeps the text as it is; every engine gives its documents through masked(), so there is no other way out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, groupby

from search.documents.document import EVIDENT, Document, Evidence, Passage
from search.documents.switches import shows_personal
from search.text import personal


def masked(document: Document) -> Document:
    """The document, with as many characters; itself where nothing is to be masked, or the setting says so."""
    if not document.warnings or all(one.code != "personal" for one in document.warnings) or shows_personal():
        return document
    hide, known = personal.masked, document.metadata
    evident: dict[str, Evidence[object]] = {name: one for name in EVIDENT if (one := getattr(known, name))}
    hidden = {
        name: replace(one, value=hide(one.value) if isinstance(one.value, str) else one.value, text=hide(one.text))
        for name, one in evident.items()
    }
    speakers = tuple(replace(one, evidence=hide(one.evidence)) for one in known.speakers)
    doubts = (replace(one, message=hide(one.message), evidence=hide(one.evidence)) for one in document.warnings)
    return replace(
        document,
        metadata=replace(known, **hidden, speakers=speakers),  # type: ignore[arg-type]
        passages=tuple(_passages(document)),
        warnings=tuple(doubts),
    )


def _passages(document: Document) -> Iterator[Passage]:
    """Paragraph by paragraph, as what names an old number may stand in the passage before it."""
    for _, group in groupby(document.passages, key=lambda passage: passage.paragraph):
        held = list(group)
        paragraph = personal.masked("".join(one.text for one in held))
        for one, end in zip(held, accumulate(len(one.text) for one in held), strict=True):
            outline = tuple(map(personal.masked, one.outline))
            yield replace(one, text=paragraph[end - len(one.text) : end], outline=outline)
