"""The tables of pinyin are loaded once, whoever asks first."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT

from search.text import pinyin

PROGRAM = """
import threading
from search.text import pinyin

asked = [
    lambda: pinyin.warm(characters=True),
    lambda: pinyin.readings("重庆"),
    lambda: pinyin.by_character("重"),
    lambda: pinyin._toneless("zhōng"),
]
begin, done = threading.Barrier(len(asked)), []

def ask(one):
    begin.wait()
    one()
    done.append(one)

threads = [threading.Thread(target=ask, args=(one,), daemon=True) for one in asked]
for one in threads:
    one.start()
for one in threads:
    one.join(60)
assert len(done) == len(asked)
"""


def test_threads_that_ask_at_once_do_not_stop_each_other() -> None:
    """Modules of pypinyin import each other: two threads that began at different ends waited for each other."""
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, check=True)


def test_two_characters_that_are_no_phrase_are_two_pieces() -> None:
    """Also where a phrase begins with them; so pypinyin need not be asked how to cut them."""
    tables = pinyin._tables()
    pairs = {phrase[:2] for phrase in tables.phrases if len(phrase) > 2} - tables.phrases.keys()
    assert len(pairs) > 1_000
    assert [pair for pair in pairs if [*tables.cut(pair)] != [*pair]] == []
