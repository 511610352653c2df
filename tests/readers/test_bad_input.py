"""What no author means and files hold all the same: nothing crashes, nothing is invented, work grows with the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats import FORMATS, pdf
from steps import growth

from indexer.readers import read
from indexer.understand import understand
from search.documents.document import Document

SENTENCE = "助餐点的账目按月张贴，谁吃了几顿、收了几元，都写得清清楚楚。"


def documents(folder: Path, name: str, lines: list[str]) -> tuple[Document, ...]:
    file = folder / name
    file.write_bytes(FORMATS[name](lines))
    return understand(file, name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_sentence_over_two_thousand_characters_is_read_whole(name: str, tmp_path: Path) -> None:
    long = f"要{'查灶台、查门锁、' * 300}查水电。"
    (document,) = documents(tmp_path, name, ["关于管好全县助餐点的通知", long])
    assert long in "".join(document.paragraphs) and max(len(one.text) for one in document.passages) <= 2_000


@pytest.mark.parametrize("name", FORMATS)
def test_a_transcript_without_names_has_no_speakers(name: str, tmp_path: Path) -> None:
    lines = ["助餐工作问答", "问：补贴怎么领？", f"答：{SENTENCE}", "问：几时开饭？", "答：十一点半。"]
    (document,) = documents(tmp_path, name, lines)
    assert document.metadata.speakers == ()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "nested.html"])
def test_a_page_that_is_only_a_table_is_read_and_nothing_is_concluded(name: str, tmp_path: Path) -> None:
    rows = [f"{village}\t{number}" for village, number in (("东村", 12), ("西村", 7), ("南村", 1200))]
    (document,) = documents(tmp_path, name, ["村名\t人数", *rows])
    text = "".join(document.paragraphs)
    assert all(number in text for number in ("12", "7", "1200"))
    facts = document.metadata
    assert (facts.date, facts.region, facts.issuer, facts.speakers) == (None, None, None, ())


@pytest.mark.parametrize(
    "day", ["2023年2月30日", "2023年13月1日", "二〇二三年十三月一日", "0000年0月0日", "2023年99月99日"]
)
def test_a_day_that_no_calendar_has_dates_nothing(day: str, tmp_path: Path) -> None:
    lines = ["在全县助餐工作会议上的讲话", f"（{day}）", "同志们：", SENTENCE]
    (document,) = documents(tmp_path, "lines.txt", lines)
    assert document.metadata.date is None and f"（{day}）" in document.paragraphs


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_with_two_red_heads_is_read_whole(name: str, tmp_path: Path) -> None:
    head = ["临湖县民政局文件", "临民发〔2022〕8号", "关于管好全县助餐点的通知", "各乡镇人民政府：", SENTENCE]
    found = documents(tmp_path, name, [*head, "高桥县民政局文件", "高民发〔2022〕9号", "关于送餐的通知", SENTENCE])
    text = "".join(paragraph for document in found for paragraph in document.paragraphs)
    assert text.count(SENTENCE) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_the_work_of_each_reader_grows_with_the_file(name: str) -> None:
    lines = ["一、管好灶台", SENTENCE, "临湖镇\t12", "7", ""]
    assert max(growth(lambda size: read(Path(name), FORMATS[name](lines * size)), 30)) < 4.6


def test_the_work_for_pages_grows_with_the_pages() -> None:
    def work(size: int) -> object:
        return read(Path("a.pdf"), pdf(*([["临湖民政", *[SENTENCE] * 4, str(n)] for n in range(size)])))

    assert max(growth(work, 10)) < 4.6
