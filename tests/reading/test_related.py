"""What is alike, and what only uses the same formulas."""

from __future__ import annotations

from conftest import Publish, document

from search.engines import Engine, Stored
from search.reading.related import related

FORMULA = "以习近平新时代中国特色社会主义思想为指导，深刻领悟“两个确立”的决定性意义，坚决做到“两个维护”。"
PLACES = document("地名", FORMULA, "加强地名规范管理，深入实施乡村著名行动，提升行政区划设置的科学性。", "会议结束。")
ALIKE = document("也是地名", "会议开始。", "健全行政区划调整机制，开展乡村著名行动，规范地名管理。")
FORMULAS = document("只有套话", FORMULA, "推进殡葬改革，建设公益性公墓。")
OTHER = document("别的", "发放残疾人两项补贴。")


def opened(engine: Engine) -> Stored:
    return engine.fetch([PLACES.id])[PLACES.id]


def test_documents_of_the_same_subject_are_related_by_their_passage(publish: Publish) -> None:
    engine = publish(PLACES, ALIKE, FORMULAS, OTHER)
    (found,) = related(engine, opened(engine))
    assert (found.document.external_id, found.passage.number) == ("也是地名", 2)
    assert {"行政区划", "乡村著名行动"} <= set(found.words)


def test_formulas_alone_make_nothing_alike(publish: Publish) -> None:
    engine = publish(PLACES, FORMULAS, OTHER)
    assert related(engine, opened(engine)) == ()


def test_likeness_can_be_asked_of_one_passage(publish: Publish) -> None:
    engine = publish(PLACES, ALIKE, FORMULAS, OTHER)
    assert [one.document.external_id for one in related(engine, opened(engine), 2)] == ["也是地名"]
    assert related(engine, opened(engine), 3) == ()


def test_one_passage_leads_to_what_shares_its_terms_and_not_its_manner(publish: Publish) -> None:
    """The other document has a passage with three words as this one is written, and one with two terms it is about."""
    asked = document("甲", "要健全制度机制，深入推进管理工作，完善殡葬服务，办好公益性公墓，落实婚姻登记。", "散会。")
    other = document("乙", "健全制度机制，深入推进管理工作。", "殡葬服务要规范，公益性公墓要够用。")
    engine = publish(asked, other, *(document(f"{n}", f"第{n}次登记婚姻。") for n in range(20)))
    found = {one.document.external_id: one for one in related(engine, engine.fetch([asked.id])[asked.id], 1)}
    assert (found["乙"].passage.number, set(found["乙"].words)) == (2, {"殡葬服务", "公益性公墓"})
