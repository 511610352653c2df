"""A page of results as the contract's JSON object."""

from __future__ import annotations

from dataclasses import asdict

from search.results.values import Hit, ResultPage


def page_as_json(page: ResultPage) -> dict[str, object]:
    """The contract's object for /api/search and `python -m search --json`."""
    return {
        "query": {
            "text": page.text,
            "read_as": page.read_as,
            "notes": list(page.notes),
            "expansions": [{"term": one.term, "synonyms": list(one.synonyms)} for one in page.expansions],
        },
        "total": {
            "documents": page.documents,
            "occurrences": page.occurrences,
            "exact": True,
            "tiers": {kind: asdict(tier) for kind, tier in page.tiers.items()},
        },
        "page": page.page,
        "pages": page.pages,
        "sort": page.sort,
        "way": page.way or None,
        "took_ms": page.took_ms,
        "generation": page.generation,
        "hits": [_hit_as_json(hit) for hit in page.hits],
        "facets": {
            facet.field: [
                {"value": v.value, "count": v.count, "selected": v.selected, "url": v.url} for v in facet.values
            ]
            for facet in page.facets
        },
        "suggestions": [{"text": s.text, "reason": s.reason, "documents": s.documents} for s in page.suggestions],
    }


def _hit_as_json(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "external_id": hit.external_id,
        "title": hit.title,
        "title_marks": [list(span) for span in hit.title_marks],
        "url": hit.url,
        "date": hit.date,
        "date_precision": hit.date_precision,
        "region": hit.region,
        "issuer": hit.issuer,
        "document_number": hit.document_number,
        "speakers": list(hit.speakers),
        "genre": hit.genre,
        "format": hit.format_label or None,
        "warnings": [warning.code for warning in hit.warnings],
        "score": hit.score,
        "match": hit.match,
        "match_label": hit.match_label,
        "why": list(hit.why),
        "occurrences": hit.occurrences,
        "near_duplicates": hit.near_duplicates,
        "passages": [
            {
                "number": snippet.number,
                "paragraph": snippet.paragraph,
                "url": snippet.url,
                "outline": list(snippet.outline),
                "text": snippet.text,
                "marks": [list(span) for span in snippet.marks],
                "cited": snippet.cited,
            }
            for snippet in (*hit.passages, *hit.more)
        ],
    }
