"""The words are those of jieba: of its dictionary, read in parts, with ours; and rjieba's are the same.

So an index made with the one is searched with the other.
"""

from __future__ import annotations

import functools
import marshal
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from math import log
from operator import mul
from pathlib import Path

import jieba
import pytest
from conftest import SHARED
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.understand import understand
from search import text
from search.text import segmenter

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
LEXICON = text.dictionary_entries()
REFERENCE = segmenter.reference(LEXICON)


@functools.cache
def whole(entries: tuple[segmenter.Entry, ...]) -> jieba.Tokenizer:
    """jieba as it loads its dictionary itself; a word that is added counts once."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = jieba.Tokenizer.gen_pfdict(jieba.get_dict_file())
    tokenizer.initialized = True
    for word, frequency, kind in entries:
        tokenizer.total -= tokenizer.FREQ.get(word, 0)
        tokenizer.add_word(word, frequency, kind)
    return tokenizer


@functools.cache
def dictionary() -> list[str]:
    return sorted(word for word, seen in whole(LEXICON).FREQ.items() if seen)


LETTERS = re.compile(r"[0-9A-Za-z+#&._%\-]")

known = st.deferred(lambda: st.sampled_from(dictionary()))
han = st.one_of(known, st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
letters = st.text(st.sampled_from("0123456789abcXYZ.-+#&_%"), max_size=6)
signs = st.text(st.one_of(st.sampled_from("，。、\r\n\t　〇°×㐀豈𠀀\ue000"), st.characters()), max_size=3)
runs = st.builds(mul, st.sampled_from("七人天一年"), st.integers(2, 9))
mixed = st.lists(st.one_of(han, han, runs, letters, signs), max_size=12).map("".join)


def likelihood(seen: int, total: int) -> float:
    return log(seen) - log(total) if seen else 0.0


@pytest.fixture(scope="module")
def rapid() -> segmenter.Rapid:
    pytest.importorskip("rjieba", reason="没有装 rjieba：这种机器上没有它的包")
    return segmenter.Rapid(LEXICON)


@pytest.fixture(scope="module", params=["jieba", "rjieba"])
def cutter(request: pytest.FixtureRequest) -> segmenter.Segmenter:
    if request.param == "jieba":
        return segmenter.Reference(LEXICON)
    found: segmenter.Segmenter = request.getfixturevalue("rapid")
    return found


def printed(program: str) -> str:
    """What a program of its own prints."""
    asked = [sys.executable, "-c", program]
    return subprocess.run(asked, cwd=CORPUS.parent, capture_output=True, check=True, encoding="utf-8").stdout


def differences(cutter: segmenter.Segmenter, pieces: Sequence[str]) -> list[tuple[str, list[str], list[str]]]:
    cuts = [(piece, list(cutter.cut(piece)), list(whole(LEXICON).cut(piece))) for piece in pieces]
    return [cut for cut in cuts if cut[1] != cut[2]]


@pytest.mark.parametrize("entries", [(), LEXICON], ids=["stock", "lexicon"])
def test_the_dictionary_read_in_parts_is_the_whole_one(entries: tuple[segmenter.Entry, ...]) -> None:
    reference, loaded = segmenter.Reference(entries), whole(entries)
    known = [reference.likelihoods(word) for word in loaded.FREQ][-1]
    assert known == {word: likelihood(seen, loaded.total) for word, seen in loaded.FREQ.items()}


def test_words_are_as_likely_as_jieba_takes_them() -> None:
    assert segmenter.Reference(LEXICON).rarest == -log(whole(LEXICON).total)


def test_only_what_the_text_may_need_is_read() -> None:
    reference = segmenter.Reference(LEXICON)
    assert list(reference.cut("民政")) == ["民政"]
    needed = {word for word in whole(LEXICON).FREQ if word.startswith("民政") or word in ("民", "政")}
    assert reference.likelihoods("").keys() == needed


@settings(max_examples=20)
@given(mixed)
def test_whatever_stands_in_a_text_is_known_as_jieba_knows_it(piece: str) -> None:
    known = segmenter.Reference(LEXICON).likelihoods(piece)
    parts = {piece[at:end] for at in range(len(piece)) for end in range(at + 1, min(at + 9, len(piece) + 1))}
    loaded = whole(LEXICON)
    there = {part: likelihood(loaded.FREQ[part], loaded.total) for part in parts if part in loaded.FREQ}
    assert {part: known[part] for part in parts if part in known} == there


def test_a_poisoned_cache_is_not_read_and_none_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    poisoned = tmp_path / "jieba.cache"
    poisoned.write_bytes(marshal.dumps(({"民": 1, "政": 1}, 2)))
    assert list(segmenter.Reference(()).cut("民政工作")) == ["民政工作"]
    poisoned.unlink()
    assert list(segmenter.Reference(()).cut("民政工作")) == ["民政工作"]
    assert list(tmp_path.iterdir()) == []


def test_setuptools_is_not_loaded_and_can_be_later() -> None:
    assert printed("import sys, search.text.segmenter; print('pkg_resources' in sys.modules)") == "False\n"


@pytest.mark.parametrize(
    "folder", [CORPUS, pytest.param(SHARED / "seeds", marks=pytest.mark.extra("seeds"))], ids=["corpus", "seeds"]
)
def test_documents_have_the_same_words(cutter: segmenter.Segmenter, folder: Path) -> None:
    files = [file for file in sorted(folder.glob("*")) if file.suffix in (".txt", ".md", ".html")]
    documents = [document for file in files for document in understand(file, file.name)]
    passages = [text.fold(passage.text) for document in documents for passage in document.passages]
    assert len(passages) >= len(files)
    assert differences(cutter, passages) == []


@given(mixed)
@example("七七七七一不做一不做")  # 七|七七七 and 七七七|七 are as likely
def test_any_text_has_the_same_words(cutter: segmenter.Segmenter, piece: str) -> None:
    assert differences(cutter, [piece]) == []


def test_every_word_of_the_dictionary_is_cut_the_same_beside_letters(cutter: segmenter.Segmenter) -> None:
    words = [word for word in dictionary() if LETTERS.search(word)] + dictionary()[::500]
    beside = [f"{before}{word}{after}" for word in words for before in ("a", "民", "2-") for after in "3.5-_户"]
    assert differences(cutter, beside) == []


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("同比增长3.5%，PM2.5下降", ["同比", "增长", "3.5%", "，", "PM2.5", "下降"]),
        ("在2021-2025年间", ["在", "2021", "-", "2025", "年间"]),
        ("江南style的c++课", ["江南style", "的", "c++", "课"]),
        ("正当年", ["正当", "年"]),  # as likely as one word, but for the count of all words
    ],
)
def test_numbers_and_letters_are_cut_as_jieba_cuts_them(
    cutter: segmenter.Segmenter, piece: str, words: list[str]
) -> None:
    assert list(cutter.cut(piece)) == words


def test_a_word_of_the_lexicon_with_a_sign_in_it_stays_whole() -> None:
    pytest.importorskip("rjieba", reason="没有装 rjieba：这种机器上没有它的包")
    # In a process of its own: what is added to rjieba stays there for all.
    asked = """if True:
        from search.text import segmenter
        entries = (("covid-19", 10_000, "n"),)
        for cutter in segmenter.Reference(entries), segmenter.Rapid(entries):
            print(ascii([*cutter.cut("防控covid-19和sars-2")]))
    """
    words = ["防控", "covid-19", "和", "sars", "-", "2"]
    assert printed(asked) == f"{words!a}\n" * 2


def test_without_rjieba_jieba_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    assert segmenter.fastest(LEXICON) is REFERENCE


def test_rjieba_is_loaded_where_many_texts_are_cut_and_cuts_the_same() -> None:
    pytest.importorskip("rjieba", reason="没有装 rjieba：这种机器上没有它的包")
    asked = """if True:
        import sys
        from search import text
        for _ in range(2):
            print("rjieba" in sys.modules, ascii([*text.segmented("民政局组织COVID-19防控和养老服务工作")]))
            text.expect_many()
    """
    first, second = (line.partition(" ") for line in printed(asked).splitlines())
    assert (first[0], second[0]) == ("False", "True") and first[2] == second[2]


def test_many_threads_take_turns_with_rjieba() -> None:
    pytest.importorskip("rjieba", reason="没有装 rjieba：这种机器上没有它的包")
    asked = """if True:
        import sys
        from concurrent.futures import ThreadPoolExecutor
        from search.text import segmenter
        sys.setswitchinterval(1e-6)
        def work(number):
            entries = [(f"民政词{other:05d}", 9, "n") for other in range(3_000)]
            return [*segmenter.Rapid(tuple(entries)).cut("民政局组织养老服务" * 200)]
        with ThreadPoolExecutor(8) as pool:
            print(len({tuple(one) for one in pool.map(work, range(24))}))
    """
    assert printed(asked).strip() == "1"


@pytest.mark.parametrize("words", ["打造助餐点", "织密保护网", "筑牢防线", "走进社区"])
def test_a_verb_is_known_by_the_dictionary_or_by_how_well_it_was_done(words: str) -> None:
    assert text.says_what_is_done(words)


@pytest.mark.parametrize("words", ["服务中心", "平安建设", "临湖民政", "高安市", "网", ""])
def test_nouns_adjectives_and_names_do_nothing(words: str) -> None:
    assert not text.says_what_is_done(words)
