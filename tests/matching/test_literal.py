"""The literal guarantee: every quoted substring of the corpus is found, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from conftest import stored

from bench.literal import check
from indexer import pipeline
from search.engines import store_of
from search.query.parsing import parse

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


def test_random_substrings_of_the_sample_corpus_are_found_and_counted_rightly(tmp_path: Path) -> None:
    pipeline.build([CORPUS], store_of("whoosh", tmp_path))
    engine = store_of("whoosh", tmp_path).open()
    ranked = engine.find(parse(""), limit=engine.documents, offset=0).ranked
    documents = [one for match in ranked if (one := stored(engine, match.id))]
    checked = check(engine, documents, count=1500, seed=7)
    assert (checked.asked, checked.wrong) == (1500, ())
