"""The day on a paper: under a body or who signs it, at its end, in a line that has run together, or by its label."""

from __future__ import annotations

import re

from indexer.articles.label_names import SIGNED
from indexer.articles.marks import is_date_line
from indexer.articles.official import is_body
from indexer.facts.calendar import FULL, MONTH, first_date, month_of
from indexer.facts.readable import Reading
from search.documents.document import Evidence, PartialDate
from search.text import doing
from search.text.patterns import lazy

# What is told of another act than the one reported: 1月8日省民政厅印发的通知.
OTHER_ACT = lazy(r"印发|发布(?!会)|出台|下发|颁布|公布|审议通过|修订")
_PERSON = lazy(r"(?:[省市州县区]长|[部厅局]长|主席|主任|总理|书记)[ \u3000：:]{0,4}[\u4e00-\u9fff·]{2,8}$")
_NO_BODY = lazy(r"[，。；：！？]|^[一二三四五六七八九十\d（(]|^附|^第.{1,4}[章条节]")
_ENDS_AS_BODY = lazy(r"^[\u4e00-\u9fff（）、 \u3000]{2,30}(?:[厅局委部府会室院处队办组站]|中心|公司)$")
_SEAL = re.compile(r"[（(](?:印章|公章|章|盖章|此件[^）)]{0,20})[）)]")


def day_signed(read: Reading) -> Evidence[PartialDate] | None:
    """The day on the paper: a line that is a date under a body, under who signs, or at the end; else by its label.

    The first: attachments below it have signatures of their own.
    """
    for at in range(len(read.body)):
        line = _SEAL.sub("", read.body[at]).strip()
        if len(line) > 60 or not _closes(read, at, line):
            continue
        if found := first_date((line,)):
            return found
        if (month := month_of((line,))) and MONTH.fullmatch(line.strip("（）()")):
            return month
    if run_on := _signed_within(read):
        return run_on
    labelled = (read.hints.signed, *(read.page[label] for label in SIGNED.split() if label in read.page))
    return first_date(labelled)


# 市民政局：…收悉。…开展工作。云溪市人民政府办公室2024年3月5日…: a paper whose lines have run together
_ADDRESSED = re.compile(r"[\u4e00-\u9fff、，（）]{3,40}：")
_RUN_ON = re.compile(rf"[。！][ \u3000]?([\u4e00-\u9fff]{{4,30}})[ \u3000]?({FULL.pattern})")


def _signed_within(read: Reading) -> Evidence[PartialDate] | None:
    """The day behind a body that a sentence of an addressed paper begins with and that does nothing there."""
    text = read.lead if _ADDRESSED.match(read.lead) and not read.is_news else ""
    for found in _RUN_ON.finditer(text):
        acts = OTHER_ACT.match(text, found.end()) or text[found.end() : found.end() + 2] in doing()
        if is_body(found.group(1)) and not acts:
            return first_date((found.group(2),))
    return None


def _closes(read: Reading, at: int, line: str) -> bool:
    """Whether a line with a date at its end, alone or behind a body, is where a paper was signed."""
    found = FULL.search(line) or MONTH.search(line)
    if found is None or line[found.end() :].strip("）) 　") or re.search(r"[，。；：]", line[: found.start()]):
        return False
    above = _SEAL.sub("", read.body[at - 1]).strip() if at else ""
    before = line[: found.start()].strip(" 　（(")
    if before and not (is_body(before) or _ENDS_AS_BODY.search(before) or _PERSON.search(before)):
        return False
    by_body = bool(above) and len(above) <= 60 and not _NO_BODY.search(above)
    by_person = len(above) <= 30 and bool(_PERSON.search(above))
    # a date alone before the annex, where the body stands only in the headline
    alone = is_date_line(line) and at > 0 and read.body[at - 1].endswith(("。", "！", "）"))
    return by_body or by_person or alone or at >= len(read.body) - 3
