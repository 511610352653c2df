"""What a collection makes of a word is suggested behind it: no list has all its longer terms."""

from __future__ import annotations

from conftest import document
from memory_engine import MemoryEngine

from search.suggestions.completions import suggest
from search.suggestions.compounds import compounds

DOCUMENTS = [
    document("甲", "健全养老服务体系。", "抓养老服务质量。"),
    document("乙", "养老服务体系，养老的事。"),
    document("丙", "完善养老服务体系建设。", "养老服务质量。"),
    document("丁", "养老服务，体系。"),
]


class Counted(MemoryEngine):
    asked = 0

    def find(self, *given, **named):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().find(*given, **named)


def test_longer_terms_are_suggested_by_the_documents_that_hold_them() -> None:
    found = {one.text: (one.kind, one.documents) for one in suggest(MemoryEngine(DOCUMENTS), "养老服务")}
    assert list(found)[:3] == ["养老服务", "养老服务体系", "养老服务质量"]
    assert found["养老服务体系"] == ("词语", 3)
    assert "养老服务体系建设" not in found  # one document only


def test_behind_other_words_they_have_no_count() -> None:
    found = {one.text: one.documents for one in suggest(MemoryEngine(DOCUMENTS), "质量 养老服务")}
    assert found["质量 养老服务体系"] is None


def test_a_function_word_or_a_sign_ends_a_term() -> None:
    assert not any("的" in term or "，" in term for term, _ in compounds(MemoryEngine(DOCUMENTS), "养老"))


def test_a_word_is_looked_for_once() -> None:
    engine = Counted(DOCUMENTS)
    first = compounds(engine, "养老服务")
    asked = engine.asked
    assert compounds(engine, "养老服务") == first
    assert engine.asked == asked > 0
