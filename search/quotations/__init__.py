"""A draft held against the documents: what of it stands where, word for word or how else."""

from search.quotations.checking import MAX_CHARACTERS, check
from search.quotations.page import CheckPage, page_as_json, page_of

__all__ = ["MAX_CHARACTERS", "CheckPage", "check", "page_as_json", "page_of"]
