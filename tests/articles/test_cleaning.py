"""Lines become paragraphs, and nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import raw_files
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from indexer.articles.articles import Article, split
from indexer.articles.characters import tidy, tidy_title
from indexer.articles.cleaning import column_of, in_columns, layout, unwrapped
from indexer.articles.furniture import furniture
from indexer.articles.labels import is_page_facts, page_facts
from indexer.articles.lines import Line, exploded
from indexer.extract import Block, Extract
from indexer.readers import read
from indexer.understand import clean

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, with the blank lines noted on the line after them."""
    found: list[Line] = []
    gap = False
    for line in text.split("\n"):
        if line.strip():
            found.append(Line(line, gap=gap))
        gap = not line.strip()
    return found


def paragraphs(text: str) -> list[str]:
    return [line.text for line in unwrapped(lines(text))]


# --- characters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1月19日,全省民政工作会议召开", "1月19日，全省民政工作会议召开"),
        ("加强公墓(骨灰堂)建设;规范管理:", "加强公墓（骨灰堂）建设；规范管理："),
        ("覆盖率达100%,比上年高", "覆盖率达100%，比上年高"),  # a neighbour on one side is enough
        ("共3,245户", "共3,245户"),  # between figures it is part of the number
        ("19:30开会", "19:30开会"),
        ("(20240221)会议", "（20240221）会议"),  # both brackets of a pair, though only one stands beside Chinese
        ("see http://a.cn/b?c=1, please", "see http://a.cn/b?c=1, please"),
        ("养老(一", "养老（一"),
    ],
)
def test_half_width_marks_beside_chinese_become_full_width_one_for_one(written: str, shown: str) -> None:
    assert (tidy(written), len(tidy(written))) == (shown, len(written))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("　　银发 经济", "银发经济"),
        ("等 7 个市（县）", "等7个市（县）"),
        ("使用 Windows Server 系统", "使用Windows Server系统"),
        ("养\u200b老\ufeff服务\u00ad", "养老服务"),
        ("民政\xa0工作", "民政工作"),
    ],
)
def test_blanks_beside_chinese_and_invisible_characters_go(written: str, shown: str) -> None:
    assert tidy(written) == shown


def test_typos_variants_and_radicals_stay_as_written() -> None:
    text = "事关百姓福址，建立工作台帐，⺠政部门为民爱民……"
    assert tidy(text) == text


def test_the_blank_between_two_lines_of_a_headline_stays() -> None:
    assert tidy_title(" 湖北省召开 2024 年会议　推动工作 ") == "湖北省召开2024年会议 推动工作"


# --- wraps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the sentence goes on over the end of a long line; the other ends are real
        (
            "　　一年来，全市民政部门坚持以人民为中心的发展思想，聚焦特殊群体，聚焦群众关切，在兜底保障、社会福利、"
            "基层政\n"
            "权建设等方面做了大量工作，取得了新的成绩，群众的获得感明显增强。\n这些成绩来之不易。",
            [
                "一年来，全市民政部门坚持以人民为中心的发展思想，聚焦特殊群体，聚焦群众关切，在兜底保障、社会福利、"
                "基层政"
                "权建设等方面做了大量工作，取得了新的成绩，群众的获得感明显增强。",
                "这些成绩来之不易。",
            ],
        ),
        # a column with a blank line after every line: blanks mean nothing, a short last line ends the paragraph
        (
            "会议指出，要大力发展银发\n\n经济，推动老年友好型社会\n\n建设，健全基本养老服务体\n\n系。\n\n"
            "会议要求，要抓好落实，守\n\n住底线。",
            [
                "会议指出，要大力发展银发经济，推动老年友好型社会建设，健全基本养老服务体系。",
                "会议要求，要抓好落实，守住底线。",
            ],
        ),
        # a full line that ends with a full stop does not end the paragraph, unless an opener of the genre follows
        (
            "会议指出，要推动社会建设。\n四是以推进高品质普惠养老\n服务为重点，着力完善养老\n"
            "服务体系，兜牢民生的底线。\n会议强调，要守住安全底线\n，确保万无一失。",
            [
                "会议指出，要推动社会建设。四是以推进高品质普惠养老服务为重点，着力完善养老服务体系，兜牢民生的底线。",
                "会议强调，要守住安全底线，确保万无一失。",
            ],
        ),
        # paragraphs parted by blank lines, wrapped inside
        ("各级民政部门要压实责任，把工\n作做细做实。\n\n各地要加强协调，把困难群众\n放在心上，形成合力。", None),
        # an indent begins a paragraph
        (
            "　　要深化养老服务改革，不断优化\n服务供给，提升服务质量和水平，让\n老年人安享幸福的晚年生活。\n"
            "　　要加强儿童福利工作，健全关爱\n服务体系。",
            [
                "要深化养老服务改革，不断优化服务供给，提升服务质量和水平，让老年人安享幸福的晚年生活。",
                "要加强儿童福利工作，健全关爱服务体系。",
            ],
        ),
        # short lines of one width above a long paragraph are no column
        (
            "云溪民政工作简讯专刊\n老年助餐工作推进情况\n各县区的经验和做法\n今年以来，云溪市把老年助餐作为民生实事来办，"
            "建成助餐点一百二十个，每天有三千多位老人在助餐点用餐，饭菜热乎，价钱公道，老人满意，子女放心。",
            [
                "云溪民政工作简讯专刊",
                "老年助餐工作推进情况",
                "各县区的经验和做法",
                "今年以来，云溪市把老年助餐作为民生实事来办，建成助餐点一百二十个，每天有三千多位老人在助餐点用餐，"
                "饭菜热乎，价钱公道，老人满意，子女放心。",
            ],
        ),
        # a numbered heading has no end mark and stands alone
        (
            "一、坚持民政为民\n民政工作直接服务人民群众，特别是困难群众。\n二、狠抓工作落实\n工作要抓实。",
            ["一、坚持民政为民", "民政工作直接服务人民群众，特别是困难群众。", "二、狠抓工作落实", "工作要抓实。"],
        ),
        (
            "会议圆满结束，大家表示一定抓好落实。\n（据某省民政厅）",
            ["会议圆满结束，大家表示一定抓好落实。（据某省民政厅）"],
        ),
        # a remark in brackets is a paragraph, also where nothing sets off what stands below it
        (
            "    会议圆满结束，大家要抓好落实。\n    会后参观了助餐点。\n    （省厅社会事务处）\n乙市启动助学行动",
            ["会议圆满结束，大家要抓好落实。", "会后参观了助餐点。", "（省厅社会事务处）", "乙市启动助学行动"],
        ),
    ],
)
def test_lines_become_paragraphs(text: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = [part.replace("\n", "") for part in text.split("\n\n")]
    assert paragraphs(text) == expected


def test_a_page_whose_paragraphs_are_lines_of_a_column_is_joined() -> None:
    text = (
        "会议指出，要坚持以人民为中心的发展思想，健全分层分类的社会救助体系，兜住兜准兜牢民生底线，不断提升服务水平，"
        "积极主动为困难群众做好事、办实事、解难事，推动各项工作再上新的台阶。"
    )
    pasted = [Line(text[i : i + 22]) for i in range(0, len(text), 22)]
    assert in_columns(pasted) and [line.text for line in unwrapped(pasted)] == [text]
    assert not in_columns([Line("甲县民政局"), Line("乙县民政局"), Line("丙县民政局"), Line("丁县民政局")])


def test_a_blank_is_put_between_latin_words_only() -> None:
    text = "平台的接口标准由 Open\nSearch 提供支持，全年救助12\n0多万人次，各项指标均达到了\n预期的目标要求。"
    assert paragraphs(text) == [
        "平台的接口标准由Open Search提供支持，全年救助120多万人次，各项指标均达到了预期的目标要求。"
    ]


def test_a_program_that_counts_characters_cuts_latin_words_too() -> None:
    text = "落实RCEP等3项规则，建设12个示范区，推动REITs等15类试点，完成投资2300亿元，增长7.5%，新增App 26款，" * 4
    counted = [Line(text[i : i + 15]) for i in range(0, len(text), 15)]
    assert "".join(line.text for line in unwrapped(counted)) == text


def test_blanks_left_by_wraps_in_one_long_line_are_wraps_again() -> None:
    text = "各级民政部门要把困难群众的安危冷暖时刻放在心上，用心用情用力解决好急难愁盼问题，兜住底线。" * 6
    wrapped = " ".join(text[i : i + 38] for i in range(0, len(text), 38))
    assert exploded(wrapped) == [text[i : i + 38] for i in range(0, len(text), 38)]
    assert exploded("一个 普通的 句子。" * 30) == ["一个 普通的 句子。" * 30]


# --- furniture -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("购物车", "按钮"),
        ("加入Vip免费下载 立即下载", "下载"),
        ("【打印本页】【关闭窗口】", "按钮"),
        ("— 12 —", "页码"),
        ("第 3 页 共 8 页", "页码"),
        ("上一篇：我局召开党风廉政建设工作会议", "翻页"),
        ("责任编辑：小李", "编辑"),
        ("您现在的位置：首页 >> 新闻中心", "位置"),
        ("ICP备案号：鄂ICP备00000000号", "版权"),
        ("抄送：市委办公室", "分发"),
        ("抄送：市委办公室，市政府办公室。", "分发"),
        ("主办单位：某省民政厅　技术支持：某公司", "版权"),
        # the same words at the head of a sentence
        ("审核：各乡镇要严把审核关，逐级压实责任，确保精准。", ""),
        ("印发：各单位要抓紧落实好文件。", ""),
        ("格式：各单位按统一格式报送，不得更改。", ""),
        ("主办单位要切实履行安全责任，确保活动有序。", ""),
        ("主办单位：要落实责任，管好现场。", ""),
        ("要把养老服务作为民生大事来抓。", ""),
        ("下载使用“民政通”应用的群众达到3万人。", ""),
        ("第一", ""),
    ],
)
def test_lines_that_belong_to_the_page_are_known_by_name(line: str, kind: str) -> None:
    assert furniture(line) == kind


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (
            "信息来源：某某网　　更新时间：2023-10-26　　阅读：56次",
            {"信息来源": "某某网", "更新时间": "2023-10-26", "阅读": "56次"},
        ),
        ("2024-03-05 10:22 来源：某市民政局", {"日期": "2024-03-05", "来源": "某市民政局"}),
        (
            "发布时间：2020-01-20　来源：办公室　打印　下载",
            {"发布时间": "2020-01-20", "来源": "办公室"},
        ),
        ("（来源：某市民政局）", {"来源": "某市民政局"}),
        ("来源：某网（某站）", {"来源": "某网（某站）"}),
        ("本文来源：http://www.example.com/a/1.html", {"本文来源": "http://www.example.com/a/1.html"}),
        (
            "来源：https://mz.example.cn 发布时间：2024-03-05",
            {"来源": "https://mz.example.cn", "发布时间": "2024-03-05"},
        ),
    ],
)
def test_a_line_of_page_facts_gives_its_facts(line: str, facts: dict[str, str]) -> None:
    assert (is_page_facts(line), page_facts(line)) == (True, facts)


def test_a_sentence_with_a_label_in_it_is_no_line_of_facts() -> None:
    assert not is_page_facts("时间：今天上午，全省民政工作会议在某市召开，各市州民政局负责同志参加会议并作了发言。")


# --- nothing is lost -------------------------------------------------------------------------------------------

_DROPPED = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_FOLDED = str.maketrans(",;:?!()", "，；：？！（）")


def characters(*texts: str) -> str:
    """The characters that may not change: blanks and invisible ones aside, width of seven marks made one."""
    return _DROPPED.sub("", "".join(texts)).translate(_FOLDED)


def everything(article: Article) -> list[str]:
    """All characters of an article and of what was left out of it by name, in no order."""
    title = article.title.value if article.title and article.title.how != "derived" else ""
    left_out = [text for _, text in article.furniture]
    return sorted(characters(title, *(line.text for line in clean(article)), *left_out))


def lost_or_made(file: Path, data: bytes) -> tuple[str, str]:
    """The characters of a file that are in none of its articles, and those of the articles that are not in the file."""
    extract = read(file, data)
    kept = Counter(c for article in split(extract) for c in everything(article))
    written = Counter(characters(*(block.text for block in extract.blocks)))
    return "".join((written - kept).elements()), "".join((kept - written).elements())


FILES = {file.name: file.read_bytes() for file in sorted(CORPUS.glob("*.txt"))} | {
    name: content.encode() for name, content in raw_files.FILES.items()
}


@pytest.mark.parametrize("name", FILES)
def test_no_character_of_a_file_is_lost_or_made(name: str) -> None:
    assert lost_or_made(Path(name), FILES[name]) == ("", "")


@pytest.mark.extra("seeds", "data/documents")
def test_no_character_of_a_real_file_is_lost_or_made() -> None:
    files = [*(SHARED / "seeds").glob("*.txt"), *(SHARED / "data/documents").glob("[dp]*.txt")]
    found = {file.name: lost_or_made(file, file.read_bytes()) for file in files}
    assert {name: pair for name, pair in found.items() if pair != ("", "")} == {}


SENTENCES = st.lists(
    st.text(st.sampled_from("民政工作要抓好养老服务兜底保障困难群众，、；（）“”,;:()7 8"), min_size=3, max_size=60).map(
        lambda s: s + "。"
    ),
    min_size=1,
    max_size=12,
)


@given(SENTENCES, st.integers(8, 40))
def test_joining_wrapped_lines_keeps_every_character_in_order(sentences: list[str], width: int) -> None:
    text = "".join(sentences)
    wrapped = [Line(text[i : i + width]) for i in range(0, len(text), width) if text[i : i + width].strip()]
    assert characters("".join(line.text for line in unwrapped(wrapped))) == characters(text)


@given(SENTENCES, st.integers(8, 40), st.integers(0, 3))
def test_the_column_of_lines_is_that_of_their_layout(sentences: list[str], width: int, alone: int) -> None:
    text = "".join(sentences)
    found = [Line(text[at : at + width], alone=at < alone * width) for at in range(0, len(text), width)]
    how, column = layout(found), column_of(found)
    assert (column.width, column.full) == (how.width, how.full)
    assert column.full is None or column.widest == how.widest


@given(st.lists(st.text("民政，。 a1一二（）是\u3000“”:：-—.#【】", max_size=40), max_size=30))
def test_any_lines_at_all_come_through_whole(texts: list[str]) -> None:
    articles = split(Extract(tuple(Block(text) for text in texts), wrapped=True))
    kept = sorted(c for article in articles for c in everything(article))
    written = sorted(characters(*texts))
    assert kept == written or not articles
