"""A keeper's day without a command line: files in, facts put right, refusals read, a correction undone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import violations
from conftest import ROOT, wait_for
from playwright.sync_api import Browser, Page, expect

KeeperOpen = Callable[..., Page]
DATED = """{title}

2024年3月{day}日，某省民政厅召开{about}工作会议，总结上年工作，部署全年任务。

会议指出，要健全{about}体系，规范管理，补齐短板。

会议强调，要抓好{about}各项工作落实，确保各项任务按期完成，让群众得到实惠。
"""
SUBJECTS = ("养老服务", "社会救助", "儿童福利", "殡葬改革", "婚姻登记", "区划地名", "社区治理", "慈善事业", "助残")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a service with a page for keepers, and the folder of its documents."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "corpus").mkdir()
    for one in sorted((ROOT / "corpus").glob("*.txt"))[:4]:
        shutil.copy(one, folder / "corpus")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), f"--index={folder / 'index'}", f"--port={port}"]
    settings = {
        **os.environ,
        "SPEECHES_CORPUS": str(folder / "corpus"),
        "SPEECHES_KEEPER": "1",
        "SPEECHES_SEARCHES": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=settings, stdout=log, stderr=log, cwd=folder)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server, folder / "log")
        yield f"http://127.0.0.1:{port}", folder / "corpus"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def come_in(browser: Browser, kept: tuple[str, Path]) -> Iterator[KeeperOpen]:
    """Opens the page for keepers in a browser without scripts, but where axe examines it."""
    contexts = []

    def opened(name: str = "王某", *, width: int = 1366, dark: bool = False, examined: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 768},
            color_scheme="dark" if dark else "light",
            java_script_enabled=examined,
            base_url=kept[0],
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/keeper")
        page.get_by_label("姓名").fill(name)
        page.get_by_role("button", name="进入").click()
        expect(page.get_by_role("heading", name="放入文件")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()


def day_of(number: int) -> dict[str, object]:
    about = SUBJECTS[number % len(SUBJECTS)]
    text = DATED.format(title=f"{about}工作会议第{number}次召开", day=number + 1, about=about)
    return {"name": f"会议{number}.txt", "mimeType": "text/plain", "buffer": text.encode()}


def update(page: Page) -> None:
    page.get_by_test_id("build").click()
    expect(page.get_by_test_id("finished")).to_have_text("更新完了。", timeout=90_000)


def test_a_keepers_day(come_in: KeeperOpen, kept: tuple[str, Path]) -> None:
    page = come_in()
    bad = [
        {"name": "说明.xlsx", "mimeType": "", "buffer": b"PK\x03\x04"},
        {"name": "../../扫描件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"},
    ]
    page.get_by_label("选文件").set_input_files([*map(day_of, range(20)), *bad])
    page.get_by_test_id("drop-button").click()
    expect(page.get_by_test_id("received").locator("li")).to_have_count(22)
    expect(page.get_by_test_id("received").locator(".refused")).to_contain_text("电子表格")
    update(page)
    expect(page.get_by_test_id("came").locator("li")).to_have_count(20)
    # the second that was refused only shows when it is read
    expect(page.get_by_test_id("left-out")).to_contain_text("扫描件.pdf")
    assert {one.name for one in (kept[1] / "上传").iterdir()} == {*(f"会议{n}.txt" for n in range(20)), "扫描件.pdf"}

    page.get_by_role("link", name="会议第3次召开").click()
    page.get_by_label("标题").fill("儿童福利工作座谈会召开")
    page.get_by_label("日期").fill("2024-05-06")
    page.get_by_label("地区").fill("湖北")
    page.get_by_test_id("save").click()
    expect(page.get_by_test_id("history").locator("li")).to_have_count(3)
    expect(page.get_by_test_id("history")).to_contain_text("王某")
    page.get_by_role("link", name="看全文").click()
    expect(page.get_by_test_id("doc-title")).to_contain_text("儿童福利工作座谈会召开")
    page.go_back()

    page.get_by_test_id("undo-date").click()
    expect(page.get_by_label("日期")).to_have_value("2024-03-04", timeout=30_000)
    expect(page.get_by_test_id("history").locator("li")).to_have_count(4)
    expect(page.get_by_label("地区（校正过）")).to_have_value("湖北")

    page.get_by_label("日期").fill("去年")
    page.get_by_test_id("save").click()
    expect(page.get_by_test_id("problem")).to_contain_text("日期")

    page.get_by_role("link", name="管理页").click()
    expect(page.get_by_test_id("journal")).to_contain_text("王某 校正：上传/会议3.txt")


def test_what_a_reader_reports_is_read_and_taken_away(come_in: KeeperOpen) -> None:
    page = come_in()
    page.goto("/search?q=养老")
    page.get_by_test_id("hit-title").first.click()
    page.get_by_test_id("report-link").click()
    page.get_by_label("有什么问题").fill("日期不对\n请核对 13912345678")
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("taken")).to_be_visible()
    page.goto("/keeper")
    page.get_by_test_id("reports").click()
    expect(page.get_by_test_id("reported")).to_contain_text("139****5678")
    page.get_by_role("button", name="处理完了").click()
    expect(page.get_by_test_id("none")).to_be_visible()


def test_a_synonym_comes_from_a_search_that_failed(come_in: KeeperOpen) -> None:
    page = come_in()
    page.goto("/search?q=夕阳红事业")
    link = page.get_by_role("link", name="补同义词").first
    for _ in range(100):  # it is written behind the answer
        page.goto("/status/searches")
        if link.count():
            break
        page.wait_for_timeout(200)
    link.click()
    page.get_by_label("同义词", exact=True).fill("养老服务")
    page.get_by_test_id("preview").click()
    expect(page.get_by_test_id("changes")).to_contain_text("夕阳红事业 0→")
    page.get_by_test_id("add-button").click()
    page.get_by_role("button", name="更新索引").click()
    expect(page.get_by_test_id("finished")).to_have_text("更新完了。", timeout=90_000)
    page.goto("/search?q=夕阳红事业")
    expect(page.get_by_test_id("hit").first).to_contain_text("同义词：养老服务")
    page.goto("/keeper/synonyms")
    expect(page.get_by_test_id("own")).to_contain_text("夕阳红事业")
    page.get_by_role("button", name="删去 夕阳红事业、养老服务").click()
    expect(page.get_by_test_id("changes")).to_contain_text("已从")
    expect(page.get_by_test_id("own")).to_be_hidden()


def test_very_much_is_taken_out_only_after_a_question(come_in: KeeperOpen, kept: tuple[str, Path]) -> None:
    page = come_in()
    for number in range(20, 40):
        (kept[1] / f"又{number}.txt").write_bytes(
            bytes(day_of(number - 20)["buffer"]).replace("会议".encode(), "大会".encode())
        )
    update(page)
    for one in kept[1].glob("又*.txt"):
        one.unlink()
    page.get_by_test_id("build").click()
    expect(page.get_by_test_id("allow")).to_be_visible(timeout=90_000)
    expect(page.get_by_test_id("progress")).to_contain_text("索引没有改动")
    page.get_by_label("我核对过了").check()
    page.get_by_role("button", name="更新并移除").click()
    expect(page.get_by_test_id("finished")).to_have_text("更新完了。", timeout=90_000)


KEPT = ("/keeper", "/keeper/documents?all=1", "/keeper/synonyms", "/keeper/reports", "/status/searches")
ADDRESSES = (*KEPT, "one", "report")


def show(page: Page, address: str) -> None:
    if address in ("one", "report"):
        page.goto("/keeper/documents?all=1")
        page.get_by_test_id("review").locator("h2 a").first.click()
        if address == "report":
            page.goto(page.url.replace("/keeper/documents/", "/doc/") + "/report")
    else:
        page.goto(address)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_to_object_to_and_nothing_is_wider_than_the_window(come_in: KeeperOpen, dark: bool) -> None:
    page = come_in(dark=dark, examined=True)
    for address in ADDRESSES:
        page.set_viewport_size({"width": 1366, "height": 768})
        show(page, address)
        assert (address, violations(page)) == (address, [])
        page.set_viewport_size({"width": 320, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
