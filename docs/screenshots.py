"""Takes the pictures that README.md shows: the sample corpus, asked one question in a real browser.

    python docs/screenshots.py [--site http://127.0.0.1:5000]

Without --site it indexes corpus/ into a temporary folder and serves it for as long as it takes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import waitress
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import app  # noqa: E402 - found by the line above, from whatever folder this is run
from search.settings import Settings  # noqa: E402

IMAGES = ROOT / "docs" / "images"
QUESTION = "养老服务"
# Research tools that are pictured, and what they are asked.
TOOLS = {"matrix": "养老服务 年份:2023..2024", "timeline": "养老服务，未成年人"}
WINDOW = {"width": 1366, "height": 860}  # the common office screen, with a little of what is below its edge
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


@click.command(help="为 README 拍四张网页截图，存到 docs/images/。需要 Chromium。")
@click.option("--site", help="已启动的检索网页的地址；不给时临时启动一个")
def main(site: str | None) -> None:
    browser = browser_here()
    if browser is None:
        raise click.ClickException(
            "没有找到 Chromium。Debian 上：sudo apt install chromium；或用环境变量 CHROMIUM 指明"
        )
    IMAGES.mkdir(exist_ok=True)
    with site_of_samples() if site is None else given(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        take(chromium.new_page(viewport=WINDOW), address)
        chromium.close()


def browser_here() -> str | None:
    """The program of a Chromium; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def take(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q={QUESTION}")
    page.screenshot(path=IMAGES / "results.png")
    page.get_by_test_id("passage").first.locator("a.where").click()
    page.screenshot(path=IMAGES / "document.png")
    for tool, words in TOOLS.items():
        page.goto(f"{address}/tools/{tool}?q={words}")
        page.screenshot(path=IMAGES / f"{tool}.png")
    click.echo(f"已写出 {IMAGES} 里的 {'、'.join(('results', 'document', *TOOLS))}")


@contextmanager
def given(site: str) -> Iterator[str]:
    yield site.rstrip("/")


@contextmanager
def site_of_samples() -> Iterator[str]:
    """The address of the pages over an index of corpus/, as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=str(Path(folder, "index")), corpus=(ROOT / "corpus",))
        app.build_missing(settings)
        server = waitress.create_server(app.create_app(settings), host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()


if __name__ == "__main__":
    main()
