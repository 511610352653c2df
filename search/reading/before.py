"""A document under an address that it had before it was corrected: each place of then leads to the same sentence, and
what was changed is shown."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from search.documents.differences import differences
from search.documents.document import Document, Passage
from search.matching import marks
from search.reading.values import Before, Change, DocumentPage

MOST_CHANGES = 50  # that are shown


def as_before(page: DocumentPage, document: Document, passages: Sequence[Passage]) -> DocumentPage:
    """The page with the anchors that the passages of then had: #p5 stands where their fifth is now.

    What has come since has anchors of its own, #new7. Nothing changes where those of then are not known.
    """
    old = dataclasses.replace(document, passages=tuple(passages))
    if not passages:
        return page
    begins, began = _begins(document.passages), _begins(passages)
    changes, moved = list[Change](), dict[int, int]()
    here = there = 0
    for found in differences(old, document):
        number = bisect_right(began, here)  # of then
        at = bisect_right(begins, there)
        if found.other and found.one:
            for each in range(number, bisect_right(began, here + len(found.one) - 1) + 1):
                moved.setdefault(each, at)
        if found.kind != "same":
            one, other = marks.pieces(found.one, found.one_marks), marks.pieces(found.other, found.other_marks)
            changes.append(Change(f"was-{len(changes) + 1}", one, other, at if found.other else 0))
        here, there = here + len(found.one), there + len(found.other)
    gone = tuple(f"p{number}" for number in range(1, len(passages) + 1) if number not in moved)
    return _anchored(page, moved, changes, gone)


def _begins(passages: Sequence[Passage]) -> list[int]:
    """Where each begins in all of them joined."""
    return list(accumulate((len(one.text) for one in passages), initial=0))[:-1]


def _anchored(
    page: DocumentPage, moved: Mapping[int, int], changes: Sequence[Change], gone: tuple[str, ...]
) -> DocumentPage:
    olds = defaultdict[int, list[int]](list)
    for old, now in moved.items():
        olds[now].append(old)
    places = {f"#p{one.number}": f"#{_anchors(one.number, olds)[0]}" for all in page.paragraphs for one in all.passages}
    changed = {one.passage: one.id for one in reversed(changes[:MOST_CHANGES]) if one.passage}
    paragraphs = tuple(
        paragraph._replace(
            passages=tuple(
                one._replace(anchors=_anchors(one.number, olds), changed=changed.get(one.number, ""))
                for one in paragraph.passages
            )
        )
        for paragraph in page.paragraphs
    )
    shown = [
        dataclasses.replace(one, url=places[f"#p{one.passage}"] if one.passage else "")
        for one in changes[:MOST_CHANGES]
    ]
    return dataclasses.replace(
        page,
        paragraphs=paragraphs,
        outline=tuple(dataclasses.replace(one, url=places.get(one.url, one.url)) for one in page.outline),
        doubts=tuple(dataclasses.replace(one, url=places.get(one.url, one.url)) for one in page.doubts),
        before=Before(tuple(shown), len(changes) - len(shown), gone),
    )


def _anchors(number: int, olds: Mapping[int, Sequence[int]]) -> tuple[str, ...]:
    return tuple(f"p{old}" for old in olds.get(number, ())) or (f"new{number}",)
