"""The addresses of every page there is, from the application's own list, so that none is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask

# What pages read beside a query: a text to check, the documents and passages that are meant, the order of lines.
ARGUMENTS = ("q={q}", "q={q}&text={q}&doc={id}&other={other}&e={id}.1&d={id}&d={other}&p=1&by=after")
_ONE_OF = re.compile(r"<any\(([^)]*)\):\w+>")


def of_every_page(app: Flask) -> tuple[str, ...]:
    """Each with the words q and with all arguments there are; q, id and other are still to be filled in."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return tuple(f"{path}?{asked}" for rule in rules for path in _paths(rule) for asked in ARGUMENTS)


def _paths(rule: str) -> Iterator[str]:
    if choice := _ONE_OF.search(rule):
        for one in choice[1].split(","):
            yield from _paths(rule.replace(choice[0], one.strip(" '\"")))
    else:
        yield re.sub(r"<(\w+)>", r"{\1}", rule)
