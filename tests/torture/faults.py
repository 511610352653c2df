"""Runs of the indexer in which a system call fails: one run a forked process, so that none pays for starting Python.

Started by test_system_calls.py with faults.c loaded: `python faults.py FOLDER WHAT STEP` prints a line of JSON a run.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import json
import os
import shutil
import sys
import traceback
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from indexer import checking, pipeline
from search.engines import store_of
from search.engines.whoosh import generations, parts
from search.query.parsing import parse
from search.text import warm

MODES = {"count": 0, "once": 1, "from": 2, "end": 3}
ERRORS = {"once": errno.EIO, "from": errno.ENOSPC}
TEXT = "某省民政厅召开{0}工作会议\n\n5月10日，某省民政厅召开{0}工作会议，总结2023年工作。\n\n会议指出，要做好{0}。\n"


def prepare(folder: Path) -> None:
    """Two published generations, and something new to read."""
    (folder / "corpus").mkdir(parents=True)
    for topics in (("养老服务", "社会救助"), ("殡葬改革",), ("地名管理",)):
        for topic in topics:
            (folder / "corpus" / f"{topic}.txt").write_text(TEXT.format(topic), encoding="utf-8")
        if topics != ("地名管理",):
            pipeline.build([folder / "corpus"], store_of("whoosh", folder / "index"))


def run(folder: Path, how: str, k: int, *, full: bool) -> dict[str, object]:
    """What a build ended with when its k-th call failed, and how many calls there were."""
    faults = ctypes.CDLL(None)
    faults.faults_arm(os.fsencode(folder / "index"), MODES[how], ctypes.c_long(k), ERRORS.get(how, 0))
    try:
        pipeline.build([folder / "corpus"], store_of("whoosh", folder / "index"), full=full)
        ended = "published"
    except OSError as error:
        ended = "told" if error.errno == ERRORS.get(how) else f"another: {error}"
    except Exception:
        ended = traceback.format_exc()
    calls = faults.faults_calls()
    faults.faults_arm(b"", 0, ctypes.c_long(0), 0)
    return {"ended": ended, "calls": calls, "left": sorted(one.name for one in (folder / "index").glob("*.tmp"))}


def state(folder: Path) -> dict[str, object]:
    """What a reader finds afterwards, and what a whole run makes of it."""
    store = store_of("whoosh", folder / "index")
    try:
        engine = store.open()
        hits = [engine.count([parse(topic)])[0] for topic in ("养老服务", "殡葬改革", "地名管理")]
        found: dict[str, object] = {"hits": hits, "documents": engine.documents, "problems": checking.problems(store)}
        found["whole"] = engine.generation == generations.current_name(folder / "index")
    except Exception:
        return {"hits": traceback.format_exc()}
    pipeline.build([folder / "corpus"], store)
    again = [store.open().documents, checking.problems(store), [*(folder / "index").glob("*.tmp")]]
    return {**found, "again": again == [4, [], []]}


def in_a_process(folder: Path, how: str, k: int, *, full: bool) -> dict[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writing, "w") as out:
            out.write(json.dumps(run(folder, how, k, full=full)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        told = json.loads(said.read() or '{"ended": "killed", "left": []}')
    os.waitpid(child, 0)
    return {"k": k, **told, **state(folder)}


def main() -> None:
    """FOLDER update|full|beside STEP: counts the calls of a run, then fails every STEP-th of them in every way.

    beside: a full run by the way of many files, on whose shelf documents wait for segments of their own.
    """
    folder, full, step = Path(sys.argv[1]), sys.argv[2] != "update", int(sys.argv[3])
    warnings.simplefilter("ignore")
    pipeline.workers_for = lambda files: 0
    if sys.argv[2] == "beside":
        pipeline._MANY = 1
        parts.processes = lambda: 0
    warm()
    prepare(folder / "before")
    gc.freeze()
    trial(folder, "count", 0, full=full)
    calls = trial(folder, "count", 0, full=full)["calls"]
    for how in ("once", "from", "end"):
        for k in range(1, int(str(calls)) + 1, step):
            trial(folder, how, k, full=full)


def trial(folder: Path, how: str, k: int, *, full: bool) -> dict[str, object]:
    copy = folder / "copy"
    shutil.copytree(folder / "before", copy, copy_function=os.link)
    found = {"how": how, **in_a_process(copy, how, k, full=full)}
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    shutil.rmtree(copy)
    return found


if __name__ == "__main__":
    main()
