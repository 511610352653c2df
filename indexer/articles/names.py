"""What looks like a person's name: by the surname, for there is no other sign of one in Chinese, or by its post."""

from __future__ import annotations

import re

from search.text import surnames

# How a post ends, longer ones first where one begins as another.
POST = (
    r"(?:总书记|书记|部长|厅长|局长|主任|主席|省长|市长|州长|县长|区长|乡长|镇长|盟长|旗长|委员长|总理|委员|常委|会长|院长|校长|组长|处长|科长|司长|理事长|秘书长|"
    r"董事长|主委|巡视员|调研员|专员|成员|负责人|发言人|站长|所长|行长|干事长|社长|总干事|代表)"
)


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


def is_named_after_post(text: str) -> bool:
    """After a post any two or three characters are a name."""
    return is_name(text) or len(text) in (2, 3)
