"""Groups of nearly the same documents, as the index tells of them: nothing is left out, each names the others, and
the files that are exact copies of one of them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.ledger import Indexed, Repeat
from indexer.versions import near
from search.documents.document import Copy, Warning
from search.documents.siblings import Siblings
from search.engines.team import Team

# Fresh documents that are worth processes of their own, since every process looks at all.
_MANY = 10_000
_PROCESSES = 4


def compared(documents: Sequence[Indexed], fresh: Collection[str]) -> list[Indexed]:
    """The documents in their order, the fresh ones with the ids of those they are alike to."""
    processes = min(_PROCESSES, os.cpu_count() or 1) if len(fresh) >= _MANY else 1
    written = {one.id: one.sketch for one in documents}
    shares = [_Share(written, fresh, slice(number, None, processes)) for number in range(processes)]
    found: dict[str, tuple[str, ...]] = {}
    with Team(processes if processes > 1 else 0) as team:
        for _, some in team.done(_neighbours, shares):
            found |= some
    return [_alike(one, found.get(one.id, ())) if one.id in fresh else one for one in documents]


def _alike(one: Indexed, others: tuple[str, ...]) -> Indexed:
    return one._replace(alike=others) if others != one.alike else one


@dataclass(frozen=True, slots=True)
class _Share:
    """written: the sketches of all documents by their ids, as the ledger has them; part: of near.neighbours()."""

    written: Mapping[str, bytes]
    fresh: Collection[str]
    part: slice


def _neighbours(share: _Share) -> dict[str, tuple[str, ...]]:
    return near.neighbours(_Sketches(share.written), share.fresh, share.part)


class _Sketches(Mapping[str, near.Sketch]):
    """Of documents by their ids, read when asked for: of a run of 170,000 they would be 55 MB."""

    def __init__(self, written: Mapping[str, bytes]) -> None:
        self._written = written

    def __getitem__(self, id: str) -> near.Sketch:
        return near.loads(self._written[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def siblings(documents: Iterable[Indexed], repeats: Iterable[Repeat]) -> dict[str, Siblings]:
    """For each document that has any, its near-duplicates and copies. documents: all of the index, compared()."""
    known = {one.id: one for one in documents}
    copies = _copies(known.values(), repeats)
    pairs = {id: [other for other in one.alike if other in known] for id, one in known.items()}
    groups = near.groups(pairs)
    alone = copies.keys() - {id for group in groups for id in group}
    found = {id: Siblings((), _in_order(copies[id]), None) for id in alone}
    for group in groups:
        best_first = sorted((known[id] for id in group), key=lambda one: (-one.characters, one.external_id))
        ids = tuple(one.id for one in best_first)
        both = _in_order(copy for id in ids for copy in copies.get(id, ()))
        found |= {one.id: Siblings(ids, both, _doubt(one, best_first)) for one in best_first}
    return found


def _copies(documents: Iterable[Indexed], repeats: Iterable[Repeat]) -> dict[str, list[Copy]]:
    """Id of a document -> its copies. A file that could not be read again leaves its copies without a document."""
    holders = {one.text_hash: one.id for one in documents}
    copies: defaultdict[str, list[Copy]] = defaultdict(list)
    for one in repeats:
        if (id := holders.get(one.text_hash)) is not None:
            copies[id].append(Copy(one.external_id, id))
    return copies


def _in_order(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    return tuple(sorted(copies, key=lambda copy: (copy.path, copy.of)))


def _doubt(one: Indexed, group: Sequence[Indexed]) -> Warning:
    """Names the best of the others: the first of the group, or the second for the first."""
    other = group[0] if group[0] is not one else group[1]
    more = f"等{len(group) - 1}篇" if len(group) > 2 else ""
    part = one.characters / other.characters
    how = f"篇幅是它的{round(part * 100)}%，可能是节选；" if part < 0.8 else ""
    message = f"与《{other.title}》（{other.external_id}）{more}文字大体相同，{how}引用前请核对差异"
    return Warning("near_duplicate", message, other.external_id)
