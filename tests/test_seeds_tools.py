"""What ../shared/FEATURES.md expects of the tools on the five real files: counts, cells, figures and names.

An extra: skipped where that folder is not there. The same rules are tested on made-up texts in tests/tools/.
"""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
from conftest import SHARED

from indexer import pipeline
from search import excerpts, quotations, reading, results, text
from search.engines import Engine, store_of
from search.excerpts import exports
from search.query.parsing import parse
from search.results.concordance import concordance
from search.tools import kin
from search.tools.cited import Name, cited
from search.tools.coverage import coverage
from search.tools.extracts import extracts_page, in_pieces
from search.tools.figures import figures, figures_of
from search.tools.matrix import matrix
from search.tools.numbered import numbered
from search.tools.pasted import pasted
from search.tools.shared import common, common_of_draft
from search.tools.shared_regions import common_of_regions
from search.tools.similar import similar
from search.tools.speaking import speaking
from search.tools.telling import telling_of
from search.tools.timeline import timeline
from web import mcp

pytestmark = pytest.mark.extra("seeds")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    store = store_of("whoosh", tmp_path_factory.mktemp("seeds"))
    assert pipeline.build([SHARED / "seeds"], store).documents == 6
    return store.open()


def file_of(engine: Engine, id: str) -> str:
    """000, 001#1 … of a document."""
    path = engine.fetch([id])[id].document.external_id
    return Path(path).name[:3] + path.partition("#")[1] + path.partition("#")[2]


def test_the_matrix_has_a_passage_of_each_region_and_says_who_is_silent(engine: Engine) -> None:
    page = matrix(engine, parse("养老服务"))
    cells = {(cell.region, cell.year): cell for row in page.rows for cell in row.cells}
    said = {
        key: (file_of(engine, cell.hit.id), cell.passage.text[:8])
        for key, cell in cells.items()
        if cell.hit and cell.passage
    }
    assert {key: file for key, (file, _) in said.items()} == {
        ("全国", "2024年"): "000",
        ("湖北", "2024年"): "001#1",
        ("云南", "2024年"): "002",
        ("陕西", "日期不详"): "003",
        ("江西", "2024年"): "004",
    }
    begins = {region: passage[:6] for (region, _), (_, passage) in said.items()}
    assert begins == {
        "全国": "养老服务工作",
        "湖北": "四是以推进高",
        "云南": "要着力发展普",
        "陕西": "三是启动养老",
        "江西": "要深化基本养",
    }
    assert cells["内蒙古", "2024年"].label == "本文未提及"
    assert cells["湖北", "2024年"].alike == ("江西",)
    alike = [run.text for run in cells["湖北", "2024年"].runs if run.alike]
    assert len("".join(alike)) == 28


def test_the_timeline_counts_as_expected(engine: Engine) -> None:
    (silver,) = timeline(engine, parse("银发经济")).wordings
    assert [(one.label, one.occurrences) for one in silver.months] == [("2024年2月", 2)]
    assert silver.first and (silver.first.date, file_of(engine, silver.first.id)) == ("2024-02-18", "000")
    page = timeline(engine, parse("养老服务"))
    (care,) = page.wordings
    rates = {one.label: one.rate for one in care.regions}
    assert rates == {"全国": 20.58, "湖北": 24.78, "内蒙古": 0, "云南": 8.41, "陕西": 17.42, "江西": 21.09}
    assert (care.total.occurrences, care.total.characters, care.total.rate) == (23, 14444, 15.92)
    assert (care.undated.occurrences, [one.label for one in care.years]) == (5, ["2024年"])
    assert page.notes[0].startswith("语料仅6篇，首见≠最早提出")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("003", "4020元 3245户 9485人 30.35% 380个 20个 1个 5个 15个"),
        ("004", "84.5亿元 159万 8.6万人 21.2亿元 600万人次 94.6% 1.8万家 100% 100万人次"),
    ],
)
def test_every_figure_is_taken_with_its_clause(engine: Engine, file: str, expected: str) -> None:
    (id,) = [id for id in engine.catalogue() if file_of(engine, id) == file]
    found = figures_of(engine.fetch([id])[id].document).figures
    assert set(expected.split()) <= {one.figure for one in found}
    assert all(one.figure in one.clause for one in found)


def test_money_for_aid_is_found_by_what_it_is(engine: Engine) -> None:
    first = figures(engine, parse("救助资金")).figures[0]
    assert (first.figure, first.near, file_of(engine, first.id)) == ("84.5亿元", "clause", "004")


def test_papers_and_meetings_are_told_with_those_that_name_them(engine: Engine) -> None:
    page = cited(engine, parse(""))

    def by(name: Name) -> list[tuple[str, int]]:
        return sorted((file_of(engine, place.id), place.paragraph) for place in name.places)

    papers = {name.text: by(name) for name in page.papers}
    assert {file for file, _ in papers["《中国共产党纪律处分条例》"]} == {"001#1", "001#2"}
    assert {file for file, _ in papers["《关于加强低收入人口动态监测做好分层分类社会救助工作的意见》"]} == {"004"}
    meetings = {name.text: by(name) for name in page.meetings}
    both = [("000", 3), ("004", 4), ("004", 8)]
    assert (meetings["中央经济工作会议"], meetings["中央农村工作会议"]) == (both, both)
    assert meetings["全国民政工作会议"] == [("000", 3), ("002", 1)]
    assert meetings["二〇二四年春节团拜会"] == meetings["国务院第二次廉政工作会议"] == [("001#2", 1)]
    assert meetings["二十届中央纪委三次全会"] == [("001#2", 4)]


def test_what_two_texts_say_in_the_same_words(engine: Engine) -> None:
    stored = {file_of(engine, id): engine.fetch([id])[id] for id in engine.catalogue()}

    def wordings(one: str, other: str) -> list[str]:
        return [wording.text for wording in common(engine, stored[one], stored[other]).wordings]

    assert len(wordings("001#1", "004")[0]) == 28
    assert any(one.startswith("留守儿童和困境儿童") and len(one) == 21 for one in wordings("001#1", "002"))
    assert any(one.startswith("具体化、") and one.endswith("责任化") for one in wordings("000", "001#2"))
    said = [one for first in stored for second in stored if first != second for one in wordings(first, second)]
    assert "习近平新时代中国特色社会主义思想" not in said


def test_two_regions_and_a_draft_have_the_sentence_in_common(engine: Engine) -> None:
    said = "加快构建居家社区机构相协调、医养康养相结合的养老服务体系"
    page = common_of_regions(engine, parse("地区:湖北 地区:江西"))
    assert page and page.wordings[0].text == said
    draft = common_of_draft(engine, f"今年要在全区{said}，让老人满意。")
    assert [one.text for one in draft.wordings] == [said]
    assert {file_of(engine, other.id) for other in draft.wordings[0].others} == {"001#1", "004"}


def test_sayings_with_numbers_are_told_with_what_each_text_lists(engine: Engine) -> None:
    page = numbered(engine, parse(""))
    said = {
        (one.text, file_of(engine, here.place.id)): (here.place.paragraph, here.note, "、".join(here.items))
        for one in page.sayings
        for here in one.said
    }
    systems = "社会救助体系、养老服务体系、基层社会治理体系、社会福利体系、社会服务体系"
    assert said["五大体系", "003"] == (16, "列出五项", systems)
    assert said["三最一专", "003"][:2] == (16, "列出四项")
    assert said["五型民政", "001#1"] == (3, "列出五项", "为民、创新、法治、智慧、文化")
    assert said["八项行动", "002"][:2] == (5, "列出五项，原文有“等”")
    for one in [("八项行动", "004"), ("九个转变", "002"), ("四个以学", "001#2"), ("六件实事", "004")]:
        assert said[one][1:] == ("文中未展开", "")
    assert said["八项行动", "004"][0] == 2


def test_every_passage_is_taken_along(engine: Engine) -> None:
    page = extracts_page(engine, parse("养老服务"))
    held = Counter(file_of(engine, one.excerpt.reference.document) for _, some in page.groups for one in some)
    assert held == {"000": 1, "001#1": 2, "002": 1, "003": 3, "004": 4}
    assert (page.passages, page.occurrences) == (11, 23)
    content = b"".join(in_pieces(engine, parse("养老服务"), "docx", "http://archive.example"))
    lines = [one.text for one in docx.Document(BytesIO(content)).paragraphs]
    assert sum(line.startswith("“") for line in lines) == 11
    assert sum("http://archive.example/doc/" in line for line in lines) == 11
    assert sum("年份存疑" in line for line in lines) >= 3 and sum("截断" in line for line in lines) >= 4


@pytest.mark.parametrize(
    "typed",
    [
        "（民政部部机关全体党员干部大会，2024年2月18日，据民政部官网消息）",
        "http://10.1.2.3:5000/doc/6423e40542900bd6",
        "《民政部：要进一步规范福利彩票发行销售管理，确保安全运行》第 5 段",
        "“加快推进救助立法”（民政部部机关全体党员干部大会，2024年2月18日，据民政部官网消息）",
    ],
)
def test_a_pasted_citation_opens_its_place(engine: Engine, typed: str) -> None:
    found = pasted(engine, typed)
    assert found and file_of(engine, found.id) == "000"


def test_the_words_of_one_paper_are_its_own_and_no_formulas(engine: Engine) -> None:
    (id,) = [id for id in engine.catalogue() if file_of(engine, id) == "003"]
    words = [one.text for one in telling_of(engine, engine.fetch([id])[id]).words]
    assert {"五大体系", "三最一专"} <= set(words[:5])
    assert not {text.fold(row[0]) for row in text.rows("formulas.txt")} & set(words)


def test_a_program_is_told_the_same_as_a_reader(engine: Engine) -> None:
    def verified(**arguments: str) -> dict[str, Any]:
        params = {"name": "verify_quote", "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        answer = mcp.answered(lambda: engine, json.dumps(message).encode())
        assert answer is not None
        found: dict[str, Any] = answer["result"]["structuredContent"]
        return found

    assert "6423e40542900bd6" in str(verified(text="加快推进救助立法"))
    (part, _) = verified(text="加快推进救助立法", source="湖北省民政厅")["parts"]
    assert (part["verdict"], [(one["kind"], one["standing"]) for one in part["claims"]]) == (
        "same", [("source", "other")],
    )  # fmt: skip


def test_passages_like_one_are_found_with_reasons(engine: Engine) -> None:
    stored = {file_of(engine, id): engine.fetch([id])[id] for id in engine.catalogue()}["001#1"]
    names = next(one for one in stored.document.passages if "乡村著名行动" in one.text)
    page = similar(engine, stored, names.number)
    first = page.alike[0]
    assert (file_of(engine, first.place.id), first.place.paragraph) == ("002", 5) and "区划地名" in first.text
    assert {"乡村著名行动", "行政区划"} <= set(first.words)
    second = page.alike[1]
    assert (file_of(engine, second.place.id), second.place.paragraph) == ("000", 5) and "区划地名" in second.text


def test_every_place_of_a_phrase_is_a_line_and_lines_are_ordered_by_what_stands_before(engine: Engine) -> None:
    lines = concordance(engine, parse("养老服务"), "before").lines
    assert Counter(file_of(engine, one.id) for one in lines)["000"] == 5 and len(lines) == 23
    before = [text.fold(one.before)[::-1] for one in lines]
    assert before == sorted(before)


def test_a_quotation_is_verified_to_the_character_with_its_source(engine: Engine) -> None:
    def row(said: str) -> quotations.Row:
        return quotations.page_of(quotations.check(engine, said), ()).rows[0]

    wrong = row("要坚持以人民为中心的发展思想")
    assert wrong.place and (wrong.label, wrong.place.paragraph) == ("差 1 字", "第 9 段")
    assert "".join(piece.text for piece in wrong.place.reading) == "要坚持以人为中心的发展思想"
    right = row("加快推进救助立法")
    assert right.place and (right.label, right.place.paragraph) == ("逐字一致", "第 5 段")


def test_three_provinces_are_taken_along_with_their_sources(engine: Engine) -> None:
    stored = {file_of(engine, id): engine.fetch([id])[id].document for id in engine.catalogue()}
    wanted = (("000", 5, "养老服务工作"), ("001#1", 3, "普惠养老服务"), ("002", 5, "养老服务"))
    chosen = [
        next(f"{stored[f].id}.{one.number}" for one in stored[f].passages if one.paragraph == at and said in one.text)
        for f, at, said in wanted
    ]
    found = excerpts.basket(engine, *excerpts.read(chosen))
    assert len(found.excerpts) == 3
    for write in (exports.as_markdown, exports.as_csv):
        written = write(found, "http://archive.example").decode()
        for file, _, said in wanted:
            assert said in written and f"http://archive.example/doc/{stored[file].id}" in written
        assert "2024年2月21日" in written and "民政部官网" in written and "年份推定" in written


def test_words_are_found_within_an_opened_text(engine: Engine) -> None:
    (id,) = [id for id in engine.catalogue() if file_of(engine, id) == "004"]
    found = engine.fetch([id])[id]
    page = reading.open_document(found.document, parse("养老服务"), edges=found.edges, find="救助通")
    assert (page.hits, page.find) == (3, "救助通")


def test_a_speaker_is_told_with_his_post_and_who_is_only_named_is_none(engine: Engine) -> None:
    (speech,) = speaking(engine, parse("李丽")).speeches
    assert (file_of(engine, speech.place.id), speech.place.date, speech.post, speech.role) == (
        "001#1", "2024-02-21", "厅长", "作工作报告",
    )  # fmt: skip
    named = speaking(engine, parse("怀仁"))
    assert [(file_of(engine, one.place.id), one.times) for one in named.mentions] == [("004", 2)]
    assert named.speeches == () and "不是讲话人" in named.notes[0]


def test_coverage_tells_what_is_missing(engine: Engine) -> None:
    page = coverage(engine)
    assert {(row.region, tuple(cell.count for cell in row.counts)) for row in page.rows} == {
        *((region, (1, 0)) for region in ("全国", "湖北", "内蒙古", "云南", "江西")),
        ("陕西", (0, 1)),
    }
    assert (page.columns, page.provinces, len(page.missing)) == (("2024年", "日期不详"), 34, 29)


def test_another_name_of_the_thing_is_offered_with_its_count_and_finds_its_card_once_it_is_ticked(
    engine: Engine,
) -> None:
    assert [file_of(engine, hit.id) for hit in results.search(engine, parse("老年食堂")).hits] == ["002"]
    names = {one.text: one for one in kin.kin(engine, parse("老年食堂")).names}
    canteen = names["社区共享餐厅"]
    assert (canteen.documents, file_of(engine, canteen.place.id), canteen.place.paragraph) == (1, "003", 13)
    assert canteen.clause == "在宝塔区建设5个融合发展社区、15个社区共享餐厅"
    (both,) = parse_qs(urlsplit(kin.ticked(parse("老年食堂"), ["社区共享餐厅"])).query)["q"]
    found = {file_of(engine, hit.id): hit for hit in results.search(engine, parse(both)).hits}
    assert found.keys() == {"002", "003"}
    assert "幸福食堂" in found["002"].match_label


def test_the_headings_on_a_subject_are_those_of_three_texts(engine: Engine) -> None:
    found = {file_of(engine, hit.id): hit for hit in results.search(engine, parse("提纲:养老服务")).hits}
    assert {file: hit.passages[0].text[:6] for file, hit in found.items()} == {
        "000": "养老服务工作",
        "001#1": "四是以推进高",
        "003": "三是启动养老",
    }
