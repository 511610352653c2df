"""docs/architecture.md is true: its rooms are the floors, and its worked steps are done in a copy of the project."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project without its tests and its history, with one document."""
    for part in ("search", "indexer", "web", "templates", "static"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "会议.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


ASKED = """
import json, sys
from pathlib import Path
from app import create_app
from indexer import pipeline
from search.engines import store_of
from search.settings import Settings
engine = sys.argv[1]
store = store_of(engine, "index")
pipeline.build([Path("corpus")], store)
client = create_app(Settings(index="index", corpus=(Path("corpus"),), engine=engine)).test_client()
{script}
"""


def said(copy: Path, script: str, engine: str = "whoosh") -> str:
    """What a script prints that has a client of the copy's pages over its one document."""
    code = ASKED.replace("{script}", script)
    command = [sys.executable, "-c", code, engine]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_every_room_is_on_the_page() -> None:
    table = PAGE.partition("## 楼层")[2].partition("\n## ")[0]
    named = {name.removesuffix(".py").rstrip("/").rpartition("/")[2] for name in re.findall(r"`([\w./-]+)`", table)}
    assert {room.rpartition("/")[2] for room in ROOMS} - named == set()


def test_every_file_of_the_run_is_on_the_page() -> None:
    table = PAGE.partition("## 楼层")[2].partition("\n## ")[0]
    named = {name.removesuffix(".py").rpartition("/")[2] for name in re.findall(r"`([\w./-]+)`", table)}
    files = {file.stem for file in (ROOT / "indexer").glob("*.py")} - {"__init__"}
    assert files - named == set()


def test_a_facet_is_two_lines_in_one_file(copy: Path) -> None:
    assert follow("加一个分面", copy) == ["search/index/schema.py"] * 2
    found = said(
        copy, "print(client.get('/api/search?q=养老服务 发文单位:湖北省民政厅').json['facets']['issuer'][0]['value'])"
    )
    assert found == "湖北省民政厅"


def test_an_engine_is_its_own_folder_and_one_row(copy: Path) -> None:
    package = copy / "search" / "engines" / "memory"
    package.mkdir()
    engine, document = (Path(__file__).with_name(f"memory_{part}.py") for part in ("engine", "document"))
    shutil.copy(document, package)
    moved = engine.read_text(encoding="utf-8").replace(
        "from memory_document", "from search.engines.memory.memory_document"
    )
    (package / "__init__.py").write_text(moved, encoding="utf-8")
    assert follow("加一个引擎", copy) == ["search/engines/__init__.py"]
    script = "print(client.get('/api/search?q=养老服务').json['total']['documents'], client.get('/status').status_code)"
    assert said(copy, script, "memory") == "1 200"


def test_a_page_is_four_places(copy: Path) -> None:
    assert len(follow("加一个页面", copy)) + 1 == 4
    assert said(copy, "print('湖北省民政厅召开养老服务工作会议' in client.get('/titles?q=养老').text)") == "True"


HIT = "hit = client.get('/api/search?q=养老服务').json['hits'][0]"


def test_a_warning_is_two_places(copy: Path) -> None:
    assert follow("加一种存疑", copy) == ["search/documents/warnings.py", "indexer/facts/warnings.py"]
    facets = "client.get('/api/search?q=养老服务').json['facets']"
    printed = said(copy, f"{HIT}\nprint(hit['warnings'], {facets}['quality'])")
    assert "'pilot'" in printed and "试点做法" in printed


def test_a_format_is_two_places(copy: Path) -> None:
    (copy / "corpus" / "会议.txt").rename(copy / "corpus" / "会议.log")
    assert follow("加一种文件格式", copy) == ["search/documents/formats.py", "indexer/readers/__init__.py"]
    words = "client.get('/doc/' + hit['id'] + '/text').status_code"
    assert said(copy, f"{HIT}\nprint(hit['format'], {words})") == "文本 200"


def test_a_field_of_metadata_is_five_files(copy: Path) -> None:
    assert len({*follow("加一项元数据", copy), "static/openapi.json", "docs/管理.md"}) == 5
    script = f"""
{HIT}
record = client.get('/api/documents/' + hit['id']).json
print(record['subject_words'], record['evidence']['subject_words']['how'])
print('主题词' in client.get(hit['url']).text)
"""
    assert said(copy, script).split() == ["养老服务", "stated", "True"]
