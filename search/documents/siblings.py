"""What a document says of those that have nearly or exactly its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from search.documents.document import Copy, Document, Warning

NEAR_DUPLICATE = "near_duplicate"


@dataclass(frozen=True, slots=True)
class Siblings:
    """near and copies as in Document, and the doubt that goes with the former; all empty for a document by itself."""

    near: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    doubt: Warning | None = None

    @property
    def digest(self) -> str:
        """Changes when anything of it does."""
        return hashlib.sha256(repr((self.near, self.copies, self.doubt)).encode()).hexdigest()[:16]

    def told(self, document: Document) -> Document:
        """The document with this said of its group, in the place of what was said before."""
        others = tuple(doubt for doubt in document.warnings if doubt.code != NEAR_DUPLICATE)
        doubts = (*others, self.doubt) if self.doubt else others
        return replace(document, near=self.near, copies=self.copies, warnings=doubts)


ALONE = Siblings()
