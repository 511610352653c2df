"""Whether characters that nothing else shows to be a name could be nothing else."""

from __future__ import annotations

import re

from indexer.articles.names import POST, is_called, is_word
from indexer.facts.places import leading
from search.text import grammatical

# No name ends so where only a place or an organ before it could show it to be one: 朱林镇, 施工方, 许多人.
ENDS_NO_NAME = frozenset(
    "省市县区州盟旗镇乡村社局厅部委办院处科室校站所馆店庄组队团场园厂街路班会方人们者员长书表件元时桥湾坝沟坪塘铺屯寨堡岗"
)


def is_sure(name: str, *, shown: bool) -> bool:
    """Whether a name is no word, no place and no post; where nothing shows it, no word may be found in it either."""
    if name[-1] in ENDS_NO_NAME or not is_called(name) or is_word(name) or leading(name) or re.search(POST, name):
        return False
    if name[:2] in grammatical() or (len(name) > 2 and is_word(name[:2])):
        return False
    return shown or not is_word(name[1:])
