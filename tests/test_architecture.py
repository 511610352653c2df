"""docs/architecture.md is true: its rooms are the floors, and its worked steps are done in a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from test_layout import ROOMS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"`(?P<file>[\w./-]+)`，(?:新文件|在 `(?P<anchor>[^\n]+)` (?P<side>之前|之后)加)：\n\n"
    r"```\w*\n(?P<lines>[\s\S]*?)```"
)


def steps(task: str) -> list[re.Match[str]]:
    """The steps under the heading that begins with the task."""
    _, _, rest = PAGE.partition(f"### {task}")
    assert rest, task
    return list(STEP.finditer(rest.partition("\n### ")[0].partition("\n## ")[0]))


def follow(task: str, copy: Path) -> list[str]:
    """Does the steps in a copy; the files touched, one for each place."""
    for step in steps(task):
        file = copy / step["file"]
        if step["anchor"] is None:
            file.write_text(step["lines"], encoding="utf-8")
            continue
        text, anchor = file.read_text(encoding="utf-8"), step["anchor"] + "\n"
        assert text.count(anchor) == 1, (step["file"], anchor)
        added = step["lines"] + anchor if step["side"] == "之前" else anchor + step["lines"]
        file.write_text(text.replace(anchor, added), encoding="utf-8")
    return [step["file"] for step in steps(task)]


REPORT = """湖北省民政厅召开养老服务工作会议

主题词：养老服务

2024年5月10日，湖北省民政厅召开养老服务工作会议，部署全年工作。

会议要求做好以下工作，办好试点。
"""


LOG = """临湖县民政局召开助餐工作会议

5月11日，临湖县民政局召开助餐工作会议，县民政局局长鲁平野出席并讲话。
"""
TASKS = ("加一个分面", "加一个引擎", "加一个页面", "加一种存疑", "加一种文件格式", "加一项元数据")
ASKED = """
import json
from pathlib import Path
from app import create_app
from indexer import pipeline
from search.engines import store_of
from search.settings import Settings

def client_of(engine):
    index = "index-" + engine
    pipeline.build([Path("corpus")], store_of(engine, index))
    return create_app(Settings(index=index, corpus=(Path("corpus"),), engine=engine)).test_client()

client, memory = client_of("whoosh"), client_of("memory")
hit = client.get("/api/search?q=养老服务").json["hits"][0]
log = client.get("/api/search?q=助餐").json["hits"][0]
record = client.get("/api/documents/" + hit["id"]).json
print(json.dumps({
    "filtered": client.get("/api/search?q=养老服务 发文单位:湖北省民政厅").json["facets"]["issuer"],
    "memory": [memory.get("/api/search?q=养老服务").json["total"]["documents"], memory.get("/status").status_code],
    "titles": client.get("/titles?q=养老").text,
    "warnings": hit["warnings"],
    "quality": client.get("/api/search?q=养老服务").json["facets"]["quality"],
    "log": [log["format"], client.get("/doc/" + log["id"] + "/text").status_code],
    "words": [record["subject_words"], record["evidence"]["subject_words"]["how"]],
    "page": client.get(hit["url"]).text,
}))
"""


@dataclass(frozen=True)
class Grown:
    """touched: task -> the files its steps change, one for each place. said: what a client of the pages was told."""

    touched: dict[str, list[str]]
    said: dict[str, Any]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """The project without its tests and its history, after all the steps of the page, and two documents asked of it."""
    copy = tmp_path_factory.mktemp("copy")
    for part in ("search", "indexer", "web", "templates", "static"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", copy)
    (copy / "corpus").mkdir()
    (copy / "corpus" / "会议.txt").write_text(REPORT, encoding="utf-8")
    (copy / "corpus" / "助餐.log").write_text(LOG, encoding="utf-8")
    package = copy / "search" / "engines" / "memory"
    package.mkdir()
    engine, document = (Path(__file__).with_name(f"memory_{part}.py") for part in ("engine", "document"))
    shutil.copy(document, package)
    moved = engine.read_text(encoding="utf-8").replace(
        "from memory_document", "from search.engines.memory.memory_document"
    )
    (package / "__init__.py").write_text(moved, encoding="utf-8")
    touched = {task: follow(task, copy) for task in TASKS}
    command = [sys.executable, "-c", ASKED]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return Grown(touched, json.loads(ran.stdout))


def test_every_room_is_on_the_page() -> None:
    table = PAGE.partition("## 楼层")[2].partition("\n## ")[0]
    named = {name.removesuffix(".py").rstrip("/").rpartition("/")[2] for name in re.findall(r"`([\w./-]+)`", table)}
    assert {room.rpartition("/")[2] for room in ROOMS} - named == set()


def test_every_file_of_the_run_is_on_the_page() -> None:
    table = PAGE.partition("## 楼层")[2].partition("\n## ")[0]
    named = {name.removesuffix(".py").rpartition("/")[2] for name in re.findall(r"`([\w./-]+)`", table)}
    files = {file.stem for file in (ROOT / "indexer").glob("*.py")} - {"__init__"}
    assert files - named == set()


def test_a_facet_is_two_lines_in_one_file(grown: Grown) -> None:
    assert grown.touched["加一个分面"] == ["search/index/schema.py"] * 2
    assert grown.said["filtered"][0]["value"] == "湖北省民政厅"


def test_an_engine_is_its_own_folder_and_one_row(grown: Grown) -> None:
    assert grown.touched["加一个引擎"] == ["search/engines/__init__.py"]
    assert grown.said["memory"] == [1, 200]


def test_a_page_is_four_places(grown: Grown) -> None:
    assert len(grown.touched["加一个页面"]) + 1 == 4
    assert "湖北省民政厅召开养老服务工作会议" in grown.said["titles"]


def test_a_warning_is_two_places(grown: Grown) -> None:
    assert grown.touched["加一种存疑"] == ["search/documents/warnings.py", "indexer/facts/warnings.py"]
    assert "pilot" in str(grown.said["warnings"]) and "试点做法" in str(grown.said["quality"])


def test_a_format_is_two_places(grown: Grown) -> None:
    assert grown.touched["加一种文件格式"] == ["search/documents/formats.py", "indexer/readers/__init__.py"]
    assert grown.said["log"] == ["文本", 200]


def test_a_field_of_metadata_is_five_files(grown: Grown) -> None:
    assert len({*grown.touched["加一项元数据"], "static/openapi.json", "docs/管理.md"}) == 5
    assert grown.said["words"] == ["养老服务", "stated"]
    assert "主题词" in grown.said["page"]
