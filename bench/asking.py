"""One engine in a process of its own: python bench/asking.py NAME FOLDER build | ask [ROUNDS]; prints JSON.

A question's time is the CPU time of the asking thread, so that what else runs on the machine counts for little. The
first round is kept apart: it meets terms that nobody has asked for yet.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.peers import Answer, Fts5, Peer, Stock, Tantivy, Xapian
from bench.questions import Question, read_questions, read_records

if TYPE_CHECKING:
    from bench.ours import UpTo

RECORDS, QUESTIONS, LITERALS = "records.jsonl", "questions.jsonl", "literals.jsonl"


# What they need is loaded when they are asked: the other engines' Pythons may not have it.
def _ours(folder: Path, *, up_to: UpTo = "found", plain: bool = False) -> Peer:
    from bench.ours import ENGINE, PLAIN, Ours

    return Ours(folder, up_to=up_to, engine=PLAIN if plain else ENGINE)


def _tiered(folder: Path, *, cards: bool = True) -> Peer:
    from bench.tiered import TieredTantivy

    return TieredTantivy(folder, cards=cards)


ENGINES: dict[str, Callable[[Path], Peer]] = {
    "ours": _ours,
    "ours_cards": lambda folder: _ours(folder, up_to="cards"),
    "ours_page": lambda folder: _ours(folder, up_to="page"),
    "ours_plain": lambda folder: _ours(folder, plain=True),
    "stock": Stock,
    "stock_cards": lambda folder: Stock(folder, cards=True),
    "fts5": Fts5,
    "tantivy": Tantivy,
    "tantivy_tiers": lambda folder: _tiered(folder, cards=False),
    "tantivy_same": _tiered,
    "xapian": Xapian,
}


@dataclass(frozen=True, slots=True)
class Built:
    """seconds of CPU, from records to an index that answers; kilobytes of memory at the peak."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Asked:
    """first and best: CPU milliseconds of each question, in the first round and in the best of those after it.

    tiers: of each question Answer.tiers. private: kilobytes of memory that belong to this process alone, after the last
    question.
    """

    version: str
    first: tuple[float, ...]
    best: tuple[float, ...]
    totals: tuple[int, ...]
    tiers: tuple[Mapping[str, int], ...]
    private: int


def read_asked(printed: str) -> Asked:
    one = json.loads(printed)
    first, best, totals, tiers = (tuple(one[name]) for name in ("first", "best", "totals", "tiers"))
    return Asked(one["version"], first, best, totals, tiers, one["private"])


def build(name: str, folder: Path) -> Built:
    import resource  # Windows has it not, and asks no more of this file than its names

    begun = time.process_time()
    ENGINES[name](folder).build(read_records(folder / RECORDS))
    seconds = time.process_time() - begun
    return Built(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def ask(name: str, folder: Path, questions: tuple[Question, ...], rounds: int) -> Asked:
    engine = ENGINES[name](folder)
    engine.open()
    engine.ask(questions[0])  # what is loaded once is not the first question's time
    passes = [[_timed(engine, question) for question in questions] for _ in range(rounds + 1)]
    first = tuple(milliseconds for milliseconds, _ in passes[0])
    best = tuple(min(one for one, _ in asked) for asked in zip(*passes[1:], strict=True))
    answers = [answer for _, answer in passes[0]]
    totals, tiers = tuple(one.total for one in answers), tuple(one.tiers for one in answers)
    return Asked(engine.version, first, best, totals, tiers, private_memory())


def _timed(engine: Peer, question: Question) -> tuple[float, Answer]:
    begun = time.thread_time_ns()
    answer = engine.ask(question)
    return (time.thread_time_ns() - begun) / 1e6, answer


def private_memory() -> int:
    """Kilobytes that no other process can share; 0 where the system does not say.

    Pages of mapped files are left out: they lie in the system's cache once, however many processes map them, though the
    system calls them private as long as one process does.
    """
    rollup = Path("/proc/self/smaps_rollup")
    lines = rollup.read_text(encoding="ascii").splitlines() if rollup.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))


def main(name: str, folder: Path, task: str, file: str = QUESTIONS, rounds: str = "3") -> None:
    done = build(name, folder) if task == "build" else ask(name, folder, read_questions(folder / file), int(rounds))
    print(json.dumps(asdict(done)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
