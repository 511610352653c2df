"""The office's own words and synonyms: words.txt and synonyms.tsv at the top of a corpus folder.

They lie beside the documents, as the corrections do, so that they outlive the index and every upgrade. A line that
cannot be used is told with its number and left out; the others hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer.statements.files import content
from indexer.statements.sources import decoded
from search.text import fold, synonyms_of
from search.text.office import KINDS, NOTHING, Own, Synonym

WORDS, SYNONYMS = "words.txt", "synonyms.tsv"
HEAD = "词\t同义词\t关系\t方向"
MOST = 2_000  # lines of a file that are used; the project's own lists have 2,300 words and 700 pairs
_LONGEST = 16  # characters of a word: what the segmenter's words have at most (search/text/tokenization.py)
_TOLD = 20  # problems of a file that are told; a file of another kind has one a line
_WORD = re.compile(rf"[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]{{2,{_LONGEST}}}")
_WAYS = {"": True, "双向": True, "<->": True, "单向": False, "->": False}

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Said:
    own: Own = NOTHING
    problems: tuple[str, ...] = ()


def read(corpora: Iterable[Path]) -> Said:
    """What is said in all folders, the first one first; nothing twice."""
    words: list[str] = []
    synonyms: list[Synonym] = []
    problems: list[str] = []
    for corpus in corpora:
        said, wrong = _lines(corpus / WORDS, word)
        pairs, twisted = _lines(corpus / SYNONYMS, synonym)
        words += said
        synonyms += pairs
        problems += [*wrong, *twisted]
    return Said(Own(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(synonyms))), tuple(problems))


def word(line: str) -> str:
    """Raises ValueError, in Chinese."""
    return _checked(line)


def synonym(line: str) -> Synonym | None:
    """None for the head of the table. Raises ValueError, in Chinese."""
    cells = [cell.strip() for cell in line.split("\t")]
    if cells[:2] == HEAD.split("\t")[:2]:
        return None
    if len(cells) < 2:
        raise ValueError(f"应写作“{HEAD.replace(chr(9), '、')}”，各项之间用制表符（Tab）隔开")
    term, other, kind, way = (*cells, "", "")[:4]
    return pair(term, other, kind, way)


def pair(term: str, other: str, kind: str = "", way: str = "") -> Synonym:
    """Raises ValueError, in Chinese, for a pair that cannot be."""
    one, two = _checked(term), _checked(other)
    if one == two:
        raise ValueError(f"“{term}”和“{other}”是同一个词")
    chosen = KINDS.get(kind or "近义说法", kind)
    if chosen not in KINDS.values():
        raise ValueError(f"没有“{kind[:20]}”这种关系，可以写：{'、'.join(KINDS)}")
    if way not in _WAYS:
        raise ValueError(f"方向应写“双向”或“单向”，现为“{way[:20]}”")
    return Synonym(one, two, chosen, _WAYS[way])


def is_there(one: Synonym) -> bool:
    """Whether the project's own table, or the office's, leads from the one to the other already."""
    known = synonyms_of(frozenset(KINDS.values()))
    return one.synonym in known.get(one.term, ()) and (not one.both or one.term in known.get(one.synonym, ()))


def add(folder: Path, one: Synonym, by: str, day: str) -> None:
    """Writes a pair at the end of the folder's table, made where there is none. Raises OSError or ValueError."""
    path = folder / SYNONYMS
    before = content(path) if path.exists() else f"{HEAD}\t说明\n".encode()
    if before and not before.endswith(b"\n"):
        before += b"\n"
    encoding = "utf-8" if _is_utf8(before) else "gb18030"
    kind = next(name for name, kind in KINDS.items() if kind == one.kind)
    note = " ".join(f"{by} {day}".split())
    line = f"{one.term}\t{one.synonym}\t{kind}\t{'双向' if one.both else '单向'}\t{note}\n"
    _write(path, before + line.encode(encoding))


def removed(folder: Path, one: Synonym, by: str, day: str) -> bool:
    """Makes remarks of the lines of the folder's table that say a pair, with who took them out and when, so that what
    was said can be read and said again. False where no line does. Raises OSError, or ValueError where it is no text."""
    path = folder / SYNONYMS
    if not path.exists():
        return False
    before = content(path)
    lines = decoded(before).splitlines(keepends=True)
    after = [f"# {' '.join(f'删去 {by} {day}'.split())}：{line}" if _says(line, one) else line for line in lines]
    if after == lines:
        return False
    _write(path, "".join(after).encode("utf-8" if _is_utf8(before) else "gb18030"))
    return True


def _says(line: str, one: Synonym) -> bool:
    """Whether a line of the table is the pair, whatever its relation and way are."""
    try:
        said = None if line.startswith("#") else synonym(line)
    except ValueError:
        return False
    return said is not None and (said.term, said.synonym) == (one.term, one.synonym)


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{SYNONYMS}.new")
    beside.write_bytes(data)
    beside.replace(path)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _checked(written: str) -> str:
    """Folded. Raises ValueError."""
    folded = fold(written.strip())
    if not _WORD.fullmatch(folded):
        raise ValueError(f"“{written.strip()[:20]}”应为 2 至 {_LONGEST} 个汉字、字母或数字，中间不留空格、不带标点")
    return folded


def _lines(path: Path, read: Callable[[str], Line | None]) -> tuple[list[Line], Sequence[str]]:
    """What the lines of a file say, and what is wrong with the others; nothing where there is no such file."""
    try:
        written = decoded(content(path)).splitlines()
    except FileNotFoundError:
        return [], ()
    except (OSError, ValueError) as error:
        return [], (f"{path.name} 无法读取，其中的内容这次没有用上：{error}",)
    found: list[Line] = []
    problems: list[str] = []
    for number, line in enumerate(written, start=1):
        if line.strip() and not line.startswith("#"):
            try:
                one = read(line)
            except ValueError as error:
                problems.append(f"{path.name} 第 {number} 行没有用上：{error}")
                continue
            found += [one] if one is not None else []
    if len(found) > MOST:
        problems.append(f"{path.name} 有 {len(found)} 行，只用前 {MOST} 行")
    if len(problems) > _TOLD:
        problems[_TOLD:] = [f"{path.name} 还有 {len(problems) - _TOLD} 行没有用上"]
    return found[:MOST], problems
