"""No page, export or answer gives away the number of a card or a telephone; the index keeps it, a setting shows it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from building import build
from flask.testing import FlaskClient

from app import create_app
from search.engines import store_of
from search.settings import Settings

CARD, OLD, MOBILE = "110101190001029997", "110101900307123", "13812345678"
TEXT = f"""关于申领高龄津贴的通知（联系电话{MOBILE}）

各街道办事处：
    请通知老人到社区服务中心办理高龄津贴申领手续，逾期不补。
    一、携带材料。卞知秋（身份证号：{CARD}）由子女代办。
    二、高龄津贴咨询：{MOBILE}、138-1234-5678。身份证号{OLD}的老人另行核对。
    三、共发放高龄津贴13812345678元。

    松涛县民政局
    2024年11月5日
"""
SHOWN = ("138****5678", "110*************97", "138-****-5678", "110**********23")
WHOLE = (CARD, OLD, "二、高龄津贴咨询：" + MOBILE, "138-1234-5678", "电话" + MOBILE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("numbers")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "甲.txt").write_text(TEXT, encoding="utf-8")
    (folder / "corpus" / "乙.txt").write_text(
        TEXT.replace("逾期不补", "逾期不再补发").replace("由子女代办", "本人到场"), encoding="utf-8"
    )
    build(folder / "corpus", index=folder / "index")
    return folder


@pytest.fixture(scope="module")
def ids(folder: Path) -> list[str]:
    engine = store_of("whoosh", folder / "index").open()
    return sorted(engine.catalogue())


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(index=str(folder / "index"), corpus=(folder / "corpus",))).test_client()


def addresses(one: str, other: str) -> list[str]:
    excerpts = "&".join(f"e={one}.{n}" for n in range(1, 9))
    asked = f"q=高龄津贴&doc={one}&other={other}&text=高龄津贴咨询：{MOBILE}"
    pages = ["/", "/search", "/search.csv", "/browse", "/check", "/api/search", "/api/check", "/api/suggest"]
    tools = ["matrix", "timeline", "figures", "cited", "common", "coverage"]
    return [
        *(f"{page}?{asked}" for page in pages),
        *(f"/search?q={MOBILE}", f"/api/search?q={CARD}", f"/search?q=“{MOBILE}”"),
        *(
            f"{page}?{asked}"
            for tool in tools
            for page in (f"/tools/{tool}", f"/tools/{tool}.csv", f"/api/tools/{tool}")
        ),
        f"/doc/{one}",
        f"/doc/{one}?q=高龄津贴",
        f"/doc/{one}/compare/{other}",
        f"/api/documents/{one}",
        *(f"{page}?{excerpts}" for page in ("/basket", "/basket.md", "/basket.csv", "/basket.docx", "/api/basket")),
    ]


def said(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    if address.startswith("/basket.docx"):
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(response.data)).paragraphs)
    return response.get_data(as_text=True)


def test_no_answer_holds_a_whole_number(client: FlaskClient, ids: list[str]) -> None:
    paths = {address.partition("?")[0] for address in addresses(*ids)}
    assert {path for path in paths if client.get(path + "?q=高龄津贴&doc=" + ids[0]).status_code == 404} == set()
    answers = {address: said(client, address) for address in addresses(*ids)}
    leaks = {address for address, text in answers.items() for one in (CARD, OLD) if one in text and one not in address}
    # what was typed stands in the box again; nothing beside it may
    leaks |= {
        address
        for address, text in answers.items()
        if MOBILE in text.replace(MOBILE + "元", "") and MOBILE not in address
    }
    assert leaks == set()
    shown = {one for one in SHOWN if any(one in text for text in answers.values())}
    assert shown == set(SHOWN)


def test_the_document_says_that_it_holds_such_numbers(client: FlaskClient, ids: list[str]) -> None:
    (warning,) = [
        one for one in client.get(f"/api/documents/{ids[0]}").get_json()["warnings"] if one["code"] == "personal"
    ]
    assert warning["message"] == "含个人信息：文中有手机号 3 个、身份证号 2 个"
    assert warning["evidence"] == "138****5678、110*************97"
    assert "含个人信息" in said(client, "/search?q=高龄津贴")


def test_the_index_keeps_the_text_and_finds_it(client: FlaskClient, folder: Path, ids: list[str]) -> None:
    engine = store_of("whoosh", folder / "index").open()
    kept = engine.fetch(ids[:1], whole=True)[ids[0]].document
    assert all(one in kept.text or one in kept.metadata.title.value for one in WHOLE)
    assert client.get(f"/api/search?q={CARD}").get_json()["total"]["documents"] == 2
    figure = client.get(f"/api/documents/{ids[0]}").get_json()["text"]
    assert "13812345678元" in figure


def test_a_quotation_is_compared_with_the_text_as_it_is(client: FlaskClient) -> None:
    right, wrong = f"二、高龄津贴咨询：{MOBILE}、138-1234-5678。", "二、高龄津贴咨询：13899995678、138-1234-5678。"
    for draft, verdict in ((right, "same"), (wrong, "changed")):
        (part,) = [
            one for one in client.get("/api/check", query_string={"text": draft}).get_json()["parts"] if one["found"]
        ]
        assert part["verdict"] == verdict
        assert MOBILE not in str(part["found"]) and "138****5678" in part["found"]["text"]


def test_the_setting_shows_the_numbers(folder: Path, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHES_PERSONAL", "1")
    client = create_app(Settings(index=str(folder / "index"))).test_client()
    text = said(client, f"/doc/{ids[0]}")
    assert all(one in text for one in (CARD, OLD, MOBILE))
