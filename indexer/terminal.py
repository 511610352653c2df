"""A document as a person reads it in a terminal: what was understood, from which words, and what is doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import click

from indexer.log_lines import safe
from indexer.statements.corrections import Correction
from indexer.statements.fields import UNKNOWN, value_of
from search.documents import labels
from search.documents.document import Document, Evidence, Passage, Warning
from search.documents.labels import FIELDS

_BY_HAND = "校正"  # shorter than on pages: whose it was follows
_LABEL = 14  # columns: seven characters, as wide as 可作原话引用：


def described(document: Document, corrections: Sequence[Correction] = (), *, width: int = 0) -> str:
    """The whole view, with colours that click.echo leaves out where they don't belong.

    corrections: every one there was of this document. width: columns to break lines at; 0 for whole lines.
    """
    held = {line.field: line for line in corrections}
    lines = [
        *_wrapped(click.style(f"《{safe(document.metadata.title.value)}》", bold=True), 0, width),
        *_fact("文件", document.external_id, "", "", width),
        *(line for field in FIELDS for line in _field(document, field, held.get(field), width)),
        *_section("存疑", [line for doubt in document.warnings for line in _doubt(doubt, width)]),
        *_section("校正记录", [line for one in corrections for line in _wrapped(event(one), 2, width)]),
        *_section(f"正文（{len(document.passages)} 段，{len(document.text)} 字）", _body(document.passages, width)),
    ]
    return "\n".join(lines)


# --- facts ---------------------------------------------------------------------------------------------


def _field(document: Document, field: str, line: Correction | None, width: int) -> Iterator[str]:
    if field == "speakers":
        yield from _speakers(document, width)
        return
    held: object = getattr(document.metadata, field)
    evidence = held if isinstance(held, Evidence) else None
    corrected = line is not None and not line.undo
    by_hand = corrected or (evidence is not None and evidence.how == "corrected")
    mark = _BY_HAND if by_hand else labels.how(evidence)
    words = evidence.text if evidence else line.words if line is not None and corrected else ""
    yield from _fact(FIELDS[field], value_of(document, field) or UNKNOWN, mark, words, width)


def _speakers(document: Document, width: int) -> Iterator[str]:
    if not document.metadata.speakers:
        yield from _fact(FIELDS["speakers"], UNKNOWN, "", "", width)
    for number, one in enumerate(document.metadata.speakers):
        value = "　".join(part for part in (one.name, one.post, one.role) if part)
        yield from _fact(FIELDS["speakers"] if number == 0 else "", value, "", one.evidence, width)


def _fact(label: str, value: str, mark: str, words: str, width: int) -> list[str]:
    """标签 值 〔推定〕 依据：“…”; the evidence only where it says more than the value."""
    colour = "yellow" if mark in ("推定", "拟题") else "green" if mark == _BY_HAND else None
    value, words = safe(value), safe(words)
    line = _padded(label, _LABEL) + (click.style(value, dim=True) if value == UNKNOWN else value)
    line += click.style(f" 〔{mark}〕", fg=colour) if mark else ""
    line += click.style(f"  依据：{words}", dim=True) if words and words != value else ""
    return _wrapped(line, _LABEL, width, first=0)


def _doubt(doubt: Warning, width: int) -> Iterator[str]:
    yield from _wrapped(click.style(f"! {safe(doubt.message)}", fg="yellow"), 2, width)
    if doubt.evidence and doubt.evidence not in doubt.message:
        yield from _wrapped(click.style(f"“{safe(doubt.evidence)}”", dim=True), 4, width)


def event(one: Correction) -> str:
    """A line of the log in words: when, who, which field, from what to what."""
    value = "恢复为程序读出的值" if one.undo else f"→ {one.value or UNKNOWN}"
    return safe(f"{one.at[:16].replace('T', ' ')}  {one.by}  {FIELDS[one.field]}：{one.before or UNKNOWN} {value}")


# --- text ----------------------------------------------------------------------------------------------


def _body(passages: Sequence[Passage], width: int) -> Iterator[str]:
    """The passages under their places in the speech, each place named once."""
    above: tuple[str, ...] = ()
    for passage in passages:
        for depth, label in enumerate(passage.outline):
            if passage.outline[: depth + 1] != above[: depth + 1]:
                yield "  " * (depth + 1) + click.style(safe(label), fg="cyan")
        above = passage.outline
        indent = 2 * (len(passage.outline) + 1)
        number = click.style(f"{passage.number:>3}  ", dim=True)
        text = click.style(safe(passage.text), bold=True) if passage.heading else safe(passage.text)
        yield from _wrapped(number + text, indent + 5, width, first=indent)


def _section(title: str, lines: Iterator[str] | list[str]) -> list[str]:
    found = list(lines)
    return ["", click.style(title, bold=True), *found] if found else []


def _padded(label: str, columns: int) -> str:
    return label + " " * (columns - sum(_columns(char) for char in label))


def _wrapped(line: str, indent: int, width: int, first: int | None = None) -> list[str]:
    """A line broken at so many columns, the first piece set in by first, the others by indent; colours are none."""
    pieces, used = [" " * (indent if first is None else first)], indent if first is None else first
    for char, columns in _characters(line):
        if width and columns and used + columns > max(width, indent + 20):
            pieces.append(" " * indent)
            used = indent
        pieces[-1] += char
        used += columns
    return pieces


def _characters(line: str) -> Iterator[tuple[str, int]]:
    """Each character with its columns; a colour's escape sequence in one, with none."""
    at = 0
    while at < len(line):
        end = line.index("m", at) + 1 if line.startswith("\x1b[", at) else at + 1
        yield line[at:end], 0 if end > at + 1 else _columns(line[at])
        at = end


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
