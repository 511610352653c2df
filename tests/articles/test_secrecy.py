"""Papers marked 绝密, 机密 or 秘密 are not taken in unless the machine may hold them; 内部资料 is flagged."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import build
from conftest import cpu_seconds
from docx import Document

from indexer.articles.secrecy import grade, is_internal
from indexer.extract import Unreadable
from indexer.status import status
from indexer.understand import understand
from search.documents.warnings import GRAVE
from search.engines import store_of

BODY = """
关于做好困难群众冬季救助工作的通知

各街道办事处：
    现将冬季救助工作有关事项通知如下，请认真落实。
    一、摸清底数，逐户走访。二、备足物资，按时发放。

    松涛县民政局
    2024年11月5日
"""


def written(folder: Path, text: str, name: str = "甲.txt") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("机密", "机密"),
        ("秘　密", "秘密"),
        ("机密★1年", "机密★1年"),
        ("绝 密 ★ 长期", "绝密★长期"),
        ("机密（六个月）", "机密(六个月)"),
        ("【秘密】", "秘密"),
        ("機密★1年", "机密★1年"),
        ("密　级：秘密", "秘密"),
        ("密级：机密　　紧急程度：特急", "机密"),
        ("000021　　秘密★一年　　加急", "秘密★一年"),
        ("松涛县民政局文件　　机密★1年", "机密★1年"),
        ("签发人：卞知秋　机密", "机密"),
        ("000021机密★1年", "机密★1年"),
        ("机密★1年特急", "机密★1年"),
        ("机密★1年（会后收回）", "机密★1年"),
        ("机密★1年|特急|松民发〔2024〕8号", "机密★1年"),
        ("机密★1年6个月", "机密★1年6个月"),
        ("机密★2030年1月1日", "机密★2030年1月1日"),
        ("密级：机密　保密期限：10年", "机密"),
        ("秘密　阅后收回", "秘密"),
    ],
)
def test_a_mark_is_read_with_what_stands_beside_it(line: str, mark: str) -> None:
    assert grade(line) == mark


@pytest.mark.parametrize(
    "line",
    [
        "保守国家秘密",
        "机密工作",
        "秘密。",
        "绝密、机密、秘密",
        "密级：公开",
        "密级：",
        "“机密★1年”怎样标",
        "机密★1年的文件不得外传",
        "机密★1年、秘密★6个月",
        "保密期限：10年",
        "商业秘密",
        "严守机密，严防泄密",
    ],
)
def test_words_are_no_mark(line: str) -> None:
    assert not grade(line)


@pytest.mark.parametrize(
    "head", ["机密★1年\n", "000021\n秘密\n特急\n松涛县民政局文件\n松民发〔2024〕8号\n", "密级\n机密\n"]
)
def test_a_marked_paper_is_refused_with_the_reason_and_the_next_step(tmp_path: Path, head: str) -> None:
    with pytest.raises(Unreadable, match=r"文首标有密级“.密.{0,3}”，不收录；请移到.*SPEECHES_SECRET=1"):
        understand(written(tmp_path, head + BODY), "甲.txt")


def test_a_mark_at_the_head_of_the_second_paper_of_a_file_counts(tmp_path: Path) -> None:
    other = BODY.replace("冬季救助", "残疾人两项补贴")
    with pytest.raises(Unreadable, match="机密★1年"):
        understand(written(tmp_path, BODY + "\n\n松涛县民政局文件\n机密★1年\n" + other), "甲.txt")


def test_a_mark_in_the_head_of_each_page_of_a_word_file_counts(tmp_path: Path) -> None:
    word = Document()
    word.sections[0].header.paragraphs[0].text = "秘密★2年"
    for line in BODY.split("\n"):
        word.add_paragraph(line)
    word.save(str(tmp_path / "乙.docx"))
    with pytest.raises(Unreadable, match="秘密★2年"):
        understand(tmp_path / "乙.docx", "乙.docx")


def test_a_text_that_speaks_of_secrets_is_taken_in(tmp_path: Path) -> None:
    prose = BODY.replace("逐户走访", "严守国家秘密，文件标明“机密★1年”的不得外传") + "\n附件：\n密级\n机密\n秘密\n"
    (document,) = understand(written(tmp_path, prose), "甲.txt")
    assert {"secret", "internal"} & {one.code for one in document.warnings} == set()
    assert "机密" in document.text


def test_the_setting_admits_a_marked_paper_which_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_SECRET", "1")
    (document,) = understand(written(tmp_path, "机密★1年\n" + BODY), "甲.txt")
    (doubt,) = [one for one in document.warnings if one.code == "secret"]
    assert doubt.evidence == "机密★1年" and "secret" in GRAVE
    assert document.metadata.title.value == "关于做好困难群众冬季救助工作的通知"


def test_a_setting_that_is_neither_yes_nor_no_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_SECRET", "也许")
    with pytest.raises(ValueError, match="SPEECHES_SECRET 应写 1（是）或 0（否）"):
        understand(written(tmp_path, "机密\n" + BODY), "甲.txt")


@pytest.mark.processes
def test_what_the_setting_changes_the_next_run_brings_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    written(corpus, "机密★1年\n" + BODY)
    for n in range(4):
        written(corpus, f"关于第{n}季度工作的通知\n各街道办事处：\n第{n}季度的养老工作照常进行。", f"{n}.txt")
    refused = build(corpus).refused
    assert [one.path for one in refused] == ["甲.txt"] and "机密★1年" in refused[0].reason
    assert "机密★1年" in str(status(store_of("whoosh", tmp_path / "index")))
    monkeypatch.setenv("SPEECHES_SECRET", "1")
    assert build(corpus).documents == 5
    monkeypatch.setenv("SPEECHES_SECRET", "0")
    assert build(corpus).documents == 4


@pytest.mark.parametrize("mark", ["内部资料　注意保存", "（内部文件，请勿外传）", "仅供内部参考", "注意保存"])
@pytest.mark.parametrize("below", [False, True])
def test_an_internal_paper_is_flagged(tmp_path: Path, mark: str, below: bool) -> None:
    text = f"{BODY}\n{mark}\n" if below else f"{mark}\n{BODY}"
    (document,) = understand(written(tmp_path, text), "甲.txt")
    assert [one.evidence for one in document.warnings if one.code == "internal"] == [mark]
    assert mark not in document.text


def test_what_only_speaks_of_internal_papers_is_not_flagged(tmp_path: Path) -> None:
    text = BODY.replace("冬季救助工作的通知", "内部资料管理的通知")
    (document,) = understand(written(tmp_path, text), "甲.txt")
    assert all(one.code != "internal" for one in document.warnings)


@pytest.mark.parametrize("piece", ["机密 ", "机 密", "0 ", "密级", "★", "内部资料", "（", "签发人：", "第1号"])
def test_long_lines_of_marks_cost_next_to_nothing(piece: str) -> None:
    def asked() -> None:
        for times in (10, 100, 100_000):
            grade(piece * times + "密")
            is_internal(piece * times)

    assert cpu_seconds(asked) < 0.5
