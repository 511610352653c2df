"""The settings and fields of an index in the cluster, made from the one table of fields, and what is sent.

Two fields of characters, by pairs and single, hold where words begin and end beside every character; a nested document
a passage holds its words. `text`, `edges` are doc values for the script that counts overlapping places, `candidate`
what this program scores with. Only what `_source` keeps is read back; so no partial updates and no reindexing from it:
the other fields would be lost.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections import Counter
from typing import Any

from search.documents.document import Document
from search.engines import written_content
from search.engines.opensearch import tokens
from search.index import record
from search.index.analysis import Analysis
from search.index.schema import FACETS, FIELDS, facet_values

Json = dict[str, Any]

KEPT = ("record", "content", "cuts")
# How often a word stands in a passage is told up to this: far beyond K1 (1.2) it makes little difference, and numbers
# under 64 can be told several at once by one score (loosened.py).
MOST_TIMES = 63
# Characters of a title as the vocabulary lists it; the cluster takes no value longer than 32,766 bytes.
_LONGEST_VALUE = 8000
_LARGEST_WINDOW = 100_000


def settings(*, shards: int, replicas: int) -> Json:
    other = f"[^{tokens.SIGNS}]"
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_result_window": _LARGEST_WINDOW,
        "mapping.nested_objects.limit": 100_000,
        "similarity": {"often": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}},
        "analysis": {
            "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 10_000}},
            "filter": {
                "pairs": _captured(f"{other}{{2}}", *tokens.PASSAGE, *tokens.SENTENCE, *tokens.ITEM),
                "single": _captured(other),
            },
            "analyzer": {
                "blanks": {"type": "custom", "tokenizer": "blanks"},
                "pairs": {"type": "custom", "tokenizer": "blanks", "filter": ["pairs"]},
                "single": {"type": "custom", "tokenizer": "blanks", "filter": ["single"]},
            },
        },
    }


def _captured(characters: str, *marks: str) -> Json:
    edges = [(begin, end) for begin in ("", tokens.BEGINS) for end in ("", tokens.ENDS)]
    patterns = [f"({begin}{characters}{end})" for begin, end in edges] + [f"({mark})" for mark in marks]
    return {"type": "pattern_capture", "preserve_original": False, "patterns": patterns}


def _text(analyzer: str, **more: object) -> Json:
    common = {"search_analyzer": "blanks", "similarity": "often", "norms": False}
    return {"type": "text", "analyzer": analyzer, **common, **more}


_KEYWORD: Json = {"type": "keyword"}
_VALUES: Json = {"type": "binary", "doc_values": True}
_PASSAGES: Json = {
    "type": "nested",
    "properties": {
        "n": {"type": "integer"},
        "length": {"type": "integer"},
        "words": _text("blanks", index_options="freqs"),
    },
}
# Field of the table -> the fields of the cluster.
_OF_KIND: dict[str, Any] = {
    "id": lambda name: {name: _KEYWORD},
    "words": lambda name: {"passages": _PASSAGES},
    "grams": lambda name: {name: _text("pairs"), f"{name}_single": _text("single")},
    "facet": lambda name: {name: _KEYWORD},
    "date": lambda name: {name: _KEYWORD},
    "length": lambda name: {name: {"type": "integer"}},
    "stored": lambda name: {},
}


def mappings() -> Json:
    fields: Json = {}
    for field in FIELDS:
        fields |= _OF_KIND[field.kind](field.name)
    fields["vocabulary"] = {"properties": {kind: _KEYWORD for kind in ("word", "term", "title")}}
    fields |= {
        "group": _KEYWORD,
        "characters": {"type": "integer"},
        "candidate": _VALUES,
        "candidate_words": _VALUES,
        "text": _VALUES,
        "edges": _VALUES,
    }
    return {"dynamic": False, "_source": {"includes": list(KEPT)}, "properties": fields}


def written(document: Document, analysis: Analysis) -> Json:
    """What is sent of a document."""
    title, body = analysis.title_grams.text, analysis.grams.text
    units = ((tokens.PASSAGE, analysis.passages), (tokens.SENTENCE, analysis.sentences))
    marks = tokens.marks_of(units, len(body), set(analysis.items))
    words = list(analysis.passage_words())
    begins = [0, *analysis.passages, len(body)]
    date = document.metadata.date
    return {
        "id": document.id,
        "record": record.dumps(document),
        "content": written_content(analysis.content),
        "cuts": [_packed(analysis.title_cuts), _packed(analysis.cuts)],
        "grams": tokens.indexed(body, analysis.cuts, 2, marks),
        "grams_single": tokens.indexed(body, analysis.cuts, 1),
        "title_grams": tokens.indexed(title, analysis.title_cuts, 2),
        "title_grams_single": tokens.indexed(title, analysis.title_cuts, 1),
        "passages": [
            {"n": n, "length": begins[n + 1] - begins[n] if n else 0, "words": _words(held)} for n, held in words
        ],
        "vocabulary": {
            "word": sorted({word[:_LONGEST_VALUE] for word in analysis.words.terms}),
            "term": list(analysis.terms),
            "title": document.metadata.title.value[:_LONGEST_VALUE],
        },
        "length": analysis.length,
        "characters": analysis.length - body.count("\n"),
        "candidate": _packed(_candidate(analysis)),
        "candidate_words": _packed(zlib.compress(_passages(words).encode("utf-8", "surrogatepass"))),
        "text": _packed(body.encode("utf-8", "surrogatepass")),
        "edges": _packed(_edges_by_unit(body, analysis.cuts)),
        **({"date": str(date.value)} if date else {}),
        **({"group": document.near[0]} if document.near else {}),
        **{field.name: list(facet_values(document, field.name)) for field in FACETS},
    }


def _words(held: tuple[str, ...]) -> str:
    counts = Counter(held if tokens.is_plain("".join(held)) else map(tokens.plain, held))
    return " ".join(word for word, times in counts.items() for _ in range(min(times, MOST_TIMES)))


def _candidate(analysis: Analysis) -> bytes:
    """What a document is scored with: candidates.Candidate reads it again."""
    cuts = [_packed(analysis.title_cuts), _packed(analysis.cuts)]
    begins = [list(one) for one in (analysis.passages, analysis.sentences, analysis.headings, analysis.items)]
    packed = json.dumps([analysis.title_grams.text, analysis.grams.text, cuts, begins], ensure_ascii=False)
    return zlib.compress(packed.encode("utf-8", "surrogatepass"))


# In a document's words: in front of a passage, and around each word.
PASSAGE_SIGN, WORD_SIGN = "\x01", "\x00"


def _passages(words: list[tuple[int, tuple[str, ...]]]) -> str:
    """The words of all passages as one string, in which a word is counted as fast as a string is."""
    held = ((n, "".join(f"{WORD_SIGN}{word}{WORD_SIGN}" for word in found)) for n, found in words)
    return "".join(f"{PASSAGE_SIGN}{n}{WORD_SIGN}{found}" for n, found in held)


def _edges_by_unit(folded: str, cuts: bytes) -> bytes:
    """cuts by the offsets of the cluster's scripts, for which a character beyond the first plane is two."""
    if folded.isascii() or max(folded, default="") <= "\uffff":
        return cuts
    found, at = bytearray(len(cuts) * 2), 0
    for offset, char in enumerate([*folded, ""]):
        if cuts[offset >> 3] >> (offset & 7) & 1:
            found[at >> 3] |= 1 << (at & 7)
        at += 2 if char > "\uffff" else 1
    return bytes(found)


def _packed(content: bytes) -> str:
    return b64encode(content).decode("ascii")
