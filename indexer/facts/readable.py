"""An article as the rules of metadata read it: its parts, in characters the rules are written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.articles.articles import Article
from indexer.articles.characters import readable
from indexer.articles.labels import SOURCES, page_facts
from indexer.articles.lines import Line
from indexer.articles.marks import ADDRESS, DATELINE, SALUTATION
from indexer.extract import Hints


@dataclass(frozen=True, slots=True)
class Reading:
    """Stated title or "", header lines, body paragraphs, page facts by label, all in readable form.

    shown_lead is the first paragraph as it stands; official are the lines of an official paper's head.
    """

    title: str
    header: tuple[str, ...]
    body: tuple[str, ...]
    page: dict[str, str]
    hints: Hints
    shown_lead: str
    official: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """The first paragraph that is not a salutation or an address (各乡镇人民政府：); 现通报如下： is none."""
        opens = (p for p in self.body if not SALUTATION.match(p) and (not ADDRESS.match(p) or p.endswith("如下：")))
        return next(opens, "")

    @property
    def text(self) -> str:
        return "\n".join(self.body)

    @property
    def is_news(self) -> bool:
        """Whether the text opens with the dateline of a station, an agency or a paper."""
        return DATELINE.match(self.lead) is not None


def reading(article: Article, paragraphs: Sequence[Line]) -> Reading:
    """The article as the rules read it. paragraphs: its clean text; those alone at its top are the header."""
    texts = [readable(p.text) for p in paragraphs]
    split = next((i for i, p in enumerate(paragraphs) if not p.alone or SALUTATION.match(p.text)), len(texts))
    split = split if article.title else 0
    stated = [one for line in article.facts for one in page_facts(line).items()]
    page = {label: readable(value) for label, value in stated}
    # above the text a page says where it is from; below it, who wrote for whom
    page |= {label: readable(value) for label, value in reversed(stated) if label in SOURCES.split()}
    official = tuple(readable(line).strip() for line in article.official)
    title = readable(article.title.value) if article.title else ""
    shown = next((p.text for p in paragraphs[split:] if not SALUTATION.match(p.text)), "")
    return Reading(title, tuple(texts[:split]), tuple(texts[split:]), page, article.hints, shown, official)


def around(text: str, begin: int, end: int) -> str:
    """The clause in which text[begin:end] stands, at most 40 characters: the words that are shown as evidence."""
    start = max(text.rfind(mark, 0, begin) for mark in "，。；：、\n") + 1
    stop = min((i for mark in "，。；：、\n" if (i := text.find(mark, end)) >= 0), default=len(text))
    return text[start:stop][:40]
