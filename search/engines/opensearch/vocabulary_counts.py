"""What all documents of an index hold, and how many of them each: counted by the cluster, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from search.engines.opensearch.client import Cluster
from search.engines.opensearch.mapping import Json
from search.index.vocabulary import FILTERS, EntryKind

# Values of one page.
_PAGE = 10_000


def held(cluster: Cluster, index: str) -> dict[EntryKind, Counter[str]]:
    own: dict[EntryKind, str] = {"word": "vocabulary.word", "term": "vocabulary.term", "title": "vocabulary.title"}
    fields: dict[EntryKind, str] = {**own, **{kind: kind for kind in FILTERS}}
    return {kind: Counter(dict(_values(cluster, index, field))) for kind, field in fields.items()}


def _values(cluster: Cluster, index: str, field: str) -> Iterator[tuple[str, int]]:
    page: Json = {"size": _PAGE, "sources": [{"value": {"terms": {"field": field}}}]}
    while True:
        body = {"size": 0, "track_total_hits": False, "aggs": {"page": {"composite": page}}}
        (answer,) = cluster.searched(index, [body], patient=True)
        found = answer["aggregations"]["page"]
        yield from ((one["key"]["value"], one["doc_count"]) for one in found["buckets"])
        if "after_key" not in found:
            return
        page = {**page, "after": found["after_key"]}


def characters(cluster: Cluster, index: str) -> int:
    """Of all bodies together."""
    body = {"size": 0, "track_total_hits": False, "aggs": {"length": {"sum": {"field": "length"}}}}
    (answer,) = cluster.searched(index, [body], patient=True)
    return int(answer["aggregations"]["length"]["value"])
