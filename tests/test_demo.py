"""`make demo`: every page of the walk answers, and what it says of them is what they say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


@pytest.mark.parametrize("pictures", [False, pytest.param(True, marks=pytest.mark.browser)])
def test_the_walk_opens_its_pages_and_is_written(tmp_path: Path, pictures: bool) -> None:
    if pictures and not any(map(shutil.which, BROWSERS)):
        pytest.skip("没有 Chromium")
    options = [] if pictures else ["--no-pictures"]
    command = [sys.executable, str(ROOT / "docs" / "demo.py"), "--out", str(tmp_path / "走"), *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "走" / "走一遍.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d", text, re.M)) == 7
    assert re.search(r"“养老服务”：[1-9]\d* 篇", text) and "《》" not in text
    named = re.findall(r"!\[.*?\]\((\d\.png)\)", text)
    assert len(named) == (7 if pictures else 0) and all((tmp_path / "走" / one).stat().st_size > 5_000 for one in named)
