"""The home page, the results and the JSON of a search, asked through Flask's test client of a real index."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import changed, document
from flask.testing import FlaskClient
from pages import FIRST, SCRIPTS, SECOND, by_id, read, words

from app import create_app
from indexer.readers import READERS
from search import results
from search.documents import formats
from search.documents.document import Evidence, Warning
from search.documents.warnings import DOUBTS
from search.documents.work_lines import LINES
from search.engines import store_of
from search.query.parsing import parse
from search.settings import Settings


def test_the_home_page_offers_a_search_box_ways_to_browse_and_the_newest_speeches(client: FlaskClient) -> None:
    page = read(client.get("/"))
    assert [box["name"] for box in by_id(page, "search-box")] == ["q"]
    assert words(by_id(page, "facet-region")) == ["地区云南1湖北1"]
    assert words(by_id(page, "hit-title"))[0] == "在全省养老服务工作推进会上的讲话"


def test_a_results_page_tells_the_total_and_shows_each_speech_with_its_marked_passages(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务"))
    assert re.sub("（.*", "", words(by_id(page, "total"))[0]) == "找到2篇讲话，共4处"
    assert sorted(words(by_id(page, "hit-title"))) == ["全省社会救助工作会议召开", "在全省养老服务工作推进会上的讲话"]
    card = next(card for card in by_id(page, "hit") if card["data-id"] == FIRST)
    assert words(card.select(".card-head li")) == ["湖北", "2024年3月5日", "卞知秋", "讲话稿", "来源不详", "文本"]
    assert words(card.select(".passage mark")) == ["养老服务"] * 3
    assert words(by_id(card, "warning")) == ["年份存疑：前后不一致2024年是新中国成立70周年"]


def test_a_label_stands_only_where_a_hit_is_not_exact(client: FlaskClient) -> None:
    assert by_id(read(client.get("/search?q=养老服务")), "match") == []
    assert words(by_id(read(client.get("/search?q=补齐社会")), "match")) != []


def test_years_from_and_to_become_one_filter(client: FlaskClient) -> None:
    for years in ("from=2019&to=2024", "from=2024&to=2019"):
        landed = client.get(f"/search?q=养老服务&{years}&year=2020&region=湖北").headers["Location"]
        assert parse_qs(urlsplit(landed).query) == {"q": ["养老服务"], "region": ["湖北"], "year": ["2019..2024"]}
        assert len(by_id(read(client.get(landed)), "hit")) == 1
    alone = [client.get(f"/search?q=养老服务&{box}").headers["Location"] for box in ("from=2020", "to=2020")]
    assert [one.rpartition("year=")[2] for one in alone] == [f"2020..{date.today().year}", "1900..2020"]
    assert client.get("/search?q=养老服务&from=x").status_code == 302


def test_two_texts_that_were_ticked_are_compared(client: FlaskClient) -> None:
    ticks = read(client.get("/search?q=养老服务")).select('input[name="d"]')
    assert {str(tick["value"]) for tick in ticks} == {FIRST, SECOND}
    landed = client.get(f"/compare?d={FIRST}&d={SECOND}").headers["Location"]
    assert landed == f"/doc/{FIRST}/compare/{SECOND}"
    assert "2024年3月5日" in read(client.get(landed)).select("thead")[0].get_text()
    for wrong in ("", f"?d={FIRST}", f"?d={FIRST}&d={FIRST}", "?d=a&d=b&d=c"):
        refused = client.get(f"/compare{wrong}")
        assert refused.status_code == 400
        assert "对比要勾选两篇" in refused.get_data(as_text=True)


def test_every_format_that_is_read_has_a_name_on_the_card() -> None:
    kinds = {"网页": "html htm shtml xhtml mht mhtml", "Word": "docx docm doc rtf", "文本": "txt text md markdown"}
    expected = {f".{suffix}": name for name, suffixes in kinds.items() for suffix in suffixes.split()}
    expected |= {".pdf": "PDF", ".wps": "WPS", ".ofd": "OFD", ".odt": "OpenDocument", ".eml": "邮件"}
    found = {suffix: formats.format_label(document(f"民政.{suffix[1:].upper()}")) for suffix in READERS}
    assert found == expected
    assert formats.format_label(document("没有扩展名")) == ""


def test_a_passage_leads_to_its_place_in_the_document(client: FlaskClient) -> None:
    passage = by_id(read(client.get("/search?q=福利彩票")), "passage")[0]
    link = urlsplit(str(passage.select("a")[0]["href"]))
    assert (link.path, parse_qs(link.query), link.fragment) == (f"/doc/{FIRST}", {"q": ["福利彩票"]}, "p4")


def test_the_question_stays_in_the_box_and_in_the_title(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务 地区:湖北"))
    assert by_id(page, "search-box")[0]["value"] == "养老服务 地区:湖北"
    assert page.title and page.title.get_text() == "养老服务 地区:湖北 - 民政讲话检索"


@pytest.mark.parametrize("address", ["/", "/search?q=养老服务", "/help", f"/doc/{FIRST}", "/nothing"])
def test_the_box_takes_a_text_of_any_length(client: FlaskClient, address: str) -> None:
    (box,) = by_id(read(client.get(address)), "search-box")
    told = {name: box[name] for name in ("type", "autocomplete", "spellcheck")}
    assert told == {"type": "search", "autocomplete": "off", "spellcheck": "false"}
    assert "maxlength" not in box.attrs  # which cuts what is pasted without a word


@pytest.mark.parametrize(("address", "ready"), [("/", True), ("/search?q=养老服务", False), ("/browse", False)])
def test_only_on_the_home_page_one_can_type_at_once(client: FlaskClient, address: str, ready: bool) -> None:
    (box,) = by_id(read(client.get(address)), "search-box")
    assert box.has_attr("autofocus") == ready


def test_a_longer_question_with_a_filter_is_answered_with_the_limit_and_stays_whole_in_the_box(
    client: FlaskClient,
) -> None:
    asked = "养老服务" * 51
    page = read(client.get("/search", query_string={"q": asked, "region": "湖北"}))
    assert [note.get_text() for note in by_id(page, "note")][:1] == [
        "输入了 204 个字，一次最多检索 200 个字。请只保留关键词句再检索。"
    ]
    assert by_id(page, "search-box")[0]["value"] == asked


def test_a_facet_and_its_chip_are_links_that_undo_each_other(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务"))
    hubei = next(a for a in page.select('[data-testid="facet-region"] a') if "湖北" in a.get_text())
    narrowed = read(client.get(f"/search{hubei['href']}"))
    assert words(by_id(narrowed, "hit-title")) == ["在全省养老服务工作推进会上的讲话"]
    assert words(narrowed.select('[data-testid="facet-region"] [aria-current]')) == ["湖北1"]
    widened = read(client.get(str(by_id(narrowed, "chip")[0]["href"])))
    assert len(by_id(widened, "hit")) == 2


def test_line_source_and_quality_are_facets_chips_and_fields_of_the_detailed_form(tmp_path: Path) -> None:
    speech = changed(document("a.txt", "发展养老服务。", title="会议"), source=Evidence("据湖北省民政厅"))
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    asked = "line=养老服务&source=湖北省民政厅&quality=无存疑"
    page = read(client.get(f"/search?q=养老服务&{asked}"))
    shown = {name: words(page.select(f"[data-testid=facet-{name}] a")) for name in ("line", "source", "quality")}
    assert shown == {"line": ["养老服务1"], "source": ["湖北省民政厅1"], "quality": ["无存疑1"]}
    assert words(by_id(page, "chip")) == [
        f"{chip}×，去掉这个条件" for chip in ("业务条线：养老服务", "来源：湖北省民政厅", "质量：无存疑")
    ]
    assert client.get(f"/api/search?q=养老服务&{asked}").get_json()["query"]["read_as"] == (
        "含“养老服务”，业务条线为养老服务，来源为湖北省民政厅，质量为无存疑"
    )
    form = read(client.get(f"/advanced?q=养老服务&{asked}"))
    assert [form.select(f"#{name} [selected]")[0]["value"] for name in ("line", "quality")] == ["养老服务", "无存疑"]
    assert form.select("#source")[0]["value"] == "湖北省民政厅"


def test_a_line_of_work_is_browsed_by_the_question_that_marks_what_is_said_on_it(client: FlaskClient) -> None:
    (lines,) = by_id(read(client.get("/browse")), "facet-line")
    link = next(a for a in lines.select("a") if "社会救助" in a.get_text())
    found = read(client.get(str(link["href"])))
    assert words(found.select(".passage mark")) == ["社会救助"]


def test_the_sort_in_force_is_told_and_the_others_are_links(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服务&sort=newest"))
    current = [
        name for name in ("relevance", "newest", "oldest") if "aria-current" in by_id(page, f"sort-{name}")[0].attrs
    ]
    assert current == ["newest"]
    assert words(by_id(page, "hit-title"))[0] == "在全省养老服务工作推进会上的讲话"


def test_a_correction_that_was_made_is_told_once_with_its_link_and_not_offered_again(client: FlaskClient) -> None:
    page = read(client.get("/search?q=养老服物"))
    (told,) = by_id(page, "note")
    assert told.get_text() == "没有找到“养老服物”，以下是“养老服务”的结果。 检索“养老服务”"
    (link,) = by_id(page, "suggestion")
    assert parse_qs(urlsplit(str(link["href"])).query) == {"q": ["养老服务"]}
    assert page.select(".suggestions") == []


def test_a_correction_that_was_not_made_is_offered(client: FlaskClient) -> None:
    page = read(client.get("/search", query_string={"q": "“养老服物”"}))
    assert "没有找到讲话" in words(by_id(page, "total"))[0]
    assert words(by_id(page, "suggestion"))[0] == "“养老服务”2篇"


def test_nothing_found_tells_what_else_to_try(client: FlaskClient) -> None:
    page = read(client.get("/search?q=婚姻登记 地区:湖北"))
    assert "没有找到讲话" in words(by_id(page, "total"))[0]
    assert "去掉“地区：湖北”（1篇）" in words(page.select(".helps a"))


def test_nothing_found_names_quotation_marks_only_where_some_were_typed(client: FlaskClient) -> None:
    quoted = read(client.get("/search", query_string={"q": "“养老服务婚姻登记”"}))
    (link,) = [link for link in quoted.select(".helps a") if "去掉引号" in link.get_text()]
    found = read(client.get(str(link["href"])))
    assert f"去掉引号（{words(by_id(found, 'total'))[0].split('篇')[0].removeprefix('找到')}篇）" == words([link])[0]
    for typed in ("量子纠缠", "“量子纠缠”"):
        page = read(client.get("/search", query_string={"q": typed}))
        assert "引号" not in by_id(page, "nothing")[0].get_text()
    assert "加空格" not in by_id(read(client.get("/search?q=量子 纠缠")), "nothing")[0].get_text()


def test_nothing_found_names_questions_that_find_something(client: FlaskClient) -> None:
    (examples,) = by_id(read(client.get("/search?q=量子纠缠")), "examples")
    for link in examples.select("a"):
        found = read(client.get(str(link["href"])))
        assert len(by_id(found, "hit-title")) > 0, link
    assert by_id(read(client.get("/search?q=养老服务")), "examples") == []


def test_nothing_to_narrow_offers_nothing_to_narrow_with(client: FlaskClient) -> None:
    page = read(client.get("/search?q=量子纠缠"))
    assert page.select(".facets, .to-facets") == []


def test_no_question_is_answered_with_what_there_is_to_browse(client: FlaskClient) -> None:
    assert len(by_id(read(client.get("/search?q=")), "hit-title")) == 3


@pytest.mark.parametrize("typed", ["((", '"', "*", "的", "，", "<script>", "民" * 5000, "\x00", "-", "地区:", "\ud7ff"])
def test_whatever_is_typed_is_answered_and_a_question_without_meaning_with_a_sentence(
    client: FlaskClient, typed: str
) -> None:
    response = client.get("/search", query_string={"q": typed})
    page = read(response)
    assert response.status_code == 200
    assert by_id(page, "note") or by_id(page, "hit") or by_id(page, "nothing")
    checking = ["/static/check.js"] if len(typed) > 200 else []
    assert [str(script["src"]).split("?")[0] for script in page.select("script")] == [*SCRIPTS, *checking]


@pytest.mark.parametrize("typed", ["((", '"', "*", "，"])
def test_a_question_without_a_word_is_not_called_a_search_that_found_nothing(client: FlaskClient, typed: str) -> None:
    page = read(client.get("/search", query_string={"q": typed}))
    assert "没有找到" not in by_id(page, "total")[0].get_text()
    assert by_id(page, "note")


@pytest.mark.parametrize("asked", ["page=-1", "page=0", "page=１", "page=1000000000000000000", "page=NaN", "sort=best"])
def test_a_page_or_order_that_cannot_be_is_refused_with_a_sentence(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/search?q=养老服务&{asked}")
    page = read(response)
    assert response.status_code == 400
    assert by_id(page, "search-box")[0]["value"] == "养老服务"
    assert re.search("[一-鿿]{3}", by_id(page, "problem")[0].get_text())


def test_a_page_beyond_the_last_is_a_page_that_is_not_there(client: FlaskClient) -> None:
    response = client.get("/search?q=养老服务&page=40")
    assert response.status_code == 404
    assert "没有第 40 页" in by_id(read(response), "problem")[0].get_text()
    assert client.get("/api/search?q=养老服务&page=40").get_json()["error"]["code"] == "no_such_page"


def test_a_results_page_is_small_even_where_every_card_is_full(tmp_path: Path) -> None:
    """Ten speeches of long passages under long headings, on all lines, with all doubts, from ten places and years."""
    sentence = (
        "要坚持以人民为中心，着力健全分层分类的社会救助体系，稳步推进养老服务高质量发展，让群众有更多的获得感。" * 2
    )
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        for number in range(30):
            speech = document(
                f"{number}.txt",
                *[sentence] * 8,
                "、".join(known[0] for known in LINES.values()),
                title=f"在第{number}次全省养老服务体系建设工作推进会议上的讲话",
                date=f"{2000 + number % 12}-03-05",
                region=f"某{number % 12}省",
                speakers=[f"卞知秋{number % 12}"],
                genre=f"讲话稿{number % 12}",
            )
            places = tuple(replace(p, outline=("一、健全养老服务体系", "二是补齐农村短板")) for p in speech.passages)
            doubt = Warning("year_contradiction", "年份存疑：文中称2024年，应为2019年；请勿按2024年引用", "2024年是")
            other = Warning([*DOUBTS][number % len(DOUBTS)], "又一处")
            source = Evidence(f"据某{number % 12}省民政厅政务公开网站")
            place = Evidence(f"某{number % 7}市某{number % 12}县")
            writer.add(changed(speech, passages=places, warnings=(*[doubt] * 3, other), source=source, place=place))
        writer.publish({})
    page = create_app(Settings(index=tmp_path)).test_client().get("/search?q=养老服务")
    assert len(by_id(read(page), "passage")) > 30
    assert len(page.data) < 60_000  # bytes
    (others,) = by_id(read(page), "others")
    form = read(create_app(Settings(index=tmp_path)).test_client().get(str(others["href"])))
    assert form.select("#all")[0]["value"] == "养老服务"
    assert len(form.select("#region option")) == 13  # 不限 and all twelve


def test_a_derived_title_says_so(tmp_path: Path) -> None:
    speech = changed(document("a.txt", "要做好养老服务。"), title=Evidence("某省民政工作会议", how="derived"))
    with store_of("whoosh", tmp_path).writer(fresh=True) as writer:
        writer.add(speech)
        writer.publish({})
    client = create_app(Settings(index=tmp_path)).test_client()
    assert words(read(client.get("/search?q=养老服务")).select("h3 .note")) == ["拟题"]
    assert words(read(client.get(f"/doc/{speech.id}")).select("h1 .note")) == ["拟题"]


def test_the_json_of_a_search_is_that_of_the_page(client: FlaskClient, place: Settings) -> None:
    engine = store_of("whoosh", place.index).open()
    expected = results.page_as_json(results.search(engine, parse("养老服务", filters=[("region", "湖北")])))
    answered = client.get("/api/search?q=养老服务&region=湖北").get_json()
    assert {**answered, "took_ms": 0} == {**expected, "took_ms": 0}
