"""What looks like a person's name: by the surname, for there is no other sign of one in Chinese."""

from __future__ import annotations

import re

from search.text import surnames


def is_name(text: str) -> bool:
    """A Chinese name of two or three characters, four with a two-character surname; others with their dot."""
    if "·" in text:
        return 3 <= len(text) <= 20 and not text.startswith("·") and not text.endswith("·")
    if text.startswith(surnames("compound")):
        return len(text) in (3, 4)
    return (
        len(text) in (2, 3)
        and text[0] in surnames("frequent", "other")
        and not re.search(r"[的了并同志部厅局]", text[1:])
    )
