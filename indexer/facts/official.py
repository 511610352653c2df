"""The number of an official paper: 云民发〔2024〕7号, from its head, the page beside it, or its own headline."""

from __future__ import annotations

import re

from indexer.articles.official import NUMBER
from indexer.facts.readable import Reading
from search.documents.document import Evidence


def find_document_number(read: Reading) -> Evidence[str] | None:
    """As it is written, without the blanks in it; never the number of another paper that the text only names."""
    stated = (read.page.get("发文字号"), read.page.get("文号"), read.hints.number)
    beside = tuple(one for one in stated if one)
    under = tuple(line for line in read.header if NUMBER.fullmatch(line.strip("（）() ")))
    for line in (*read.official, *beside, *under):
        if found := NUMBER.search(line):
            return Evidence(re.sub(r"\s", "", found.group()), line)
    return None
