"""How clauses bind on every engine: exclusions, alternatives, places."""

from __future__ import annotations

from dataclasses import replace

from conftest import Publish, document
from contract import ALL, found

from search.documents.document import Document
from search.engines import Engine
from search.query.parsing import parse


def test_exclusion_is_literal_and_binds_in_brackets(publish: Publish) -> None:
    assert found(publish(*ALL), "福利彩票 -云南") == [("湖北.txt", "exact")]
    assert found(publish(*ALL), "(福彩 OR 银发经济) -“福利彩票”") == [("云南.txt", "exact")]


def test_same_sentence_and_same_passage(publish: Publish) -> None:
    sentence = document("同句", "享受低保、五保的比例为三成。")
    passage = document("同段", "提高低保标准。落实五保供养。")
    apart = document("不同段", "低保。", "五保。")
    engine = publish(sentence, passage, apart)
    assert found(engine, "同句:(低保 五保)") == [("同句", "exact")]
    assert {name for name, _ in found(engine, "同段:(低保 五保)")} == {"同句", "同段"}
    assert {name for name, _ in found(engine, "低保 五保 -同句:(低保 五保)")} == {"同段", "不同段"}


def test_what_is_asked_of_the_title_is_looked_for_there_alone(publish: Publish) -> None:
    engine = publish(document("题", "正文。", title="养老服务会议"), document("文", "养老服务。", title="会议"))
    assert found(engine, "标题:养老服务") == [("题", "exact")]
    assert found(engine, "会议 -标题:养老服务") == [("文", "exact")]


def test_alternatives_are_united(publish: Publish) -> None:
    assert {name for name, _ in found(publish(*ALL), "银发经济 或 困难群众")} == {"湖北.txt", "云南.txt"}


def _counted(engine: Engine, question: str) -> list[int]:
    return [match.occurrences for match in engine.find(parse(question), limit=10, offset=0).ranked]


def test_only_what_stands_in_the_sentence_asked_for_is_counted(publish: Publish) -> None:
    engine = publish(document("长", "低保要提标。低保要公示。", "孤儿要助学。低保和孤儿保障要衔接。低保要规范。"))
    assert _counted(engine, "同句:(低保 孤儿)") == [2]
    assert _counted(engine, "同段:(低保 孤儿)") == [4]
    assert _counted(engine, "低保 同句:(低保 孤儿)") == [5]
    assert _counted(engine, "同句:(低保 (孤儿 或 助学))") == [2]


def test_of_a_choice_only_what_fits_is_counted(publish: Publish) -> None:
    engine = publish(document("甲", "低保标准。", "孤儿助学。低保公示。"))
    assert _counted(engine, "(孤儿 殡葬) 或 低保") == [2]
    assert _counted(engine, "(孤儿 助学) 或 低保") == [4]
    assert _counted(engine, "同句:(低保 助学) 或 孤儿") == [1]


def test_the_outline_is_headings_and_what_names_an_item(publish: Publish) -> None:
    def made(name: str, *passages: tuple[str, tuple[str, ...], bool]) -> Document:
        plain = document(name, *(text for text, _, _ in passages), title="养老服务会议")
        placed = [
            replace(one, outline=outline, heading=heading)
            for one, (_, outline, heading) in zip(plain.passages, passages, strict=True)
        ]
        return replace(plain, passages=tuple(placed))

    heading = made("小标题", ("一、养老服务", (), True), ("开工了。", ("一、养老服务",), False))
    item = made("一项", ("一是抓养老服务。要提标。", ("一是",), False), ("二是抓落实。", ("二是",), False))
    inside = made(
        "正文", ("一是抓低保。养老服务也要抓。", ("一是",), False), ("会议强调，养老服务。", ("会议强调",), False)
    )
    topic = made(
        "题目",
        ("会议强调，要抓好落实。", ("会议强调",), False),
        ("养老服务工作，要提标。", ("会议强调", "养老服务工作"), False),
    )
    passing = made("途中", ("养老服务工作，要提标。", ("会议强调",), False))  # a sentence like it that is no place
    engine = publish(heading, item, inside, topic, passing)
    assert {name for name, _ in found(engine, "提纲:养老服务")} == {"小标题", "一项", "题目"}
    assert {name for name, _ in found(engine, "提纲:(养老 提标)")} == {"题目"}
    assert {name for name, _ in found(engine, "养老服务 -提纲:养老服务")} == {"正文", "途中"}
    assert {name for name, _ in found(engine, "提纲:(低保 或 落实)")} == {"一项", "正文"}
    assert _counted(engine, "提纲:养老服务") == [1, 1, 1]
