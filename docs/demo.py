"""Two minutes with the program: the sample corpus, seven pages opened and pictured, and a text that walks through them.

    python docs/demo.py [--out demo] [--no-pictures]

Every number in the text is asked of the pages while it is written; a page that does not answer ends it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import click
from screenshots import QUESTION, WINDOW, browser_here, site_of_samples  # beside this file

MISSPELT = "fulicaipiao"


@dataclass(frozen=True, slots=True)
class Step:
    """A page to open: its address on the site, and what to see there."""

    title: str
    path: str
    see: str


def steps(asked: Callable[[str], dict[str, object]]) -> Iterator[Step]:
    """asked: the JSON under an address of the site."""
    found = asked(f"/api/search?q={quote(QUESTION)}")
    total, hits = found["total"], found["hits"]
    assert isinstance(total, dict) and isinstance(hits, list)
    first = hits[0]
    sentence = str(first["passages"][0]["text"])[:40]
    yield Step(
        "查一个说法",
        f"/search?q={quote(QUESTION)}",
        f"输入“{QUESTION}”：{total['documents']} 篇，按讲话归并，命中处高亮。",
    )
    yield Step("回到原文", str(first["url"]), f"点第一条，停在《{first['title']}》里找到的那一段；旁边可以复制、引用。")
    yield Step("打错了字", f"/search?q={MISSPELT}", f"输入拼音“{MISSPELT}”，页面写明猜成了什么。")
    yield Step("核对一句引文", f"/check?text={quote(sentence)}", "粘贴一句话，看它见于哪一篇、是否一字不差。")
    yield Step("各地怎么说", f"/tools/matrix?q={quote(QUESTION)}", "同一题目各地各年一格一段，没有收录的写明没有。")
    yield Step("从什么时候说起", f"/tools/timeline?q={quote(QUESTION)}", "语料内首见哪一篇，各年多少处、多少篇。")
    yield Step("有什么、没有什么", "/status", "索引何时更新，哪些文件没有收录及原因。")


def walk(made: Sequence[Step], pictures: bool) -> str:
    """The text, Markdown."""
    parts = [
        "# 两分钟走一遍",
        "示例文稿的内容是虚构的。自己看：`make serve`，把下面的地址接在 <http://127.0.0.1:5000> 后面。",
    ]
    for number, step in enumerate(made, start=1):
        parts += [f"## {number}. {step.title}", step.see, f"`{step.path}`"]
        parts += [f"![{step.title}]({number}.png)"] if pictures else []
    return "\n\n".join(parts) + "\n"


@click.command(help="用示例文稿走一遍：打开七个网页，拍下来，写成一篇两分钟的说明。没有 Chromium 时只写文字。")
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo"), help="写到哪个文件夹，默认 demo")
@click.option("--no-pictures", is_flag=True, help="不拍照")
def main(out: Path, no_pictures: bool) -> None:
    browser = None if no_pictures else browser_here()
    out.mkdir(parents=True, exist_ok=True)
    with site_of_samples() as site:
        made = list(steps(lambda path: json.loads(opened(site + path))))
        for step in made:
            opened(site + step.path)
        if browser:
            with page_of(browser) as page:
                for number, step in enumerate(made, start=1):
                    page.goto(site + step.path)
                    page.screenshot(path=out / f"{number}.png")
    (out / "走一遍.md").write_text(walk(made, bool(browser)), encoding="utf-8")
    pictured = f"和 {len(made)} 张截图" if browser else "（没有拍照）"
    click.echo(f"已写出 {out / '走一遍.md'}{pictured}")


def opened(address: str) -> bytes:
    with urlopen(address, timeout=60) as answer:
        return bytes(answer.read())


@contextmanager
def page_of(browser: str):  # type: ignore[no-untyped-def] # playwright is there for tests only
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        yield chromium.new_page(viewport=WINDOW)
        chromium.close()


if __name__ == "__main__":
    main()
