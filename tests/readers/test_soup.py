"""What selects by CSS selectors is not loaded by who reads pages, and is there for who selects."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT

PROGRAM = """
import sys
from indexer.readers import html, soup

loaded = lambda: "soupsieve.css_match" in sys.modules
assert not loaded()
page = soup.BeautifulSoup("<p>甲</p><p class='b'>乙</p>", "lxml")
assert not loaded()
assert [one.text for one in page.select("p.b")] == ["乙"] and loaded()
soup.put_off("soupsieve")  # stays as it is
soup.put_off("there_is_no_such_module")
assert page.select_one("p").text == "甲"
"""


def test_it_is_loaded_when_somebody_selects() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, check=True)


def test_it_may_have_been_loaded_before() -> None:
    before = "import bs4; assert bs4.BeautifulSoup('<p>甲', 'lxml').select('p'); import soupsieve; "
    after = "from indexer.readers import soup; assert sys.modules['soupsieve'] is soupsieve"
    subprocess.run([sys.executable, "-c", f"import sys; {before}{after}"], cwd=ROOT, check=True)


GUESSED = """
import sys
from indexer.readers import html, soup

assert "charset_normalizer.api" not in sys.modules
page = soup.BeautifulSoup("<p>某市民政局召开养老服务工作会议，部署今年的任务。</p>".encode("gb18030"), "lxml")
assert "养老服务" in page.text
"""


def test_what_guesses_encodings_is_loaded_when_bytes_are_given() -> None:
    subprocess.run([sys.executable, "-c", GUESSED], cwd=ROOT, check=True)
