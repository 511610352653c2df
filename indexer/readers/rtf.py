"""Rich Text Format, which Word, WPS and WordPad write: read in one pass, without another program.

Text stands between words of control. Bytes are characters in the character set of the font that is chosen, or of the
file; \\uN is a character by number, followed by a stand-in for old programs. Groups in braces may hold other things
than the text (fonts, pictures, heads of pages): their first word tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.encoding import PLAUSIBLE, plausibility
from indexer.extract import Block, Extract, Unreadable

_BEGINS = re.compile(rb"\s*\{\s*\\rtf\d?")
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?"  # a word of control, its number
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\'?[0-9a-fA-F]?\Z"  # where the file breaks off
    rb"|\\(.)"  # a sign of control
    rb"|([{}])"
    rb"|[\r\n\x00]+"  # which say nothing
    rb"|([^\\{}\r\n\x00]+)",
    re.DOTALL,
)
_DEEPEST = 500  # groups in groups; Word writes some twenty
_MOST = 20_000_000  # characters of text; more is no paper
# Groups that hold no text; a group that begins with \* is one, too, unless its word is known.
_HELD = (
    "fonttbl colortbl stylesheet info pict object fldinst nonshppict themedata colorschememapping datastore listtable "
    "listoverridetable revtbl rsidtbl generator xmlnstbl latentstyles filetbl template password userprops mmathPr "
    "pgptbl atnid atnauthor atnref atndate bkmkstart bkmkend shpinst do tc xe txe rxe private oldcprops oldpprops "
    "oldsprops oldtprops docvar wgrffmtfilter ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn"
)
_APART = frozenset(_HELD.split(" "))
# Groups that are shown, but are no part of the running text -> what they are.
_BESIDE = {
    **dict.fromkeys(["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"], "页眉页脚"),
    "footnote": "脚注",
    "annotation": "批注",
}
_ENDS = frozenset(["par", "sect", "page", "line", "row", "column", "nestrow", "softline", "softpage"])
_SIGNS = {
    "tab": "\t",
    "cell": "\t",
    "nestcell": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u3000",
    "enspace": " ",
    "qmspace": " ",
}
_CHARSETS = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 204: "cp1251"}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group. into: "" the text, "-" nothing, else the name of what stands beside it."""

    into: str = ""
    hidden: str = ""  # the same of words that are hidden or deleted
    stand_in: int = 1  # bytes behind \\uN that stand for it
    font: int = -1
    level: int = 0


@dataclass(slots=True)
class _Reading:
    default: str = "gb18030"
    charsets: dict[int, str] = field(default_factory=dict)  # by font
    state: _State = field(default_factory=_State)
    groups: list[_State] = field(default_factory=list)
    bytes: bytearray = field(default_factory=bytearray)  # not decoded yet
    line: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)
    skip: int = 0  # stand-ins still to come
    fresh: bool = False  # a group has just begun
    starred: bool = False
    size: int = 0

    def put(self, text: str) -> None:
        """Text in the order of reading."""
        into = self.state.into if self.state.into == "-" else self.state.hidden or self.state.into
        self.size += len(text)
        if into and into != "-":
            self.beside.setdefault(into, []).append(text)
        elif not into:
            self.line.append(text)

    def flush(self) -> None:
        if self.bytes:
            charset = self.charsets.get(self.state.font, self.default)
            self.put(self.bytes.decode(charset, "replace"))
            self.bytes.clear()

    def end(self) -> None:
        """Of a paragraph or a line."""
        self.flush()
        if self.state.into:
            self.put("\n")
        else:
            self.blocks.append(Block(_joined(self.line).strip(" \t"), self.state.level))
            self.line = []


def read(path: Path, data: bytes) -> Extract:
    """Paragraphs, with the levels that their style gives them. Raises Unreadable."""
    if not _BEGINS.match(data):
        raise Unreadable(path, "扩展名是 .rtf，内容却不是 RTF；请核对后另存为 docx 或文本")
    found, at = _Reading(), 0
    while at < len(data) and (token := _TOKEN.match(data, at)):
        at = token.end()
        word, number, byte, sign, brace, text = token.groups()
        if brace:
            _group(found, path, opens=brace == b"{")
        elif word:
            at = _word(found, word.decode(), int(number) if number else None, at)
        elif sign:
            _sign(found, sign)
        elif byte or text:
            _bytes(found, bytes([int(byte, 16)]) if byte else text)
        if found.size > _MOST:
            raise Unreadable(path, "文字太多，不像一份文稿；请拆分后再放入")
    found.end()
    blocks = tuple(found.blocks)
    whole = "".join(block.text for block in blocks)
    if plausibility(whole) < PLAUSIBLE:
        raise Unreadable(path, "读出来的不是文字，编码可能写错；请在 Word、WPS 中打开另存为 docx")
    beside = [(name, _joined(parts).strip()) for name, parts in found.beside.items()]
    replaced = whole.count("\ufffd")
    return Extract(blocks, wrapped=False, replaced=replaced, left_out=tuple(one for one in beside if one[1]))


def _group(found: _Reading, path: Path, *, opens: bool) -> None:
    found.flush()
    found.skip, found.starred = 0, False
    found.fresh = opens
    if opens:
        if len(found.groups) >= _DEEPEST:
            raise Unreadable(path, "文件结构异常，一层套一层；请在 Word、WPS 中打开另存为 docx")
        found.groups.append(found.state)
    elif found.groups:
        before = found.groups.pop()
        # the level is the paragraph's, and a paragraph may end behind the group that began it
        keep = found.state.into == before.into
        found.state = replace(before, level=found.state.level) if keep else before


def _word(found: _Reading, word: str, number: int | None, at: int) -> int:
    """Follows a word of control; where reading goes on."""
    first, starred = found.fresh, found.starred
    found.fresh = found.starred = False
    if word == "bin":
        return at + max(0, number or 0)
    if word == "u":
        found.flush()
        if number is not None:
            found.put(chr(number % 0x10000))
            found.skip = found.state.stand_in
        return at
    if first and (word in _APART or word in _BESIDE or starred):
        found.flush()
        into = _BESIDE.get(word, "-") if found.state.into != "-" else "-"
        found.state = replace(found.state, into=into)
        return at
    if word in _ENDS:
        found.end()
    elif word in _SIGNS:
        found.flush()
        found.put(_SIGNS[word])
    else:
        _setting(found, word, number)
    return at


def _setting(found: _Reading, word: str, number: int | None) -> None:
    state = found.state
    if word in ("f", "plain", "pard", "v", "deleted"):
        found.flush()
    if word == "f" and number is not None:
        found.state = replace(state, font=number)
    elif word == "fcharset" and number in _CHARSETS and number:
        found.charsets[state.font] = _CHARSETS[number]
    elif word == "ansicpg" and number:
        found.default = _PAGES.get(number, f"cp{number}" if 1250 <= number <= 1258 else found.default)
    elif word == "uc" and number is not None:
        found.state = replace(state, stand_in=min(max(0, number), 8))
    elif word in ("v", "deleted"):
        found.state = replace(state, hidden="" if number == 0 else "隐藏文字" if word == "v" else "-")
    elif word == "plain":
        found.state = replace(state, hidden="")
    elif word == "pard":
        found.state = replace(state, level=0)
    elif word == "outlinelevel" and number is not None:
        found.state = replace(state, level=number + 1 if 0 <= number < 6 else 0)


def _sign(found: _Reading, sign: bytes) -> None:
    if sign == b"*" and found.fresh:
        found.starred = True
        return
    found.fresh = found.starred = False
    if sign in b"\\{}":
        _bytes(found, sign)
    elif sign in b"\r\n":
        found.end()
    elif sign in b"~_":
        found.flush()
        found.put(" " if sign == b"~" else "-")


def _bytes(found: _Reading, text: bytes) -> None:
    """Characters as they are in the file, without those that stand in for one that was told by its number."""
    found.fresh = False
    over = min(found.skip, len(text))
    found.skip -= over
    found.bytes += text[over:]


def _joined(parts: list[str]) -> str:
    """With the halves of rare characters, which come one by one, put together."""
    text = "".join(parts)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
