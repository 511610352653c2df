"""What a document that goes has become: its file was corrected, or the same text is in another file now.

Its address is in people's notes and papers; it should lead to the text, and never to another text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from indexer.ledger import Entry, Indexed
from indexer.versions import near


def successors(before: Mapping[str, Entry], now: Mapping[str, Entry], gone: Collection[str]) -> dict[str, str]:
    """Id of a document that goes → id of the one that has its text, letter for letter or as it was corrected.

    What has come in the same file counts where it is nearly the same text, or has the same title.
    """
    texts = {one.text_hash: one.id for entry in now.values() for one in entry.documents}
    found = dict[str, str]()
    for key, entry in before.items():
        for one in entry.documents:
            if one.id in gone:
                after = texts.get(one.text_hash) or _corrected(one, now[key].documents if key in now else ())
                found |= {one.id: after} if after else {}
    return found


def _corrected(one: Indexed, others: Collection[Indexed]) -> str:
    """The id of the document that one has become, of those that its file has now."""
    was = near.loads(one.sketch)
    alike = [other.id for other in others if near.alike(was, near.loads(other.sketch))]
    same = [other.id for other in others if other.title == one.title]
    both = [id for id in alike if id in same]
    return next(iter([*both, *alike, *(same if len(same) == 1 else [])]), "")
