"""Doubts about a text, as warnings that travel with it. Nothing is corrected: what is written stays as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.articles.classified import NO_MARKS, Marks
from indexer.articles.marks import complete, is_end_note
from indexer.facts.metadata import Described
from search.documents import announced
from search.documents.document import Evidence, Metadata, Passage, Warning
from search.text import fold, formulas, known, personal, rows
from search.text.keywords import Keywords
from search.text.patterns import lazy


@dataclass(frozen=True, slots=True)
class OfFile:
    """What the file was: characters that could not be decoded, whether it is a scan, how many articles it holds, marks
    of secrecy."""

    replaced: int = 0
    recognised: bool = False
    articles: int = 1
    marks: Marks = NO_MARKS


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged: what is known, the clean paragraphs and their passages, and the file they came in."""

    described: Described
    paragraphs: tuple[str, ...]
    passages: tuple[Passage, ...]
    file: OfFile = OfFile()


def warnings(subject: Subject) -> tuple[Warning, ...]:
    """Every doubt, the gravest first."""
    return tuple(warning for check in _CHECKS for warning in check(subject))


def of_text(paragraphs: Sequence[str], pieces: tuple[Passage, ...]) -> tuple[Warning, ...]:
    """The doubts about words alone, of a text that is no document: a draft that somebody is writing."""
    subject = Subject(Described(metadata=Metadata(title=Evidence(""))), tuple(paragraphs), pieces)
    return tuple(warning for check in _OF_TEXT for warning in check(subject))


# --- years -----------------------------------------------------------------------------------------------------

# What an anniversary counts from. 建党 100 周年 was 2021, 新中国成立 70 周年 2019.
_FOUNDED: tuple[tuple[str, int], ...] = (
    (r"(?:新中国|中华人民共和国|共和国)成立", 1949),
    (r"(?:中国)?共产党成立|建党", 1921),
    (r"建军|(?:中国)?人民解放军建军", 1927),
    (r"改革开放", 1978),
    (r"香港回归(?:祖国)?", 1997),
    (r"澳门回归(?:祖国)?", 1999),
)
_ANNIVERSARIES = tuple(
    (
        re.compile(rf"(?:(20\d\d)年，?(?:(?:是|恰逢|正值|适逢|迎来)[^，。；\d]{{0,12}})?)?(?:{what})(\d{{1,3}})周年"),
        year,
    )
    for what, year in _FOUNDED
)
# What may stand before is looked for only where one of them stands: each takes 45 us a page.
_ANNIVERSARY = re.compile("|".join(rf"(?:{what})\d{{1,3}}周年" for what, _ in _FOUNDED))
# Formulas of a time: the congress whose spirit is being carried out dates a text to the years until the next one.
_CONGRESSES = (("党的十八大精神", 2012, 2017), ("党的十九大精神", 2017, 2022))


def contradicting_years(subject: Subject) -> Iterator[Warning]:
    """2024年是新中国成立70周年: the year written and the year counted differ."""
    text = "\n".join(subject.paragraphs)
    found = [
        doubt
        for pattern, since in (_ANNIVERSARIES if "周年" in text and _ANNIVERSARY.search(text) else ())
        for m in pattern.finditer(text)
        if (doubt := _off(m, since, text))
    ]
    if found:
        year, counted, words = found[0]
        also = _of_another_time(text, year)
        yield Warning(
            "year_contradiction",
            f"年份存疑：文中称{year}年，但“{words}”应为{counted}年{also}；请勿按{year}年引用",
            words,
        )


def _off(found: re.Match[str], since: int, text: str) -> tuple[int, int, str] | None:
    """(year written, year counted, the words) where a year stands before the anniversary and is another one."""
    if found.group(1) is None or int(found.group(1)) == since + int(found.group(2)):
        return None
    return int(found.group(1)), since + int(found.group(2)), found.group()


def _of_another_time(text: str, year: int) -> str:
    others = [words for words, since, until in _CONGRESSES if words in text and not since <= year <= until + 1]
    return "".join(f"，又有“{words}”" for words in others[:1] if "二十大" not in text)


def inferred_year(subject: Subject) -> Iterator[Warning]:
    facts = subject.described.metadata
    if facts.date and facts.date.inferred:
        words, written = subject.described.year_words, facts.date.text
        states = "没有写日期" if words in ("", written) else f"只写“{written}”"
        by = (
            f"年份由“{words}”推定为{facts.date.value.year}年"
            if words
            else f"由网页地址“{written}”推定为{facts.date.value}"
        )
        told = f"原文{states}，{by}"
        yield Warning("year_inferred", told, words or written)


_VAGUE = re.compile(r"^[^。]{0,20}?(日前|近日|不久前)")


def unknown_date(subject: Subject) -> Iterator[Warning]:
    facts = subject.described.metadata
    vague = _VAGUE.match(subject.paragraphs[0]) if subject.paragraphs else None
    if facts.date is None:
        yield Warning("date_unknown", "日期不详：文件没有写明年月日", vague.group(1) if vague else "")
    elif facts.date.value.day is None and vague:
        yield Warning("date_unknown", f"只知道{facts.date.value}年，原文只写“{vague.group(1)}”", vague.group(1))


# --- region ----------------------------------------------------------------------------------------------------


def doubtful_region(subject: Subject) -> Iterator[Warning]:
    facts = subject.described.metadata
    if doubt := subject.described.region_doubt:
        words = "”“".join(doubt)
        yield Warning(
            "region_contradiction",
            f"地域存疑：文中既有“{words}”，不是同一级地方的说法；可能是拼接或改写的文稿",
            doubt[-1],
        )
    if facts.region and facts.region.inferred:
        yield Warning(
            "region_inferred",
            f"地区由文中地名“{facts.region.text}”推定为{facts.region.value}{facts.place.value if facts.place else ''}",
            facts.region.text,
        )


# --- text ------------------------------------------------------------------------------------------------------

_SIGNED = lazy(r"[\d〇零一二三四五六七八九十]\s?[日年月]\s?$|[）)】》”]$")


def truncated(subject: Subject) -> Iterator[Warning]:
    """The last paragraph is running text and breaks off: no end mark, no signature, no closing bracket."""
    last = subject.paragraphs[-1] if subject.paragraphs else ""
    # without a comma or full stop inside, last lines are signatures (某某省民政厅), attachments and telephone numbers
    prose = len(last) >= 20 and re.search(r"[，。]", last) and last[-1].isalpha() and not last[-1].isascii()
    if prose and not complete(last) and not _SIGNED.search(last) and not is_end_note(last):
        yield Warning("truncated", "文末截断：原文到此中断，没有句末标点", last[-20:])


def miscounted(subject: Subject) -> Iterator[Warning]:
    """六项重点工作： followed by five items; 讲三个方面意见 followed by two headings."""
    for at, passage in enumerate(subject.passages):
        claimed = announced.sure(passage)
        if claimed is None:
            continue
        listed = announced.given(subject.passages, at)
        # fewer than two found: the list has no marks that could be counted
        if listed >= 2 and claimed.number != listed:
            message = f"列项不符：文中称“{claimed.words.rstrip('：。:')}”，实列{listed}项"
            yield Warning("count_mismatch", message, claimed.words, (claimed.number, listed))


_QUOTES = re.compile("[“”]")


def unclosed_quotes(subject: Subject) -> Iterator[Warning]:
    """“ without ” in a paragraph, unless the next one goes on with “ (a quotation of several paragraphs)."""
    paragraphs = subject.paragraphs
    for at, paragraph in enumerate(paragraphs):
        following = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
        opened = _open_quote(paragraph)
        if opened is not None and not following.startswith("“"):
            yield Warning("unclosed_quote", "引号没有闭合，引文的终点不明", paragraph[opened : opened + 20])


def _open_quote(paragraph: str) -> int | None:
    """Where the quotation mark without its partner stands: the one followed by another opening, else the last."""
    opened: int | None = None
    for mark in _QUOTES.finditer(paragraph):
        if mark[0] == "”":
            opened = None
        elif opened is None:
            opened = mark.start()
        else:
            return opened
    return opened


@cache
def typos() -> tuple[tuple[str, str], ...]:
    """(wrong, right) of the lexicon of suspected typos, as they are written; text.typos() has them folded."""
    return tuple((wrong, right) for wrong, right, _ in rows("typos.tsv"))


@cache
def _sought_typos() -> Keywords:
    return Keywords(dict.fromkeys(wrong for wrong, _ in typos()))


# 为民政事业高质量发展才凝聚力量: after 为… the verb follows at once; 才 needs 只有 or 这样 before it.
_STRAY = re.compile(r"(?:^|[，。；])(为[^，。；只这]{4,20}(才)(?:凝聚|提供|贡献|作出|注入|汇聚|增添)[^，。；]{0,6})")


# Said of a document, whose text is shown as it is; whoever writes a draft may put it right.
AS_WRITTEN = "，原文照录"


def suspected_typos(subject: Subject) -> Iterator[Warning]:
    text = "\n".join((subject.described.metadata.title.value, *subject.paragraphs))
    held = set(_sought_typos().standing_in(text))
    for wrong, right in typos() if held else ():
        if wrong in held:
            yield Warning("suspected_typo", f"疑似错字：“{wrong}”疑为“{right}”{AS_WRITTEN}", wrong)
    for slip in formulas.slips(fold(text)):
        wrong = text[slip.start : slip.end]
        yield Warning("suspected_typo", f"疑似错字：“{wrong}”疑为“{slip.right}”{AS_WRITTEN}", wrong)
    for found in _STRAY.finditer(text) if "才" in text else ():
        if known(text[found.start(2) - 1 : found.end(2)]):  # 人才, 英才
            continue
        yield Warning("suspected_typo", f"疑似多字：“{found.group(1)}”中的“才”{AS_WRITTEN}", found.group(1))


def personal_numbers(subject: Subject) -> Iterator[Warning]:
    """How many numbers of identity cards and mobile telephones there are; the first of each kind, masked."""
    facts = subject.described.metadata
    counts: dict[str, int] = {}
    shown: list[str] = []
    for text in (facts.title.value, *subject.paragraphs):
        for one in personal.numbers(text):
            shown += [] if one.kind in counts else [personal.masked(text)[one.begin : one.end]]
            counts[one.kind] = counts.get(one.kind, 0) + 1
    if counts:
        told = "、".join(f"{kind} {count} 个" for kind, count in counts.items())
        yield Warning("personal", f"含个人信息：文中有{told}", "、".join(shown), tuple(counts.values()))


# --- the file --------------------------------------------------------------------------------------------------


def about_the_file(subject: Subject) -> Iterator[Warning]:
    facts = subject.described.metadata
    if facts.title.how == "derived":
        yield Warning("title_derived", "拟题：文件没有标题，此标题由正文拟定，引用时请注意", facts.title.text)
    if facts.source is None:
        yield Warning("source_unknown", "来源不详：文件没有写明出处")
    if subject.file.articles > 1:
        yield Warning("several_articles", f"原文件含{subject.file.articles}篇文章，这是其中一篇")
    if subject.file.replaced:
        yield Warning("encoding_repaired", f"原文件有{subject.file.replaced}个字无法识别，以�代替")


def marked(subject: Subject) -> Iterator[Warning]:
    """A mark of secrecy, where such papers are admitted; 内部资料."""
    marks = subject.file.marks
    if marks.secret:
        yield Warning("secret", f"涉密：原文件标有密级“{marks.secret}”", marks.secret)
    if marks.internal:
        yield Warning("internal", f"内部资料：原文件标有“{marks.internal}”", marks.internal)


def recognised(subject: Subject) -> Iterator[Warning]:
    if subject.file.recognised:
        yield Warning("recognised", "文字识别：原件是扫描件，文字由程序识别，可能认错、漏字；引用前请核对原件")


_CHECKS: tuple[Callable[[Subject], Iterator[Warning]], ...] = (
    marked,
    recognised,
    personal_numbers,
    contradicting_years,
    doubtful_region,
    truncated,
    miscounted,
    unclosed_quotes,
    suspected_typos,
    inferred_year,
    unknown_date,
    about_the_file,
)
# Those that hold of any text, whether it is finished or not.
_OF_TEXT = (contradicting_years, miscounted, unclosed_quotes, suspected_typos)
