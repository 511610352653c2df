"""Excerpts to take away: Markdown, a table, and what a Word document has of them (word.py); whole or piece by piece.

host: what their addresses lack, as they were asked under; empty where they are whole. blocks: excerpts and, before
those that belong together, a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.excerpts.basket import Basket, Excerpt
from search.results.tables import as_table

COLUMNS = ("序号", "摘录", "出处", "题名", "段", "说明", "存疑", "备注", "地址")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


@dataclass(frozen=True, slots=True)
class Told:
    """A text that is no excerpt of the basket, and the lines that stand under it."""

    text: str
    beside: tuple[str, ...] = ()


Block = str | Excerpt | Told


def said(one: Excerpt | Told) -> str:
    """Its text; of an excerpt that is gone, that it is."""
    if isinstance(one, Told):
        return one.text
    return one.quotation if one.text else f"（{one.gone}）"


def beside(one: Excerpt | Told, host: str) -> list[str]:
    """What stands under an excerpt: where it is, its doubts, the note."""
    if isinstance(one, Told):
        return [*one.beside]
    if not one.text:
        return [f"备注：{one.reference.note}"] if one.reference.note else []
    lines = [f"《{one.title}》{one.paragraph}，{one.about}。{host}{one.url}"]
    lines += [f"引用前请核对：{'；'.join(one.doubts)}"] if one.doubts else []
    return lines + ([f"备注：{one.reference.note}"] if one.reference.note else [])


def as_markdown(basket: Basket, host: str) -> bytes:
    return b"".join(in_markdown(basket.excerpts, host, "摘录"))


def in_markdown(blocks: Iterable[Block], host: str, title: str, notes: Iterable[str] = ()) -> Iterator[bytes]:
    """The same as Markdown; the excerpts are numbered through."""
    yield _encoded("\n\n".join([f"# {_plain(title)}", *map(_plain, notes)]))
    number = 0
    for one in blocks:
        if isinstance(one, str):
            yield _encoded(f"\n\n# {_plain(one)}")
            continue
        number += 1
        quoted = "\n".join(f"> {_plain(line)}" for line in said(one).split("\n"))
        below = "\n".join(f"- {_plain(line)}" for line in beside(one, host))
        yield _encoded("\n\n" + f"## {number}\n\n{quoted}\n\n{below}".strip())
    yield b"\n"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _plain(text: str) -> str:
    """Text that Markdown would take for signs of its own stays text; an address stays one."""
    return " ".join(word if "://" in word else _MARKDOWN.sub(r"\\\1", word) for word in text.split(" "))


def as_csv(basket: Basket, host: str) -> bytes:
    return as_table(COLUMNS, (_row(number, one, host) for number, one in enumerate(basket.excerpts, 1)))


def _row(number: int, one: Excerpt, host: str) -> list[str | int]:
    cells = (one.text or f"（{one.gone}）", one.source, one.title, one.paragraph, one.about, "；".join(one.doubts))
    return [number, *cells, one.reference.note, f"{host}{one.url}" if one.url else ""]
