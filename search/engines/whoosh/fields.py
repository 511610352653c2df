"""The fields of a Whoosh index, made from the one table of fields (search/index/schema.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoosh import columns, fields, formats
from whoosh.util.text import utf8encode

from search.engines.columns import files as column_files
from search.index.schema import FIELDS
from search.matching.postings import Unit

NAME = "whoosh"
# In the grams field these terms' positions are where passages, sentences and headings begin; no gram begins with a
# line feed.
BEGINS: dict[Unit, str] = column_files.BEGINS


class _Places(fields.FieldType):
    """A field of terms with their positions, which the writer is handed ready made."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        self.scorable = False


class _Values(fields.FieldType):
    """A field of whole values: those a document has in a facet."""

    def __init__(self, *, unique: bool = False) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.unique = unique

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in value:
            yield utf8encode(term)[0], 1, 1.0, b""


_KINDS = {
    "id": lambda: _Values(unique=True),
    "words": _Places,
    "grams": _Places,
    "facet": _Values,
    "date": lambda: fields.COLUMN(columns.VarBytesColumn()),
    "length": lambda: fields.COLUMN(columns.NumericColumn("i")),
    "stored": lambda: fields.COLUMN(columns.VarBytesColumn()),  # as it is: to unpack it takes longer than to read it
}


def schema() -> fields.Schema:
    schema = fields.Schema(**{field.name: _KINDS[field.kind]() for field in FIELDS})
    for name in ("name", "near", "title", "cuts", "title_cuts"):
        schema.add(name, fields.COLUMN(columns.VarBytesColumn()))
    schema.add("terms", _Values())  # those of the lexicon that stand in title or body
    return schema
