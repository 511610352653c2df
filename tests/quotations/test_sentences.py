"""Drafts held against documents, by every engine alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Publish, changed, document

from search.documents.document import Document, Evidence
from search.engines import Engine
from search.quotations.checking import MAX_CHARACTERS, check
from search.quotations.page import page_of
from search.quotations.renaming import OLD_NAMES, todays
from search.quotations.values import Verdict
from search.text import rows

FIRST = "要推动六成以上的社区建成养老服务站，让老年人在家门口安享晚年。"
NEXT = "要建立健全特困人员救助供养制度，守住困难群众基本生活底线。"
SPEECH = replace(
    changed(
        document(
            "湖北/推进会.txt",
            (FIRST, "各地要把落实“第一议题”制度作为政治任务抓紧抓好。"),
            NEXT,
            "一、强化要素保障，夯实工作基础",
            "要统筹用好彩票公益金，重点支持农村互助养老设施。",
            title="在全省养老服务推进会上的讲话",
            date="2024-03-05",
            region="湖北",
            speakers=["卞知秋"],
            genre="讲话稿",
        ),
        quotable=True,
        source=Evidence("湖北省民政厅"),
        meeting=Evidence("全省养老服务推进会"),
    )
)
REPORT = document(
    "云南/会议.txt",
    "会议强调，" + FIRST,
    "沈望舒指出，殡葬改革要坚持公益属性不动摇，坚决遏制天价墓地。",
    title="全省民政工作会议召开",
    date="2025-01-02",
    genre="会议报道",
)


ABOUT = document(
    "安徽/座谈.txt",
    "陶勉之厅长指出，要支持慈善组织参与社区服务。慈善捐赠要逐笔公开。",
    title="在学习《慈善募捐管理办法》座谈会上的讲话",
    date="2023-06-01",
    genre="讲话稿",
)


@pytest.fixture
def engine(publish: Publish) -> Engine:
    return publish(SPEECH, REPORT, ABOUT)


def only(engine: Engine, draft: str) -> Verdict:
    (verdict,) = (one for one in check(engine, draft).verdicts if one.kind not in ("lead", "short"))
    return verdict


def place(verdict: Verdict) -> tuple[Document, int, int]:
    assert verdict.found
    return verdict.found.document, verdict.found.first, verdict.found.last


def test_word_for_word_says_where_and_in_how_many_others(engine: Engine) -> None:
    verdict = only(engine, FIRST)
    assert (verdict.kind, place(verdict)) == ("same", (SPEECH, 1, 1))  # the speech itself before the report
    assert verdict.found and verdict.found.others == 1


def test_who_holds_nearly_the_same_is_not_counted_among_those_that_hold_it(publish: Publish) -> None:
    said = ("切实加强公益性公墓建设，压实属地管理责任", "确保各项惠民殡葬政策落到实处，让群众满意放心。")
    other = "".join(said).replace("各项", "每项")
    engine = publish(
        document("甘肃/公墓.txt", *said), *(document(f"青海/{n}.txt", f"第{n}年，{other}") for n in range(3))
    )
    verdict = only(engine, "".join(said))  # over the end of a paragraph, so it is found by its fragments
    assert (verdict.kind, verdict.found and verdict.found.others) == ("same", 0)


@pytest.mark.parametrize(
    ("right", "wrong", "kind", "characters"),
    [
        ("六成", "七成", "changed", 1),
        ("安享晚年", "安度晚年", "changed", 1),
        ("推动", "", "changed", 2),
        ("养老服务站", "养老综合服务站", "changed", 2),
        ("站，", "站；", "punctuation", 0),
        ("老年人", "老年人、", "punctuation", 0),
        ("养老", "養老", "form", 0),
        ("，让", ",让", "form", 0),
    ],
)
def test_a_difference_is_counted_and_marked_in_both_readings(
    engine: Engine, right: str, wrong: str, kind: str, characters: int
) -> None:
    verdict = only(engine, FIRST.replace(right, wrong))
    assert (verdict.kind, verdict.characters) == (kind, characters)
    assert place(verdict)[0].id == SPEECH.id
    assert verdict.marks or (verdict.found and verdict.found.marks)


def test_words_found_nowhere_are_told_so_with_the_nearest(engine: Engine) -> None:
    verdict = only(engine, "彩票公益金应当重点用于农村互助养老。")
    assert verdict.kind == "absent"
    assert place(verdict)[0].id == SPEECH.id
    assert only(engine, "量子计算机需要接近绝对零度的环境。").found is None


@pytest.mark.parametrize(
    ("draft", "nearest"),
    [
        ("要建立健全特困人员救助供养制度，兜牢民生底线，绝不落下一户。", NEXT.partition("，")[0]),  # whole clauses
        ("养老服务站要配齐消防设施，守住食品安全。", None),  # one term of the trade in common
        ("要把农村互助养老设施作为彩票公益金支持重点。", SPEECH.passages[-1].text),  # the words, in another order
        ("养老设施彩票销售网点都要接受消防卫生安全质量检查。", None),  # two of its words
    ],
)
def test_what_is_nearest_has_much_in_common_and_is_whole(engine: Engine, draft: str, nearest: str | None) -> None:
    verdict = only(engine, draft)
    assert verdict.kind == "absent"
    assert (verdict.found.reading.strip("，。") if verdict.found else None) == (nearest and nearest.strip("，。"))


def test_a_quotation_runs_on_over_the_end_of_a_paragraph_and_of_a_heading(engine: Engine) -> None:
    over = "守住困难群众基本生活底线。一、强化要素保障，夯实工作基础要统筹用好彩票公益金，重点支持农村互助养老设施。"
    verdict = only(engine, over.replace("底线。", "底线"))
    assert (verdict.kind, place(verdict)) == ("punctuation", (SPEECH, 3, 5))
    joined = "一、强化要素保障，夯实工作基础要统筹用好彩票公益金，重点支持农村互助养老设施。"
    assert (only(engine, joined).kind, place(only(engine, joined))) == ("same", (SPEECH, 4, 5))


def test_a_stop_behind_a_heading_is_not_a_character_of_the_next_paragraph(engine: Engine) -> None:
    verdict = only(engine, "一、强化要素保障，夯实工作基础。")
    assert (verdict.kind, verdict.characters, place(verdict)) == ("punctuation", 0, (SPEECH, 4, 4))
    assert verdict.found and verdict.found.reading == SPEECH.passages[3].text


@pytest.mark.parametrize(
    ("draft", "kind", "characters"),
    [("家门口安度晚年。", "changed", 1), ("家门里安度晚年。", "absent", 0), ("安度晚年。", "absent", 0)],
)
def test_of_a_few_words_the_place_is_found_that_differs_by_one(
    engine: Engine, draft: str, kind: str, characters: int
) -> None:
    verdict = only(engine, draft)
    assert (verdict.kind, verdict.characters) == (kind, characters)


def test_blanks_and_line_ends_are_left_aside(engine: Engine) -> None:
    assert only(engine, FIRST[:24] + " \n" + FIRST[24:28] + "\u3000\u200b" + FIRST[28:]).kind == "same"


@pytest.mark.parametrize(
    ("draft", "beside"),
    [
        ("“以办理结婚登记为由收取费用”", ("严禁", "")),
        ("“搭售喜糖喜酒婚庆用品。”", ("严禁强制照相、", "")),  # what is forbidden before a list is so for all of it
        ("村里可以减免公墓维护费", ("", "的做法已经停止")),
        ("严禁以办理结婚登记为由收取费用", ("", "")),
        ("“强化窗口服务规范”", ("", "")),  # 二是 is the mark of an item
        ("“殡葬惠民政策要落实到位。”", ("", "")),  # stands as half a clause before it stands as a whole one
    ],
)
def test_half_a_clause_is_told_with_the_other_half(publish: Publish, draft: str, beside: tuple[str, str]) -> None:
    engine = publish(
        document(
            "江西/登记.txt",
            "严禁以办理结婚登记为由收取费用，严禁强制照相、搭售喜糖喜酒婚庆用品。村里可以减免公墓维护费的做法已经停止。",
            "二是强化窗口服务规范。不能说殡葬惠民政策要落实到位。殡葬惠民政策要落实到位。",
        )
    )
    checked = check(engine, draft)
    (verdict,) = checked.verdicts
    assert verdict.kind == "same" and verdict.found
    assert (verdict.found.before, verdict.found.behind) == beside
    (row,) = page_of(checked, ()).rows
    assert [all(part in note for part in beside) for note in row.notes] == ([True] if any(beside) else [])


def test_marks_inside_a_quotation_are_single_by_the_standard(engine: Engine) -> None:
    verdict = only(engine, "他要求，“各地要把落实‘第一议题’制度作为政治任务抓紧抓好。”")
    assert (verdict.kind, verdict.inner) == ("same", True)


def test_a_sentence_with_a_quotation_that_stands_as_a_whole_is_one_part(engine: Engine) -> None:
    said = "各地要把落实“第一议题”制度作为政治任务抓紧抓好。"
    assert [(one.kind, one.text) for one in check(engine, said).verdicts] == [("same", said)]


@pytest.mark.parametrize(
    ("draft", "standings"),
    [
        (f"卞知秋在会上强调，“{FIRST}”", {"speaker": "right"}),
        (f"李建国厅长指出，“{FIRST}”", {"speaker": "other"}),
        (f"《在全省养老服务推进会上的讲话》指出，“{FIRST}”", {"title": "right"}),
        (f"《全国民政工作会议纪要》指出，“{FIRST}”", {"title": "other"}),
        (
            f"“{NEXT}”（全省养老服务推进会，2024年3月5日，据湖北省民政厅）",
            dict.fromkeys(("meeting", "date", "source"), "right"),
        ),
        (f"“{NEXT}”（2023年3月5日）", {"date": "other"}),
        ("沈望舒指出，“殡葬改革要坚持公益属性不动摇，坚决遏制天价墓地。”", {"speaker": "reported"}),
        ("高启明指出，“殡葬改革要坚持公益属性不动摇，坚决遏制天价墓地。”", {"speaker": "unknown"}),
        ("陶勉之厅长指出，“要支持慈善组织参与社区服务。”", {"speaker": "reported"}),
        ("陶勉之厅长指出，“慈善捐赠要逐笔公开。”", {"speaker": "unknown"}),  # named before it, in another sentence
        ("《慈善募捐管理办法》指出，“慈善捐赠要逐笔公开。”", {"title": "unknown"}),  # the paper, or a speech on it
        ("《慈善募捐管理办法》指出，“要支持慈善组织参与社区服务。”", {"title": "unknown"}),
        ("《座谈会上的讲话》指出，“慈善捐赠要逐笔公开。”", {"title": "right"}),
    ],
)
def test_the_source_that_is_claimed_is_judged_apart(engine: Engine, draft: str, standings: dict[str, str]) -> None:
    verdict = only(engine, draft)
    assert verdict.kind == "same"
    assert {one.claim.kind: one.standing for one in verdict.claims} == standings


def test_of_equals_the_one_that_is_claimed_is_named(engine: Engine) -> None:
    assert place(only(engine, f"《全省民政工作会议召开》：“{FIRST}”"))[0].id == REPORT.id


def test_old_names_are_told_with_those_of_today(engine: Engine) -> None:
    verdict = only(engine, NEXT.replace("特困人员救助供养", "五保供养"))
    assert [(one.old, one.new) for one in verdict.renamed] == [("五保供养", "特困人员救助供养")]
    assert {name for name in OLD_NAMES if name not in todays()} == set()
    pairs = {pair for row in rows("synonyms.tsv") for pair in ((row[0], row[1]), (row[1], row[0]))}
    assert {(old, new) for old, (new, _) in todays().items()} <= pairs


def test_a_draft_beyond_the_bound_says_where_checking_ended(engine: Engine) -> None:
    draft = FIRST * (MAX_CHARACTERS // len(FIRST) + 50)
    checked = check(engine, draft)
    assert checked.rest == checked.verdicts[-1].part.end < len(draft)
    assert {one.kind for one in checked.verdicts} == {"same"}
    assert check(engine, FIRST * 3).rest == len(FIRST) * 3


@pytest.mark.parametrize(
    "draft", ["", "民", "“”", "。" * 1000, "“民政”" * 3000, "<script>alert(1)</script>", "\ud800民政工作"]
)
def test_odd_drafts_have_an_answer(engine: Engine, draft: str) -> None:
    assert check(engine, draft).draft == draft


def test_a_whole_draft_takes_a_few_questions_to_the_engine(engine: Engine) -> None:
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(engine, name)

    check(Counting(), (FIRST + NEXT.replace("特困", "五保") + "这一句哪里都没有出现过。") * 60)  # type: ignore[arg-type]
    assert len(asked) <= 12
