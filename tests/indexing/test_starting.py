"""What a command loads before it does anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAY = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def printed(program: str) -> str:
    """What a program of its own prints."""
    asked = [sys.executable, "-c", program]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("module", ["indexer.commands", "indexer.pipeline"])
def test_who_does_not_read_files_does_not_load_what_reads_them(module: str) -> None:
    told = printed(f"import {module}; {SAY}")
    loaded = set(json.loads(told))
    rules = {path.stem for path in (ROOT / "indexer" / "articles").glob("*.py")} - {"__init__"}
    assert {f"indexer.articles.{name}" for name in rules} & loaded == set()
    assert {"indexer.understand", "indexer.facts.metadata", "bs4", "docx", "pypdf", "search.results"} & loaded == set()


def test_what_makes_the_processes_ready_loads_nothing_else() -> None:
    """It is done before anything is loaded: what it loaded itself would come before what they load, not beside it."""
    told = printed(f"from indexer import ahead, priority; {SAY}")
    ours = {name for name in json.loads(told) if name.partition(".")[0] in ("indexer", "search", "whoosh")}
    assert ours == {
        "indexer",
        "indexer.ahead",
        "indexer.priority",
        "search",
        "search.character_classes",
        "search.processes",
    }


def test_the_processes_that_read_have_it_before_they_are_started() -> None:
    told = printed(
        "from search import processes\n"
        "asked = []\n"
        "processes.expect = asked.extend\n"
        "from indexer import ahead\n"
        "ahead.expect()\n"
        f"from importlib import import_module; [*map(import_module, asked)]; {SAY}"
    )
    assert {"indexer.understand", "indexer.facts.metadata", "indexer.readers.html", "indexer.workers", "bs4"} <= set(
        json.loads(told)
    )


def test_what_they_make_when_they_first_read_is_made_before_they_are_started() -> None:
    """The example is a page like others: its text, title and speaker are found, so that what finds them is there."""
    told = printed(
        "import indexer.ready, indexer.encoding as encoding, indexer.prepare as prepare\n"
        "from indexer.understand import understand\n"
        "from search.text import segmenter\n"
        "print(encoding._everyday.cache_info().currsize, segmenter.reference.cache_info().currsize)\n"
        "(page,) = understand(indexer.ready.EXAMPLE, indexer.ready.EXAMPLE.name)\n"
        "print(page.metadata.title.value, page.metadata.speakers[0].name, len(page.passages))"
    )
    assert told.splitlines() == ["1 1", "全省养老服务工作推进会议在临湖召开 鲁平野 11"]


def test_what_cannot_be_made_ahead_ends_no_process() -> None:
    """It is made when it is asked for, and what is wrong is said then."""
    broken = (
        "import indexer.prepare as prepare\nprepare.prepared = lambda *_: 1 / 0\nimport indexer.ready\nprint('goes on')"
    )
    assert printed(broken) == "goes on\n"


def test_a_command_ends_without_looking_through_what_it_has_loaded() -> None:
    told = printed(
        "import atexit, gc, runpy, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 10_000))\n"
        "sys.argv = ['indexer', '--help']\n"
        "runpy.run_module('indexer', run_name='__main__', alter_sys=True)"
    )
    assert told.splitlines()[-1] == "True"


def test_a_process_that_reads_loads_nothing_of_the_commands() -> None:
    told = printed(f"import indexer.understand, indexer.prepare, indexer.workers; {SAY}")
    assert {"click", "indexer.telling", "indexer.terminal", "indexer.commands"} & {*json.loads(told)} == set()
