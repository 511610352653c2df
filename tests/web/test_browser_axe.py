"""What axe says of every page, in a real browser: in the light and in the dark, in high contrast, on a phone."""

from __future__ import annotations

import pytest
from browsing import COLOURS, Open, needs_script, violations
from states import STATES, show


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_to_object_to_nor_in_the_dark(visit: Open, state: str) -> None:
    page = show(visit, state, examined=True)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, only=COLOURS) == []


@needs_script
@pytest.mark.parametrize("state", ["results", "document", "chart and reasons", "several terms"])
def test_axe_finds_nothing_to_object_to_in_high_contrast(visit: Open, state: str) -> None:
    page = show(visit, state)
    page.evaluate("document.documentElement.dataset.scheme = 'contrast'")
    assert violations(page, "color-contrast-enhanced") == []


@pytest.mark.parametrize("state", ["results", "document"])
def test_axe_finds_nothing_to_object_to_on_a_phone(visit: Open, state: str) -> None:
    page = show(visit, state, width=360, height=740, examined=True)
    page.evaluate("scrollTo(0, 0)")  # half a link under the bar that stays is no small one
    assert violations(page) == []
