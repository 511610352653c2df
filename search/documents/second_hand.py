"""The words inside a speech that are somebody else's: what a leader, a meeting or a document is said to have said.

Whoever takes a sentence from a speech must not take it for the speaker's own; a report is somebody else's throughout,
which its label says, so nothing is looked for there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.documents.document import Document, Span
from search.text import sentence_rules

_WHO = (
    "总书记|主席|总理|书记|委员长|部长|省长|市长|县长|区长|厅长|局长|主任|同志|先生|党中央|国务院|[省市县区]委"
    "|巡视组|督导组|全会|会议|座谈会|大会|报告|批示|指示|《[^《》]{2,40}》"
)
_SAYS = "强调|指出|要求|明确|提出|认为|指明|谈到|讲到|说过|说"
# Between who and the verb only where or what of, and how: 在贵州考察时多次, 对…有一系列重要论述，突出. Anything else
# makes a noun of the verb (市委、市政府的工作要求).
_OPENING = re.compile(
    rf"(?:{_WHO})(?:[在对就同][^，。；：！？“”]{{1,24}}，?)?"
    r"(?:多次|反复|深刻|特别|曾经?|还|也|都|进一步|突出|再次|一再|专门|明确){0,2}"
    rf"(?:{_SAYS})(?:[，：:]|(?=“))"
)
_QUOTED = re.compile("“[^”]*”(?:(?:、|，|和|以及)?“[^”]*”)*")
# What the speaker says of himself (我代表市委要求), and what is demanded as a noun (认真落实省委要求).
_NOT_CITED = re.compile("我|本人|落实|贯彻|按照|根据|遵循|对[标照表]|指示要求")


def cited(document: Document, text: str) -> tuple[Span, ...]:
    """Half-open offsets of what in a piece of a speech is cited, in reading order; nothing of a report."""
    return tuple(_spans(text)) if document.metadata.quotable else ()


def _spans(text: str) -> Iterator[Span]:
    at = 0
    while found := _OPENING.search(text, at):
        at = found.end()
        begin = max(text.rfind(mark, 0, found.start()) for mark in "。！？；，：") + 1
        if _NOT_CITED.search(text, begin, found.end()):
            continue
        at = _end(text, found.end())
        if at > found.end():
            yield found.end(), at


def _end(text: str, start: int) -> int:
    """Behind the quotation marks that open there, else behind the sentence."""
    if quoted := _QUOTED.match(text, start):
        return quoted.end()
    sentence = sentence_rules.SECOND_HAND.search(text, start)
    return sentence.end() if sentence else len(text)
