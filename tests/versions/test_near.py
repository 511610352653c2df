"""Nearly the same documents: found without comparing all, grouped, named, and never left out."""

from __future__ import annotations

import os
import random
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from building import build
from conftest import indexed

from app import create_app
from indexer import pipeline
from indexer.ledger import Indexed
from indexer.versions import groups as grouping
from indexer.versions import near
from search.documents.document import Document
from search.index import record
from search.settings import Settings
from search.text import fold


def prose(seed: int, sentences: int) -> str:
    """A made-up text: every sentence has its own words."""
    chance = random.Random(seed)
    words = [chr(code) for code in range(0x4E00, 0x5E00)]
    return "".join(f"{''.join(chance.choices(words, k=chance.randint(18, 40)))}。" for _ in range(sentences))


def changed(text: str, characters: int, seed: int = 1) -> str:
    """The text with so many characters replaced, here and there."""
    chance, letters = random.Random(seed), list(text)
    for at in chance.sample(range(len(letters)), characters):
        letters[at] = "改"
    return "".join(letters)


SPEECH = prose(0, 40)


@pytest.mark.parametrize("length", [0, 1, 3, 4, 5, 63, 66, 67, 68, 100, 130, 131, 132, 133, 300, 5_000])
def test_a_sketch_is_the_smallest_checksums_of_all(length: int) -> None:
    for text in (prose(length, 300)[:length], ("民政养老服务" * 1_000)[:length], "民" * length):
        pieces = {zlib.crc32(text[at : at + 4].encode("utf-32-le")) for at in range(max(1, len(text) - 3))}
        assert near.sketch(text).tolist() == sorted(pieces)[: near.SIZE]


def test_the_smallest_are_found_however_they_are_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    top = 1 << 32
    for values in (range(top - 500, top), range(500), [7], range(64), [*range(63), *range(top - 500, top)]):
        text = "".join(chr(0x4E00 + at) for at in range(len(values) + 3))
        pieces = (text[at : at + 4].encode("utf-32-le") for at in range(len(values)))
        monkeypatch.setattr(near, "crc32", dict(zip(pieces, values, strict=True)).__getitem__)
        assert near.sketch(text).tolist() == sorted(values)[: near.SIZE]


def alike(one: str, other: str) -> bool:
    return near.alike(near.sketch(one), near.sketch(other))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SPEECH, True),
        (changed(SPEECH, 3), True),  # a few words
        (changed(SPEECH, len(SPEECH) // 100), True),
        (SPEECH[: len(SPEECH) // 2], True),  # cut off
        (SPEECH[len(SPEECH) // 2 :], True),  # an excerpt
        (changed(SPEECH[: len(SPEECH) * 2 // 5], 3), True),
        (SPEECH + prose(7, 20), True),  # with another text behind it
        (prose(0, 20) + prose(9, 20), False),  # half of it is another text
        (SPEECH[:60], False),  # a quotation
        (prose(3, 40), False),
    ],
)
def test_a_text_is_alike_to_its_reposts_and_its_parts_only(other: str, expected: bool) -> None:
    assert (alike(SPEECH, other), alike(other, SPEECH)) == (expected, expected)


def test_width_and_line_breaks_make_no_other_text() -> None:
    assert near.sketch(fold("公墓（骨灰堂），２０２４年。")) == near.sketch("公墓(骨灰堂),\n2024年。")


@pytest.mark.parametrize(("one", "other", "expected"), [("会", "会", True), ("会", "议", False), ("", "会议", False)])
def test_the_shortest_texts_are_compared_too(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) == expected


def test_a_sketch_is_at_most_64_numbers_and_comes_back_from_the_ledger() -> None:
    values = near.sketch(SPEECH)
    assert (len(values), list(values)) == (near.SIZE, sorted(set(values)))
    assert near.loads(near.dumps(values)) == values


def test_neighbours_are_those_that_comparing_all_would_find() -> None:
    texts = {f"{n}": prose(n, 10) for n in range(60)}
    texts |= {f"{n}a": changed(texts[f"{n}"], 4) for n in range(0, 60, 3)}
    texts |= {f"{n}b": texts[f"{n}"][:200] for n in range(0, 60, 4)}
    sketches = {id: near.sketch(text) for id, text in texts.items()}
    found = {frozenset((id, other)) for id, others in near.neighbours(sketches, texts).items() for other in others}
    every = {frozenset((a, b)) for a in texts for b in texts if a < b and near.alike(sketches[a], sketches[b])}
    assert found == every
    assert len(every) > 30
    whole = near.neighbours(sketches, texts)
    parts = [near.neighbours(sketches, texts, slice(number, None, 3)) for number in range(3)]
    assert {id: others for part in parts for id, others in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)


def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"{n}": prose(n, 10) for n in range(12)} | {f"{n}a": changed(prose(n, 10), 4) for n in range(0, 12, 3)}
    documents = [
        Indexed(id, id, id, id, 1, len(text), near.dumps(near.sketch(text)), alike=("gone",))
        for id, text in texts.items()
    ]
    fresh = {*texts} - {"5"}
    alone = grouping.compared(documents, fresh)
    assert sum(bool(one.alike) for one in alone if one.id in fresh) == 4
    assert next(one for one in alone if one.id == "5").alike == ("gone",)
    monkeypatch.setattr(grouping, "_MANY", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert grouping.compared(documents, fresh) == alone


def test_a_formula_in_every_document_leads_to_no_pairs_and_a_crowd_of_reposts_to_one_group() -> None:
    formula = "以习近平新时代中国特色社会主义思想为指导"
    sketches = {f"{n}": near.sketch(formula + prose(n, 6)) for n in range(300)}
    sketches |= {f"r{n}": near.sketch(changed(SPEECH, 2, seed=n)) for n in range(250)}
    pairs = near.neighbours(sketches, sketches)
    assert sum(len(others) for others in pairs.values()) < 250 * near._CROWD + 1
    assert near.groups(pairs) == [{f"r{n}" for n in range(250)}]


def test_groups_are_what_hangs_together() -> None:
    pairs = {"a": ["b"], "b": [], "c": ["b"], "d": [], "e": ["f"], "f": []}
    assert sorted(map(sorted, near.groups(pairs))) == [["a", "b", "c"], ["e", "f"]]


# --- in the index --------------------------------------------------------------------------------------

REPORT = """江南省民政厅召开养老服务工作会议

5月10日，江南省民政厅召开养老服务工作会议，总结2023年工作，部署2024年任务。会议传达了有关精神，通报了重点工作进展情况。

会议指出，要健全基本养老服务体系，规范福利彩票销售管理，推动居家社区机构相协调、医养康养相结合，扩大普惠性养老服务供给。

会议强调，要抓好工作落实，确保各项任务按期完成，守牢安全底线，提升服务质量，让广大老年人享有更加幸福的晚年生活。

会议要求，各市县民政局要压实责任，细化措施，加强督促检查，及时总结推广好的经验做法，营造敬老爱老助老的浓厚氛围。
"""
REPOST = REPORT.replace("各项任务", "全部任务").replace("及时总结", "认真总结")
PART = "\n".join(REPORT.split("\n")[:6])
OTHER = """江北省民政厅部署地名管理工作

6月3日，江北省民政厅部署2024年地名管理工作，要求做好乡村地名命名、地名文化保护和标准地名使用情况的监督检查。
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    (folder / "原文.txt").write_text(REPORT, encoding="utf-8")
    (folder / "另一篇.txt").write_text(OTHER, encoding="utf-8")
    return folder


def documents(corpus: Path) -> dict[str, Document]:
    return indexed(corpus.parent / "index")


def groups(corpus: Path) -> dict[str, list[str]]:
    """Path → paths of its group in their order."""
    found = documents(corpus)
    names = {one.id: name for name, one in found.items()}
    return {name: [names[id] for id in one.near] for name, one in found.items()}


def doubt(document: Document) -> str:
    return "".join(warning.message for warning in document.warnings if warning.code == "near_duplicate")


def test_reposts_and_parts_are_indexed_and_name_the_best(corpus: Path) -> None:
    (corpus / "转载.txt").write_text(REPOST, encoding="utf-8")
    (corpus / "节选.txt").write_text(PART, encoding="utf-8")
    assert build(corpus).documents == 4
    together = ["原文.txt", "转载.txt", "节选.txt"]
    assert groups(corpus) == {"原文.txt": together, "转载.txt": together, "节选.txt": together, "另一篇.txt": []}
    found = documents(corpus)
    title = "江南省民政厅召开养老服务工作会议"
    assert doubt(found["原文.txt"]) == f"与《{title}》（转载.txt）等2篇文字大体相同，引用前请核对差异"
    assert doubt(found["转载.txt"]) == f"与《{title}》（原文.txt）等2篇文字大体相同，引用前请核对差异"
    assert "篇幅是它的" in doubt(found["节选.txt"])
    assert "可能是节选" in doubt(found["节选.txt"])
    assert doubt(found["另一篇.txt"]) == ""


def test_a_new_repost_changes_what_is_told_of_a_document_that_was_not_read_again(corpus: Path) -> None:
    build(corpus)
    before = documents(corpus)
    (corpus / "转载.txt").write_text(REPOST, encoding="utf-8")
    report = build(corpus)
    assert (report.indexed, report.unchanged, report.documents) == (1, 2, 3)
    assert groups(corpus)["原文.txt"] == ["原文.txt", "转载.txt"]
    assert documents(corpus)["另一篇.txt"] == before["另一篇.txt"]
    (corpus / "转载.txt").unlink()
    assert (build(corpus).removed, documents(corpus)) == (1, before)


def test_runs_one_after_the_other_tell_what_one_run_tells(corpus: Path) -> None:
    for name, text in (("转载.txt", REPOST), ("节选.txt", PART), ("甲.txt", REPORT + "\n完。\n")):
        (corpus / name).write_text(text, encoding="utf-8")
        build(corpus)
    (corpus / "转载.txt").unlink()
    build(corpus)
    step_by_step = documents(corpus)
    build(corpus, full=True)
    assert step_by_step == documents(corpus)
    assert groups(corpus)["节选.txt"] == ["甲.txt", "原文.txt", "节选.txt"]


def test_only_documents_whose_group_changed_are_written_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engines.whoosh.writer import WhooshWriter

    (corpus / "转载.txt").write_text(REPOST, encoding="utf-8")
    build(corpus)
    written: list[str] = []
    add = WhooshWriter.add
    monkeypatch.setattr(
        WhooshWriter, "add", lambda self, one, *found: [written.append(one.external_id), add(self, one, *found)]
    )
    (corpus / "无关.txt").write_text(OTHER.replace("地名", "婚姻登记"), encoding="utf-8")
    build(corpus)
    assert written == ["无关.txt"]
    (corpus / "节选.txt").write_text(PART, encoding="utf-8")
    build(corpus)
    assert written[1:] == ["节选.txt", "原文.txt", "转载.txt"]


# --- exact copies --------------------------------------------------------------------------------------


def copies(corpus: Path) -> dict[str, list[tuple[str, str]]]:
    """Path → the copies it tells of, each with the path of the document it is a copy of; none where there is none."""
    found = documents(corpus)
    names = {one.id: name for name, one in found.items()}
    return {name: [(copy.path, names[copy.of]) for copy in one.copies] for name, one in found.items() if one.copies}


@pytest.mark.parametrize(
    "again",
    [REPORT.encode(), b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode(), REPORT.encode("gb18030")],
    ids=["the same bytes", "other line ends", "another encoding"],
)
def test_an_exact_copy_is_named_by_its_document_without_a_doubt(corpus: Path, again: bytes) -> None:
    (corpus / "转发" / "二").mkdir(parents=True)
    (corpus / "转发" / "二" / "同文.txt").write_bytes(again)
    assert build(corpus).documents == 2
    assert copies(corpus) == {"原文.txt": [("转发/二/同文.txt", "原文.txt")]}
    assert doubt(documents(corpus)["原文.txt"]) == ""


def test_a_copy_of_one_version_is_a_copy_for_all_of_its_group(corpus: Path) -> None:
    for name, text in (("副本.txt", REPORT), ("转载.txt", REPOST), ("转载又.txt", REPOST)):
        (corpus / name).write_text(text, encoding="utf-8")
    build(corpus)
    told = [("原文.txt", "副本.txt"), ("转载又.txt", "转载.txt")]
    assert copies(corpus) == {"副本.txt": told, "转载.txt": told}


def test_a_copy_that_comes_later_and_goes_again_is_told_and_forgotten(corpus: Path) -> None:
    build(corpus)
    before = documents(corpus)
    (corpus / "转发.txt").write_text(REPORT, encoding="utf-8")
    report = build(corpus)
    assert (report.indexed, report.unchanged, [one.path for one in report.duplicates]) == (0, 2, ["转发.txt"])
    assert copies(corpus) == {"原文.txt": [("转发.txt", "原文.txt")]}
    (corpus / "转发.txt").unlink()
    assert (build(corpus).files_seen, documents(corpus)) == (2, before)


def test_a_copy_takes_the_place_of_the_file_that_is_removed(corpus: Path) -> None:
    for name in ("转发.txt", "转载.txt"):
        (corpus / name).write_text(REPORT, encoding="utf-8")
    build(corpus)
    assert copies(corpus) == {"原文.txt": [("转发.txt", "原文.txt"), ("转载.txt", "原文.txt")]}
    (corpus / "原文.txt").unlink()
    build(corpus)
    assert copies(corpus) == {"转发.txt": [("转载.txt", "转发.txt")]}


ONE = "甲市推进老年助餐服务\n　　本报讯（记者 某某）甲市建成助餐点。"
TWO = f"{ONE}\n\n乙市开展孤儿助学行动\n　　本报讯（记者 某某）乙市资助学生。"  # a file of two articles


def test_an_article_that_another_file_has_too_is_a_copy_as_long_as_that_file_has_it(corpus: Path) -> None:
    (corpus / "助餐.txt").write_text(ONE, encoding="utf-8")
    (corpus / "汇编.txt").write_text(TWO, encoding="utf-8")
    build(corpus)
    assert set(documents(corpus)) == {"另一篇.txt", "助餐.txt", "原文.txt", "汇编.txt#2"}
    assert copies(corpus) == {"助餐.txt": [("汇编.txt#1", "助餐.txt")]}
    (corpus / "助餐.txt").unlink()
    build(corpus)
    assert set(documents(corpus)) == {"另一篇.txt", "原文.txt", "汇编.txt#1", "汇编.txt#2"}
    assert copies(corpus) == {}


def test_a_run_after_the_other_tells_of_the_copies_that_one_run_tells_of(corpus: Path) -> None:
    added = (("甲.txt", REPORT), ("助餐.txt", ONE), ("汇编.txt", TWO), ("转载.txt", REPOST), ("转载又.txt", REPOST))
    for name, text in added:
        (corpus / name).write_text(text, encoding="utf-8")
        build(corpus)
    (corpus / "转载.txt").unlink()
    build(corpus)
    step_by_step = named(corpus)
    build(corpus, full=True)
    everything = {"另一篇.txt", "助餐.txt", "原文.txt", "汇编.txt#1", "汇编.txt#2", "甲.txt", "转载又.txt"}
    assert (step_by_step, named(corpus)) == (everything, everything)


def named(corpus: Path) -> set[str]:
    """Every text of the corpus, as a document or as a copy of one."""
    return {*documents(corpus), *(path for told in copies(corpus).values() for path, _ in told)}


def test_a_copy_stays_with_its_original_while_that_cannot_be_read(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "转发.txt").write_text(REPORT, encoding="utf-8")
    build(corpus)
    (corpus / "sources.csv").write_text("file,source\n原文.txt,民政部官网\n", encoding="utf-8")
    monkeypatch.setattr(pipeline, "prepared", unreadable)
    for broken in (True, False):
        assert [one.path for one in build(corpus).failed] == ["原文.txt"] * broken
        assert copies(corpus) == {"原文.txt": [("转发.txt", "原文.txt")]}
        assert sorted(documents(corpus)) == ["原文.txt", "另一篇.txt"]
        monkeypatch.undo()


def unreadable(file: Path, name: str) -> object:
    """prepared() with a defect."""
    raise RecursionError(name)


def test_one_card_tells_how_many_versions_there_are_and_the_document_where_they_are(corpus: Path) -> None:
    (corpus / "转发").mkdir()
    (corpus / "转发" / "同文.txt").write_text(REPORT, encoding="utf-8")
    (corpus / "转载.txt").write_text(REPOST, encoding="utf-8")
    build(corpus)
    client = create_app(Settings(index=corpus.parent / "index", corpus=(corpus,))).test_client()
    (hit,) = client.get("/api/search?q=医养康养").get_json()["hits"]
    assert hit["near_duplicates"] == 2
    assert "另有 2 个相近版本" in client.get("/search?q=医养康养").text
    one, other = documents(corpus)["原文.txt"], documents(corpus)["转载.txt"]
    assert hit["id"] == one.id
    told = [{"path": "转发/同文.txt", "of": one.id}]
    assert [client.get(f"/api/documents/{id}").get_json()["copies"] for id in (one.id, other.id)] == [told, told]
    assert told_on(client.get(f"/doc/{one.id}").text) == [
        "转发/同文.txt 与本文文字相同（繁简、异体、全半角不计），没有另外收录"
    ]
    assert told_on(client.get(f"/doc/{other.id}").text) == ["文字与它相同（繁简、异体、全半角不计）：转发/同文.txt"]


def told_on(page: str) -> list[str]:
    return [one.get_text() for one in BeautifulSoup(page, "lxml").select("#versions ~ ul [data-testid=copy]")]


def test_what_the_record_holds_comes_back(corpus: Path) -> None:
    for name, text in (("转载.txt", REPOST), ("转发.txt", REPORT)):
        (corpus / name).write_text(text, encoding="utf-8")
    build(corpus)
    for one in documents(corpus).values():
        assert record.loads(record.dumps(one)) == one
        assert record.as_json(one)["near"] == list(one.near)
    without = record.loads(record.dumps(replace(documents(corpus)["原文.txt"], near=(), copies=())))
    assert (without.near, without.copies) == ((), ())
