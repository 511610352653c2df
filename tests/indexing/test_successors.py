"""The address of a document that was corrected or moved leads to its text, and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from building import OTHER, REPORT, build
from conftest import document, indexed
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from search.documents.document import Document
from search.index import tombstones
from search.index.tombstones import Tombstone, successor
from search.query.parsing import parse
from search.reading import as_before, open_document
from search.settings import Settings

ITEM = "\n第{0}项，各县区民政局要把第{0}件实事办好，按月报告进度，年底逐项验收。\n"
LONG = REPORT + "".join(map(ITEM.format, "一二三四五六七八"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "文档").mkdir()
    (tmp_path / "文档" / "甲.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "文档" / "乙.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path / "文档"


def client(corpus: Path) -> FlaskClient:
    return create_app(Settings(index=str(corpus.parent / "index"), corpus=(corpus,))).test_client()


def id_of(corpus: Path, file: str = "甲.txt") -> str:
    return indexed(corpus.parent / "index")[file].id


def corrected(corpus: Path, *words: tuple[str, str]) -> tuple[str, str]:
    """The id before and after."""
    build(corpus)
    before, text = id_of(corpus), LONG
    for one, other in words:
        text = text.replace(one, other)
    (corpus / "甲.txt").write_text(text, encoding="utf-8")
    build(corpus)
    assert id_of(corpus) != before
    return before, id_of(corpus)


def test_an_old_address_leads_to_the_corrected_text_and_the_page_says_so(corpus: Path) -> None:
    old, new = corrected(corpus, ("第三件实事", "第三件大事"))
    site = client(corpus)
    for page in ("", "/text", "/original"):
        response = site.get(f"/doc/{old}{page}?q=养老服务")
        assert (response.status_code, response.headers["Location"].partition("?")[0]) == (302, f"/doc/{new}{page}")
    said = site.get(f"/doc/{old}?q=养老服务", follow_redirects=True).get_data(as_text=True)
    assert ("第三件大事" in said, 'data-testid="moved"' in said, "养老服务" in said) == (True, True, True)
    asked = site.get(f"/doc/{old}?_external=1&_scheme=ftp&_anchor=x&q=a&q=b&was={new}")
    assert asked.headers["Location"] == f"/doc/{new}?_external=1&_scheme=ftp&_anchor=x&q=a&q=b&was={old}"
    assert site.get(f"/api/documents/{old}", follow_redirects=True).get_json()["id"] == new
    for plain in (f"/doc/{new}", f"/doc/{new}?was=ffffffffffffffff", f"/doc/{id_of(corpus, '乙.txt')}?was={old}"):
        assert 'data-testid="moved"' not in site.get(plain).get_data(as_text=True)


def test_several_corrections_lead_to_the_last_and_back_again(corpus: Path) -> None:
    first, second = corrected(corpus, ("第三件实事", "第三件大事"))
    (corpus / "甲.txt").write_text(LONG.replace("第四件实事", "第四件好事"), encoding="utf-8")
    build(corpus)
    third = id_of(corpus)
    site = client(corpus)
    for old in (first, second):
        assert site.get(f"/doc/{old}").headers["Location"] == f"/doc/{third}?was={old}"
    (corpus / "甲.txt").write_text(LONG, encoding="utf-8")
    build(corpus)
    assert client(corpus).get(f"/doc/{first}").status_code == 200
    assert client(corpus).get(f"/doc/{third}").headers["Location"] == f"/doc/{first}?was={third}"


def places(page: str) -> dict[str, str]:
    """The anchors of a page and the words at each; an anchor that there is twice, or a link to none, is a fault."""
    soup = BeautifulSoup(page, "lxml")
    ids = [str(one["id"]) for one in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {str(one["href"])[1:] for one in soup.select('a[href^="#"]')} - {"", *ids} == set()
    return {str(one["id"]): one.get_text() for one in soup.find_all(id=True)}


def test_old_places_lead_to_the_same_sentences_and_what_was_changed_is_shown(corpus: Path) -> None:
    build(corpus)
    old = id_of(corpus)
    before = places(client(corpus).get(f"/doc/{old}").get_data(as_text=True))
    third, sixth = (next(at for at, words in before.items() if at[0] == "p" and f"第{n}项" in words) for n in "三六")
    text = LONG.replace("第三件实事办好", "第三件大事办妥").replace(ITEM.format("六"), "")
    (corpus / "甲.txt").write_text(
        text.replace(ITEM.format("一"), "\n各地要晒账本。\n" * 2 + ITEM.format("一")), "utf-8"
    )
    build(corpus)
    page = client(corpus).get(f"/doc/{old}", follow_redirects=True).get_data(as_text=True)
    now = places(page)
    assert ("第三件大事办妥" in now[third], "晒账本" in now[next(at for at in now if at.startswith("new"))]) == (
        True,
        True,
    )
    same = {at: words for at, words in before.items() if at[0] == "p" and at[1:].isdigit() and at not in (third, sixth)}
    assert len(same) > 8
    assert {at: now[at] for at in same} == same
    assert now[sixth] == ""  # where the changes are told
    changes = BeautifulSoup(page, "lxml").select_one('[data-testid="changes"]')
    assert changes is not None
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in changes.select("tbody tr")]
    assert ["（没有这一句）", "各地要晒账本。"] in rows
    assert any(was.startswith("第六项") and now == "（删去了）" for was, now in rows)
    link = next(row.select_one("a") for row in changes.select("tbody tr") if "大事" in row.get_text())
    assert link is not None
    assert link["href"] == f"#{third}"
    basket = BeautifulSoup(client(corpus).get(f"/basket?e={old}.3").get_data(as_text=True), "lxml")
    (kept,) = basket.select('[data-testid="excerpt-gone"] a')
    assert kept["href"] == f"/doc/{old}#p3"
    plain = client(corpus).get(f"/doc/{id_of(corpus)}").get_data(as_text=True)
    assert [at for at in places(plain) if at.startswith(("new", "was-"))] == []


def test_a_text_that_only_moved_says_that_nothing_was_changed(corpus: Path) -> None:
    build(corpus)
    old = id_of(corpus)
    (corpus / "甲.txt").rename(corpus / "丙.txt")
    (corpus / "丙.txt").write_text(LONG, encoding="gb18030")
    build(corpus)
    page = client(corpus).get(f"/doc/{old}", follow_redirects=True).get_data(as_text=True)
    assert ("文字没有改动" in page, 'data-testid="changes"' in page) == (True, False)


@given(st.lists(st.integers(0, 9), max_size=12), st.lists(st.integers(0, 9), max_size=12))
def test_whatever_was_changed_every_place_is_there_once(before: list[int], now: list[int]) -> None:
    def made(numbers: list[int]) -> Document:
        return document("甲", *[[f"第{n}项办好；", f"第{n}项再办。"] if n % 2 else f"办{n}。" for n in numbers])

    page = as_before(open_document(made(now), parse("办")), made(now), made(before).passages)
    anchors = [anchor for paragraph in page.paragraphs for one in paragraph.passages for anchor in one.anchors]
    gone = page.before.gone if page.before else ()
    assert len({*anchors, *gone}) == len([*anchors, *gone])
    olds = {f"p{one.number}" for one in made(before).passages}
    assert olds <= {*anchors, *gone} or not before
    if before == now and before:
        assert (page.before and page.before.changes, gone) == ((), ())


def test_what_is_kept_of_texts_that_were_corrected_has_a_bound() -> None:
    stones = [tombstones.of(document(f"{n}", "养老服务。"), now="x") for n in range(400)]
    kept = tombstones.loads(tombstones.dumps(stones))
    assert [bool(one.passages()) for one in kept] == [False] * 100 + [True] * 300
    assert kept[-1].passages() == document("399", "养老服务。").passages
    endless = document("长", *[f"{n}办了{n * n}件。" for n in range(20_000)])
    assert tombstones.of(endless, now="x").text == tombstones.of(document("删", "办。")).text == ""
    assert Tombstone("a", "", None, "", "b", "!!!").passages() == ()


@pytest.mark.parametrize("full", [False, True])
def test_a_text_in_another_encoding_and_place_keeps_its_address(corpus: Path, full: bool) -> None:
    build(corpus)
    old = id_of(corpus)
    (corpus / "甲.txt").unlink()
    (corpus / "归档.txt").write_text(LONG, encoding="gb18030")
    build(corpus, full=full)
    assert client(corpus).get(f"/doc/{old}").headers["Location"] == f"/doc/{id_of(corpus, '归档.txt')}?was={old}"


def test_another_text_under_the_same_name_is_not_taken_for_the_old_one(corpus: Path) -> None:
    build(corpus)
    old = id_of(corpus)
    (corpus / "甲.txt").write_text(OTHER.replace("社会救助", "殡葬改革"), encoding="utf-8")
    build(corpus)
    response = client(corpus).get(f"/doc/{old}")
    assert (response.status_code, "已从语料中移除" in response.get_data(as_text=True)) == (404, True)


def test_who_goes_round_in_a_circle_arrives_somewhere() -> None:
    stones = {id: Tombstone(id, "", None, "", now) for id, now in (("a", "b"), ("b", "a"), ("c", ""), ("d", "d"))}
    assert [successor(id, stones) for id in "abcde"] == ["b", "a", "", "", ""]
