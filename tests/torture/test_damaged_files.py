"""Every file of an index damaged in every way, on both engines, through the pages: the right answer of some generation
that was published, or a page that says what to run; never another answer, never a broken page."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scale import TIMES, many, told

from app import create_app
from indexer import pipeline
from search.engines import store_of
from search.engines.whoosh import soundness
from search.settings import Settings
from web.cache import AnswerCache

REPORT = (
    "某省民政厅召开{0}工作会议\n\n{1}月10日，某省民政厅召开{0}工作会议，总结2023年工作。\n\n会议指出，要做好{0}。\n"
)
TOPICS = ("养老服务", "社会救助", "殡葬改革", "地名管理", "志愿服务", "儿童福利")
ANSWERS = (
    "/api/search?q=养老服务",
    "/api/search?q=会议指出",
    "/api/search?q=",
    "/api/search?q=“总结2023年工作”",
    "/healthz",
    "/api/check?text=会议指出，要做好养老服务。",
    "/api/tools/timeline?q=养老服务",
    "/api/tools/figures?q=会议",
    "/api/tools/coverage",
    "/api/basket?e={id}.1",
    "/api/documents/{id}",
)
PAGES = (
    "/",
    "/browse",
    "/search?q=民政厅 工作",
    "/status",
    "/api/suggest?q=yl",
    "/search?q=ylfw",
    "/search.csv?q=工作",
    "/doc/{id}?q=养老",
    "/tools/matrix?q=养老服务",
    "/tools/cited?q=会议",
    "/tools/common?doc={id}",
    "/check?text=总结2023年工作",
)

Damage = Callable[[bytes, random.Random], bytes]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One bit."""
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes(min(64, len(content) - at)) + content[at + 64 :]


DAMAGES: dict[str, Damage] = {
    "flipped": flipped,
    "zeroed": zeroed,
    "cut short": lambda content, chance: content[: chance.randrange(len(content))],
    "emptied": lambda content, chance: b"",
    "longer": lambda content, chance: content + b"\0",
    "other": lambda content, chance: chance.randbytes(len(content)),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations, the second with files of its own and files of the first."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "corpus").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.pipeline.workers_for", lambda files: 0)
        for month, topic in enumerate(TOPICS, start=1):
            (folder / "corpus" / f"{topic}.txt").write_text(REPORT.format(topic, month), encoding="utf-8")
            if month >= len(TOPICS) - 1:
                pipeline.build([folder / "corpus"], store_of("whoosh", folder / "index"))
    return folder / "index"


class Site:
    """Asks one application of one index after another."""

    def __init__(self, engine: str) -> None:
        self._app = create_app(Settings(engine=engine))
        self._app.config["PROPAGATE_EXCEPTIONS"] = False
        self._engine, self._client = engine, self._app.test_client()
        self.document = ""  # the id of one that is in every generation

    def at(self, index: Path) -> None:
        """The index that is asked from now on."""
        self._app.config["SPEECHES"] = Settings(index=str(index), engine=self._engine)
        self._app.extensions["answers"] = AnswerCache()

    def ask(self, address: str) -> tuple[int, str, Any]:
        """Status, generation, what it says but for how long it took."""
        response = self._client.get(address.format(id=self.document))
        said = response.get_json() if address in ANSWERS else None
        if isinstance(said, dict):  # how long it took, and that it is not the newest, are true of this asking only
            said = {name: value for name, value in said.items() if name not in ("took_ms", "status")}
        return response.status_code, response.headers.get("X-Index-Generation", ""), said


@pytest.fixture(scope="module", params=["whoosh", "whoosh-plain"])  # those that lie in files
def site(request: pytest.FixtureRequest) -> Site:
    return Site(request.param)


@pytest.fixture(scope="module")
def right(index: Path, site: Site) -> dict[str, dict[str, Any]]:
    """generation -> address -> what it says."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(one.name for one in index.glob("g*")):
        (copy := index.parent / f"{name}-{id(site)}").mkdir()
        shutil.copytree(index / name, copy / name)
        (copy / "CURRENT").write_text(name, "ascii")
        site.at(copy)
        site.document = site.document or re.findall(r"/doc/([0-9a-f]{16})", str(site.ask(ANSWERS[0])[2]))[0]
        found[name] = {address: site.ask(address)[2] for address in ANSWERS}
    assert [len(one) for one in found.values()] == [len(ANSWERS)] * 2
    return found


def damaged(index: Path, folder: Path, file: str, content: bytes) -> Path:
    """The index with one file changed. The others are links, the changed one too, as a failing disk would have it."""
    shutil.copytree(index, folder, copy_function=os.link)
    inode = (folder / file).stat().st_ino
    same = [one for one in folder.rglob("*") if one.is_file() and one.stat().st_ino == inode]
    for number, one in enumerate(same):
        one.unlink()
        if number:
            os.link(same[0], one)
        else:
            one.write_bytes(content)
    return folder


def cases(index: Path, often: int) -> Iterator[tuple[str, str, bytes]]:
    chance = random.Random(15)
    for file in sorted(one.relative_to(index).as_posix() for one in index.rglob("*") if one.is_file()):
        content = (index / file).read_bytes()
        for kind in DAMAGES if TIMES else ("flipped", chance.choice(["zeroed", "cut short", "emptied", "other"])):
            for _ in range(often):
                changed = DAMAGES[kind](content, chance) if content else b"x"
                if changed != content:
                    yield file, kind, changed


@pytest.mark.parametrize("large", [False, True], ids=["small", "large"])
def test_no_damaged_file_leads_to_another_answer_or_a_broken_page(
    index: Path, site: Site, right: dict[str, Any], tmp_path: Path, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """large: an index that is looked through in the background; asked after that it must be right, before it whole."""
    waiting: list[Callable[[], object]] = []
    if large:
        monkeypatch.setattr(soundness, "SMALL", 0)
        monkeypatch.setattr("search.engines.whoosh.engine.in_background", waiting.append)
    statuses: Counter[int] = Counter()
    wrong = []
    for number, (file, kind, content) in enumerate(cases(index, many(1, 2))):
        if large and number % 3 and not TIMES:
            continue
        site.at(damaged(index, tmp_path / str(number), file, content))
        if large:
            for address in (*PAGES, *ANSWERS):
                if (before := site.ask(address))[0] not in (200, 503):
                    wrong.append((file, kind, address, before[0], "before it was looked through"))
            while waiting:
                waiting.pop()()
        for address in (*PAGES, *ANSWERS):
            status, generation, said = site.ask(address)
            statuses[status] += 1
            known = right.get(generation, {}).get(address, said)
            if status not in (200, 503) or (status == 200 and said != known):
                wrong.append((file, kind, address, status, generation))
        shutil.rmtree(tmp_path / str(number))
    assert wrong == []
    assert statuses[200] > statuses[503] > 0 or large
    told(
        f"损坏的索引文件（{site._engine}{'，大索引' if large else ''}）",
        tried=number + 1,
        answers=statuses.total(),
        right=statuses[200],
        refused=statuses[503],
        wrong=len(wrong),
    )
