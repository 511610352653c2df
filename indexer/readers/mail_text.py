"""What mail programs put about the text of a mail: the heads of mails that are passed on, > before each line that is
quoted, who signs below --."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.extract import Block

_LABELS = (
    "发件人|寄件人|发信人|发送时间|发送日期|收件人|收信人|抄送|密送|主题|时间|日期|附件|From|Sent|Date|To|Cc|Subject"
)
_LABEL = re.compile(rf"[ \t\u3000]{{0,4}}(?:{_LABELS})[ \u3000]{{0,4}}[：:]", re.IGNORECASE)
# ------------------ 原始邮件 ------------------, -----邮件原件-----, ________________
_PARTING = re.compile(
    r"[ \t\u3000]{0,4}(?:[-—_=*]{3,60}[ \u3000]{0,4}(?:[^-—_=*。]{2,24}[ \u3000]{0,4}[-—_=*]{3,60})?)"
)
_QUOTED = re.compile(r"[ \t]{0,4}(?:>[ \t]{0,1}){1,20}")
_SIGNED = re.compile(r"--[ \u3000]{0,2}")
_FEWEST_LABELS = 3
_FEWEST_QUOTED = 3
_LONGEST_SIGNATURE = 12  # lines


def of_text(blocks: Sequence[Block], left_out: list[tuple[str, str]]) -> tuple[Block, ...]:
    """The blocks without these; what goes is named in left_out. Words above a mail that is passed on go with its head
    where they are the shorter ones."""
    blocks = _without_quotes(blocks, left_out)
    texts = [block.text for block in blocks]
    gone: dict[int, str] = {}
    heads = _heads(texts)
    for head in heads:
        gone |= dict.fromkeys(head, "邮件信头")
    if heads:
        above, below = range(heads[-1].start), range(heads[-1].stop, len(texts))
        if _letters(texts, above) < _letters(texts, below):
            gone |= dict.fromkeys((at for at in above if at not in gone), "转发附言")
    for at in _signature(texts):
        gone.setdefault(at, "邮件签名")
    left_out += [(name, texts[at].strip()) for at, name in sorted(gone.items()) if texts[at].strip()]
    return tuple(replace(block, text="") if at in gone else block for at, block in enumerate(blocks))


def _without_quotes(blocks: Sequence[Block], left_out: list[tuple[str, str]]) -> tuple[Block, ...]:
    """The lines without > before them, where every line from the first of these on has it, a few aside."""
    quoted = [at for at, block in enumerate(blocks) if _QUOTED.match(block.text)]
    said = sum(bool(block.text.strip()) for block in blocks[quoted[0] :]) if quoted else 0
    if len(quoted) < _FEWEST_QUOTED or 2 * len(quoted) < said:
        return tuple(blocks)
    left_out.append(("引用号", ">"))
    return tuple(replace(block, text=_QUOTED.sub("", block.text, count=1)) for block in blocks)


def _heads(texts: Sequence[str]) -> list[range]:
    """The lines of each head: labels one below the other, three and more, and what parts them from the text above."""
    found: list[range] = []
    at = 0
    while at < len(texts):
        stop = at
        while stop < len(texts) and _LABEL.match(texts[stop]):
            stop += 1
        if stop - at >= _FEWEST_LABELS:
            start = at
            while start and (not texts[start - 1].strip() or _PARTING.fullmatch(texts[start - 1])):
                start -= 1
            found.append(range(start, stop))
        at = max(stop, at + 1)
    return found


def _signature(texts: Sequence[str]) -> range:
    """From the last -- on to the end, where a few lines stand below it."""
    at = next((n for n in range(len(texts) - 1, -1, -1) if _SIGNED.fullmatch(texts[n])), len(texts))
    few = sum(bool(text.strip()) for text in texts[at + 1 :]) <= _LONGEST_SIGNATURE
    return range(at, len(texts)) if few else range(0)


def _letters(texts: Sequence[str], places: range) -> int:
    return sum(len(texts[at].strip()) for at in places)
