"""Spans of text as sets of characters."""

from __future__ import annotations

from search.documents.document import Span


def disjoint(spans: list[Span]) -> list[Span]:
    """The spans without overlaps: from the left, the longest first."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
