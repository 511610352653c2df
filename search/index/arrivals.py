"""When documents first came into the index, by the runs that brought them: what is new, whatever their own date."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass
from datetime import datetime

log = logging.getLogger(__name__)

# The name under which they are kept beside an index.
NOTE = "arrivals"
# Documents that are named, the latest; of earlier ones and of more in one run only the number is kept. About 40 KB.
_MOST, _MOST_RUNS = 2_000, 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one run brought: at is local time (2026-11-28T09:05), count how many documents, ids the first of them."""

    at: str
    count: int
    ids: tuple[str, ...]


def with_run(
    before: Iterable[Arrival], brought: Iterable[str], now: Set[str], became: Mapping[str, str], at: datetime
) -> tuple[Arrival, ...]:
    """The arrivals after a run, the latest first. brought: ids that were never there, in the order of the files; now:
    all that are there; became: the id that the text of another has now, which is no arrival."""
    successors = set(became.values())
    new = [id for id in brought if id not in successors]
    runs = [Arrival(f"{at:%Y-%m-%dT%H:%M}", len(new), tuple(new))] if new else []
    kept, left = [], _MOST
    for run in [*runs, *before][:_MOST_RUNS]:
        ids = [moved for id in run.ids if (moved := became.get(id, id)) in now][:left]
        left -= len(ids)
        gone = sum(became.get(id, id) not in now for id in run.ids)
        if run.count > gone:
            kept.append(Arrival(run.at, run.count - gone, tuple(ids)))
    return tuple(kept)


def dumps(arrivals: Iterable[Arrival]) -> str:
    return json.dumps([asdict(one) for one in arrivals])


def loads(stored: str | None) -> tuple[Arrival, ...]:
    """The inverse of dumps(); none where nothing was kept, or something else."""
    try:
        return tuple(
            Arrival(
                f"{datetime.fromisoformat(one['at']):%Y-%m-%dT%H:%M}", int(one["count"]), tuple(map(str, one["ids"]))
            )
            for one in json.loads(stored or "[]")
        )
    except (ValueError, TypeError, KeyError) as problem:
        log.warning("收录日期的记录已损坏（%s），当作没有，下次更新索引时重写。", problem)
        return ()
