"""What the cluster keeps of a document for scoring is read as it was written."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import document

from search.index.analysis import analysed

pytest.importorskip("opensearchpy", reason="没有装 opensearch-py（requirements-opensearch.txt）")

from search.engines.opensearch.candidates import Candidate, CandidatePostings
from search.engines.opensearch.mapping import written

BODIES = [
    ["养老服务“提质”，𠮷林。", "第二段说的是低保。"],
    ["有半个字 \ud842 的一段。", "还有一段。"],
    [""],
    ["\x00", "\u2028"],
]


@pytest.mark.parametrize("paragraphs", BODIES)
def test_a_candidate_is_what_was_analysed(paragraphs: list[str]) -> None:
    one = document("a", *paragraphs, title="养老 \U00020bb7")
    analysis = analysed(one)
    sent = written(one, analysis)
    # The cluster gives doc values without the padding of base64.
    fields = {name: [sent[name].rstrip("=")] for name in ("candidate", "candidate_words")}
    read = Candidate({"id": [one.id], **fields})
    assert (read.folded(title=True), read.folded(title=False)) == (analysis.title_grams.text, analysis.grams.text)
    assert (read.cuts(title=True), read.cuts(title=False)) == (analysis.title_cuts, analysis.cuts)
    units = (analysis.passages, analysis.sentences, analysis.headings, analysis.items)
    found = [[*read.begins(unit)] for unit in ("passage", "sentence", "heading", "item")]
    assert found == [[*one] for one in units]
    assert CandidatePostings([read]).length(0) == len(analysis.grams.text)
    for number, words in analysis.passage_words():
        assert {word: read.passages_with(word)[number] for word in words} == Counter(words)
