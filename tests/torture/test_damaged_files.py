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
from urllib.parse import quote

import pytest
from addresses import of_every_page
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
# Every address there is, asked with each of these. What is JSON or a table must be what was published, /healthz too.
WORDS = ("养老服务", "“总结2023年工作”", "ylfw")
MANY = 12  # of them, another choice at each damage

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


Right = dict[str, dict[str, tuple[int, Any]]]


def is_right(right: Right, file: str, address: str, answer: tuple[int, str, Any]) -> bool:
    """Whether it is the answer of its generation; of any where it names none, as the way to another page does.

    What lies beside an index helps and is no more: without its vocabulary no few letters mean anything and nothing is
    alike, without its source nobody knows where the originals are; the pages say so.
    """
    status, generation, said = answer
    known = [right[generation][address]] if generation in right else [one[address] for one in right.values()]
    if file.endswith("source.note") and address.startswith(("/doc/{id}/original", "/doc/{id}/text")):
        return status in (200, 404)
    said = None if file.endswith("vocabulary.note") else said
    return any(status == before and (said is None or said == was) for before, was in known)


class Site:
    """Asks one application of one index after another."""

    def __init__(self, engine: str) -> None:
        self._app = create_app(Settings(engine=engine))
        self._app.config["PROPAGATE_EXCEPTIONS"] = False
        self.engine, self._client = engine, self._app.test_client()
        self.document = self.other = ""  # the ids of two that are in every generation
        pages = of_every_page(self._app)
        self.addresses = tuple(f"{page}#{word}" for word in WORDS for page in pages)

    def at(self, index: Path) -> None:
        """The index that is asked from now on."""
        self._app.config["SPEECHES"] = Settings(index=str(index), engine=self.engine)
        self._app.extensions["answers"] = AnswerCache()

    def ask(self, address: str) -> tuple[int, str, Any]:
        """Status, generation, what it says but for how long it took; a page for people only that it is one.

        A file that breaks off after it began is none, as its reader is told: the connection ends without its end.
        """
        page, _, word = address.partition("#")
        response = self._client.get(page.format(q=quote(word), id=self.document, other=self.other))
        try:
            response.get_data()  # what is sent in pieces holds its request, and so an index, until the last one
        except Exception:
            if not response.is_streamed:
                raise
            response.close()
            return 503, response.headers["X-Index-Generation"], None
        said = response.get_json() if response.is_json else response.data if response.mimetype == "text/csv" else None
        if isinstance(said, dict):  # how long it took, and that it is not the newest, are true of this asking only
            said = {name: value for name, value in said.items() if name not in ("took_ms", "status")}
        return response.status_code, response.headers.get("X-Index-Generation", ""), said


@pytest.fixture(scope="module", params=["whoosh", "whoosh-plain"])  # those that lie in files
def site(request: pytest.FixtureRequest) -> Site:
    return Site(request.param)


@pytest.fixture(scope="module")
def right(index: Path, site: Site) -> Right:
    """generation -> address -> status and what it says."""
    found: Right = {}
    for name in sorted(one.name for one in index.glob("g*")):
        (copy := index.parent / f"{name}-{id(site)}").mkdir()
        shutil.copytree(index / name, copy / name)
        (copy / "CURRENT").write_text(name, "ascii")
        site.at(copy)
        if not site.document:
            hits = re.findall(r"/doc/([0-9a-f]{16})", str(site.ask(f"/api/search?q={{q}}#{WORDS[1]}")[2]))
            site.document, site.other = list(dict.fromkeys(hits))[:2]
        answers = {address: site.ask(address) for address in site.addresses}
        found[name] = {address: (status, said) for address, (status, _, said) in answers.items()}
        assert all(status in (200, 302, 400, 404) for status, _ in found[name].values())
        assert sum(said is not None for status, said in found[name].values() if status == 200) > 100
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
    index: Path, site: Site, right: Right, tmp_path: Path, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """large: an index that is looked through in the background; asked after that it must be right, before it whole."""
    waiting: list[Callable[[], object]] = []
    if large:
        monkeypatch.setattr(soundness, "SMALL", 0)
        monkeypatch.setattr("search.engines.whoosh.engine.in_background", waiting.append)
    statuses: Counter[int] = Counter()
    wrong, chance = [], random.Random(f"{site.engine}{large}")
    for number, (file, kind, content) in enumerate(cases(index, many(1, 2))):
        if large and number % 3 and not TIMES:
            continue
        site.at(damaged(index, tmp_path / str(number), file, content))
        asked = chance.sample(site.addresses, MANY)
        if large:
            for address in asked:
                before = site.ask(address)[0]
                if before not in (404, 503, *(one[address][0] for one in right.values())):
                    wrong.append((file, kind, address, before, "before it was looked through"))
            while waiting:
                waiting.pop()()
        for address in asked:
            answer = site.ask(address)
            statuses[answer[0]] += 1
            if answer[0] != 503 and not is_right(right, file, address, answer):
                wrong.append((file, kind, address, answer[0], answer[1]))
        shutil.rmtree(tmp_path / str(number))
    assert wrong == []
    answered = statuses.total() - statuses[503]
    assert answered > statuses[503] > 0 or large
    told(
        f"损坏的索引文件（{site.engine}{'，大索引' if large else ''}）",
        tried=number + 1,
        answers=statuses.total(),
        right=answered,
        refused=statuses[503],
        wrong=len(wrong),
    )
