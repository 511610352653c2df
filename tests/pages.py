"""The speeches that the tests of the pages ask for, and how an answer is read. The fixtures are conftest's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from conftest import document
from werkzeug.test import TestResponse

from search.documents.document import Document, Original, Warning
from search.engines import store_of
from search.settings import Settings

# The pages' own; no other may appear.
SCRIPTS = [f"/static/{name}.js" for name in ("view", "reading", "suggest", "basket")]
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'

ELDERLY = "会议指出，养老服务体系建设要加快。"
SPEECHES: tuple[tuple[Document, bytes], ...] = (
    (
        replace(
            document(
                "湖北/养老服务推进会.txt",
                "同志们：",
                (ELDERLY, "要补齐农村养老服务短板，推动养老服务提质增效。"),
                "要规范福利彩票发行。",
                title="在全省养老服务工作推进会上的讲话",
                date="2024-03-05",
                region="湖北",
                speakers=["卞知秋"],
                genre="讲话稿",
                level="省级",
            ),
            warnings=(Warning("year_contradiction", "年份存疑：前后不一致", "2024年是新中国成立70周年"),),
        ),
        "同志们：\n养老服务".encode(),
    ),
    (
        document(
            "云南/救助会议.html",
            "会议强调，社会救助要应救尽救。",
            "养老服务机构要守住安全底线。",
            title="全省社会救助工作会议召开",
            region="云南",
            genre="会议报道",
        ),
        "<html><script>alert(1)</script>养老服务</html>".encode("gb18030"),
    ),
    (document(f"{SCRIPT[2:].replace('/', '')}.txt", f"婚姻登记{SCRIPT}改革。", title=f"婚姻登记{SCRIPT}"), b"x"),
)
FIRST, SECOND, HOSTILE = (speech.id for speech, _ in SPEECHES)


def served(folder: Path) -> Settings:
    """An index of SPEECHES and the files they came from."""
    settings = Settings(index=folder / "index", corpus=(folder / "corpus",))
    with store_of("whoosh", settings.index).writer(fresh=True) as writer:
        for speech, content in SPEECHES:
            path = settings.corpus[0] / speech.original.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            writer.add(replace(speech, original=Original(speech.original.path, hashlib.sha256(content).hexdigest())))
        writer.publish({})
    return settings


def read(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "lxml")


def by_id(page: BeautifulSoup | Tag, name: str) -> list[Tag]:
    return page.select(f'[data-testid="{name}"]')


def words(tags: Sequence[Tag]) -> list[str]:
    return ["".join(tag.get_text().split()) for tag in tags]
