"""What the browser tests share beside the fixtures of conftest: they ask the pages that `python app.py` serves of the
sample corpus. Without a Chromium (conftest.browser) or its driver they are skipped, except where CI is set."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from urllib.parse import quote
from urllib.request import urlopen

import pytest

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Page
except ImportError:  # the browser tests are an extra
    if os.environ.get("CI"):
        raise
    pytest.skip("playwright and axe-playwright-python are not installed", allow_module_level=True)

QUERIES = ("养老服务", "福利彩票")
Open = Callable[..., Page]

# For what only a script can do: the test runs once, with scripts (conftest.script).
needs_script = pytest.mark.parametrize("script", [True], ids=["scripts"])


def asked(site: str, query: str) -> dict[str, dict[str, int]]:
    with urlopen(f"{site}/api/search?q={quote(query)}") as answer:
        found: dict[str, dict[str, int]] = json.load(answer)
    return found


def opened(visit: Open, query: str = "养老服务") -> Page:
    """The first document that the question finds, at its best passage."""
    page = visit(f"/search?q={query}")
    page.get_by_test_id("hit-title").first.click()
    page.wait_for_url("**/doc/**")
    return page


def in_sight(page: Page, selector: str) -> bool:
    """The element comes into the window, and nothing lies over it; the page may still be loading when it is asked."""
    shown = """selector => {
        const at = document.querySelector(selector), box = at && at.getClientRects()[0];
        const top = box && document.elementFromPoint(box.left + 2, box.top + box.height / 2);
        return Boolean(top) && (at.contains(top) || top.contains(at));
    }"""
    end = time.monotonic() + 10
    while not (seen := page.evaluate(shown, selector)) and time.monotonic() < end:
        page.wait_for_timeout(50)
    return bool(seen)


COLOURS = ("color-contrast", "link-in-text-block")  # all that another scheme changes of a page


def violations(page: Page, *rules: str, only: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """What axe objects to, each with the elements concerned; rules: more than it asks by itself; only: these alone."""
    asked_for = {rule: {"enabled": True} for rule in ("target-size", *rules)}
    which = {"runOnly": {"type": "rule", "values": list(only)}} if only else {"rules": asked_for}
    found = Axe().run(page, options={"resultTypes": ["violations"], **which}).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
