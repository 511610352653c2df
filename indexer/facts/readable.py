"""An article as the rules of metadata read it: its parts, in characters the rules are written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.articles.articles import Article
from indexer.articles.characters import has_chinese, readable
from indexer.articles.label_names import PUBLISHED, SOURCES
from indexer.articles.labels import page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import ADDRESS, DATELINE, SALUTATION, complete
from indexer.extract import Hints


@dataclass(frozen=True)
class Reading:
    """Stated title or "", header lines, body paragraphs, page facts by label, all in readable form.

    shown_lead is the first paragraph as it stands; official are the lines of an official paper's head; written is the
    whole as it stands, where as_written() needs it.
    """

    title: str
    header: tuple[str, ...]
    body: tuple[str, ...]
    page: dict[str, str]
    hints: Hints
    shown_lead: str
    official: tuple[str, ...] = ()
    written: str = ""

    def as_written(self, words: str) -> str:
        """The same words in the characters of the text: 李昇, which the rules read as 李升. What a page in
        traditional characters names stays as names are listed, in simplified ones."""
        if not self.written or words in self.written:
            return words
        at = readable(self.written).find(words)
        return self.written[at : at + len(words)] if at >= 0 else words

    @cached_property
    def lead(self) -> str:
        """The first paragraph that is no salutation, no summary (摘要：…) and no address (各乡镇人民政府：).

        现通报如下： is none of these.

        A rest of the page above it (发布时间：2024-03-05 云溪网 字体：放大) is passed over.
        """
        first = ""
        for p in self.body:
            if SALUTATION.match(p) or _SUMMARY.match(p) or (ADDRESS.match(p) and not p.endswith("如下：")):
                continue
            if not _of_page(p):
                return p
            first = first or p
        return first

    @cached_property
    def text(self) -> str:
        return "\n".join(self.body)

    @cached_property
    def is_news(self) -> bool:
        """Whether the text opens with the dateline of a station, an agency or a paper."""
        return DATELINE.match(self.lead) is not None


_SUMMARY = re.compile(r"(?:内容)?(?:摘要|提要|导读)[：:]|核心提示[：:]")
_ABOVE = 4
_LONGEST = 200
# 云溪日报·云网记者 白露: who wrote it
_REPORTER = re.compile(
    r"[^，。；：、“”]{0,20}(?:记者|通讯员)[ \u3000]?[\u4e00-\u9fff]{2,4}"
    r"(?:[ \u3000]{1,2}[\u4e00-\u9fff]{2,6}){0,2}(?:报道|摄)?"
)
# 时间：3月5日 may be a line of the text
_LABELS = frozenset(f"{PUBLISHED} {SOURCES}".split()) - {"时间", "日期"}


def _of_page(line: str) -> bool:
    """Whether a line of the text is rather a rest of the page: labels of a page, and no sentence."""
    if _REPORTER.fullmatch(line):
        return True
    labelled = len(line) <= _LONGEST and "：" in line
    return labelled and not complete(line) and not _LABELS.isdisjoint(page_facts(line))


def reading(article: Article, paragraphs: Sequence[Line]) -> Reading:
    """The article as the rules read it. paragraphs: its clean text; those alone at its top are the header."""
    texts = [readable(p.text) for p in paragraphs]
    split = next((i for i, p in enumerate(paragraphs) if not p.alone or SALUTATION.match(p.text)), len(texts))
    split = split if article.title else 0
    facts = article.facts or [line for line in texts[split : split + _ABOVE] if _of_page(line)]
    stated = [one for line in facts for one in page_facts(line).items()]
    page = {label: readable(value) for label, value in stated}
    # above the text a page says where it is from; below it, who wrote for whom
    page |= {label: readable(value) for label, value in reversed(stated) if label in SOURCES.split()}
    official = tuple(readable(line).strip() for line in article.official)
    title = readable(article.title.value) if article.title else ""
    title = "" if _REPORTER.fullmatch(title) or "http" in title else title  # a link of an advertisement
    shown = next((p.text for p in paragraphs[split:] if not SALUTATION.match(p.text)), "")
    written = _in_simplified(paragraphs, texts, article.title.value if article.title else "")
    return Reading(title, tuple(texts[:split]), tuple(texts[split:]), page, article.hints, shown, official, written)


# Of the characters: fewer are the names' own.
_TRADITIONAL, _FEW = 0.02, 3


def _in_simplified(paragraphs: Sequence[Line], texts: Sequence[str], title: str) -> str:
    """Headline and text as they stand, where the rules read some characters as others, but not those of a page in
    traditional ones; else empty."""
    whole, read = ("\n".join((title, *lines)) for lines in ([p.text for p in paragraphs], texts))
    if whole[len(title) :] == read[len(title) :]:
        return ""
    others = sum(here != there and has_chinese(there) for here, there in zip(whole, read, strict=True))
    return whole if others <= max(_FEW, _TRADITIONAL * len(whole)) else ""


def around(text: str, begin: int, end: int) -> str:
    """The clause in which text[begin:end] stands, at most 40 characters: the words that are shown as evidence."""
    start = max(text.rfind(mark, 0, begin) for mark in "，。；：、\n") + 1
    stop = min((i for mark in "，。；：、\n" if (i := text.find(mark, end)) >= 0), default=len(text))
    return text[start:stop][:40]
