"""The opened document: its page, how it is cited, and what stands beside it."""

from search.reading.before import as_before
from search.reading.page import about, beside, contrasts, open_document, switch
from search.reading.values import Doubt, FactLine, OutlineItem, ParagraphView, QuotedRun

__all__ = [
    "Doubt",
    "FactLine",
    "OutlineItem",
    "ParagraphView",
    "QuotedRun",
    "about",
    "as_before",
    "beside",
    "contrasts",
    "open_document",
    "switch",
]
