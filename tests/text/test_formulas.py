"""Slips in fixed wording: one character of a formula missing or wrong."""

from __future__ import annotations

import pytest
from conftest import Publish, document

from search.matching import widening
from search.query.clauses import positive_terms
from search.query.parsing import parse
from search.text import formulas


def written(text: str) -> list[tuple[str, str]]:
    """(as written, as it should be) of each slip."""
    return [(text[slip.start : slip.end], slip.right) for slip in formulas.slips(text)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("坚持稳中求进工总基调，抓好落实。", "坚持稳中求进工总基调", "坚持稳中求进工作总基调"),
        ("牢固树立以人民为中的发展思想。", "牢固树立以人民为中的发展思想", "牢固树立以人民为中心的发展思想"),
        ("推动民政事业高质童发展。", "推动民政事业高质童发展", "推动民政事业高质量发展"),
        ("要纵深推进全面丛严治党。", "纵深推进全面丛严治党", "纵深推进全面从严治党"),
        ("充分认识铸牢中华民族共体意识。", "铸牢中华民族共体意识", "铸牢中华民族共同体意识"),
    ],
)
def test_one_character_of_a_formula_missing_or_wrong_is_a_slip(text: str, wrong: str, right: str) -> None:
    assert written(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "推进民政事业高质量发展。",  # another word
        "推动民生事业高质量发展。",
        "推动高质量发展，推进全体人民共同富裕。",  # another word at the edge
        "更紧密地团结在以习近平同志为核心的党中央周围。",  # 更 for 更加
        "增强人民群众的获得感、幸福感、安全感。",
        "全面贯彻落实党的十九大精神。",  # another number
        "牢牢把握正确政治方向。",  # itself, doubled at its beginning
        "为以习近平新时代中国特色社会主义思想为指引。",
    ],
)
def test_what_may_be_said_otherwise_is_no_slip(text: str) -> None:
    assert written(text) == []


def test_no_formula_is_a_slip_of_another() -> None:
    lines = formulas.pattern().pattern.replace("\\", "").split("|")
    assert [line for line in lines if written(line)] == []


def test_who_looks_for_a_formula_finds_the_text_with_a_slip_in_it(publish: Publish) -> None:
    engine = publish(document("漏字", "坚持稳中求进工总基调。"), document("另一篇", "抓好落实。"))
    (match,) = engine.find(parse("坚持稳中求进工作总基调"), limit=5, offset=0).ranked
    assert match.kind == "suspected_typo"


@pytest.mark.parametrize("asked", ["坚持稳中求进工作总基调", "以人民为中心的发展思想"])
def test_every_slip_of_a_formula_is_looked_for_in_the_order_of_what_is_missing(asked: str) -> None:
    wrong = list(formulas.shortened(asked))
    missing = [next(at for at, char in enumerate(asked) if one[at : at + 1] != char) for one in wrong[:8]]
    assert missing == sorted(missing)
    query = parse(asked)
    (wide,) = (widening.widened(term, query) for term in positive_terms(query.clause))
    assert set(wide.typos).issuperset(wrong)
