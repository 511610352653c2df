"""`indexer show` for people."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import changed

from indexer import terminal
from indexer.commands import index as command
from indexer.statements.corrections import Correction
from search.documents.document import Document, Evidence, Metadata, Original, PartialDate, Passage, Speaker, Warning

SPEECH = Document(
    id="0" * 16,
    external_id="2024/讲话.txt#2",
    metadata=Metadata(
        title=Evidence("在全省民政会议上的讲话", "同志们", "derived"),
        date=Evidence(PartialDate(2024, 2, 21), "2月21日", "inferred"),
        region=Evidence("陕西", "人工校正：王某，2026-11-21", "corrected"),
        place="延安",
        genre="讲话稿",
        speakers=(Speaker("杨某某", "厅长", "讲话", "厅长杨某某讲话"), Speaker("李某", None, "主持", "李某主持")),
        quotable=True,
    ),
    passages=(
        Passage(1, 1, "同志们：今天的会议很重要。"),
        Passage(2, 2, "一、抓好养老服务", ("一、抓好养老服务",), heading=True),
        Passage(3, 3, "一是建好食堂。", ("一、抓好养老服务", "一是建好食堂")),
        Passage(4, 4, "二是用好设施。", ("一、抓好养老服务", "二是用好设施")),
    ),
    original=Original("2024/讲话.txt", "0" * 64),
    warnings=(Warning("truncated", "文末截断：没有句末标点", "用好设"), Warning("source_unknown", "来源不详")),
)
CORRECTED = Correction(
    "2024/讲话.txt", 2, "在全省", "", "region", "陕西", False, "江西", "江西", "王某", "2026-11-21T09:30:00+08:00"
)
VIEW = """《在全省民政会议上的讲话》
文件          2024/讲话.txt#2
标题          在全省民政会议上的讲话 〔拟题〕  依据：同志们
日期          2024-02-21 〔推定〕  依据：2月21日
地区          陕西 〔校正〕  依据：人工校正：王某，2026-11-21
地点          延安
级别          不详
发文单位      不详
会议          不详
发文字号      不详
来源          不详
文种          讲话稿
讲话人        杨某某　厅长　讲话  依据：厅长杨某某讲话
              李某　主持  依据：李某主持
可作原话引用  是

存疑
  ! 文末截断：没有句末标点
    “用好设”
  ! 来源不详

校正记录
  2026-11-21 09:30  王某  地区：江西 → 陕西

正文（4 段，38 字）
    1  同志们：今天的会议很重要。
  一、抓好养老服务
      2  一、抓好养老服务
    一是建好食堂
        3  一是建好食堂。
    二是用好设施
        4  二是用好设施。"""


def test_a_document_is_shown_with_its_facts_their_evidence_its_doubts_and_its_outline() -> None:
    assert click.unstyle(terminal.described(SPEECH, [CORRECTED])) == VIEW


def test_a_field_without_evidence_of_its_own_shows_that_it_was_corrected() -> None:
    shown = click.unstyle(terminal.described(SPEECH, [replace(CORRECTED, field="genre", value="讲话稿")]))
    assert "文种          讲话稿 〔校正〕  依据：人工校正：王某，2026-11-21" in shown
    undone = click.unstyle(terminal.described(SPEECH, [replace(CORRECTED, field="genre", value=None, undo=True)]))
    assert "文种          讲话稿\n" in undone
    assert "文种：江西 恢复为程序读出的值" in undone


@pytest.mark.parametrize("width", [30, 60, 80])
def test_no_line_is_wider_than_the_terminal_and_none_loses_a_character(width: int) -> None:
    long = replace(SPEECH, passages=(Passage(1, 1, "要抓好落实，abc，" * 40, ("会议强调",)),))
    shown = click.unstyle(terminal.described(long, [CORRECTED], width=width))
    columns = [sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in shown.split("\n")]
    assert max(columns) <= max(width, 34)
    assert "".join(shown.split()) == "".join(click.unstyle(terminal.described(long, [CORRECTED])).split())


def test_what_would_steer_the_terminal_is_shown_as_a_mark() -> None:
    sly = changed(SPEECH, external_id="讲话\u202etxt\x1b[2J.txt", title=Evidence("标题\x1b]0;x\x07"))
    shown = click.unstyle(terminal.described(sly))
    assert "文件          讲话�txt�[2J.txt" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_colours_are_for_terminals_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "讲话.txt"
    file.write_text("在会上的讲话\n\n同志们：\n\n今天的会议很重要，要抓好养老服务。\n", encoding="utf-8")
    assert "\x1b[" not in CliRunner().invoke(command, ["show", str(file)]).output
    assert "\x1b[" in CliRunner().invoke(command, ["show", str(file)], color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in CliRunner().invoke(command, ["show", str(file)], color=True).output
