"""The address of a document that was corrected or moved leads to its text, and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import OTHER, REPORT, build
from conftest import indexed
from flask.testing import FlaskClient

from app import create_app
from search.index.tombstones import Tombstone, successor
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
