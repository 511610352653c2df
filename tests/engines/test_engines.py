"""The contract of every engine, asked in Chinese through the front door; runs on each engine there is."""

from __future__ import annotations

import gc
import math
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Publish, changed, document, stored
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from search import text
from search.documents.document import Document, Evidence, Warning
from search.engines import Engine, store_of
from search.index.schema import LABELS
from search.matching.matches import Match, Matches, Tier
from search.query.parsing import parse


def ask(engine: Engine, question: str, limit: int = 50, offset: int = 0, **options: object) -> Matches:
    return engine.find(parse(question, **options), limit=limit, offset=offset)  # type: ignore[arg-type]


def found(engine: Engine, question: str, **options: object) -> list[tuple[str, str]]:
    """(name, kind) of each match in order."""
    matches = ask(engine, question, **options)
    return [(one.external_id, m.kind) for m in matches.ranked if (one := stored(engine, m.id))]


HUBEI = document(
    "湖北.txt",
    "会议指出，要以推进高品质普惠养老服务为重点。",
    ["三是推动银发经济发展。", "四是规范福利彩票销售，发展养老服务。"],
    title="湖北养老服务工作会议",
    date="2024-02-21",
    region="湖北",
    speakers=["甲某某"],
    genre="会议报道",
)
YUNNAN = document(
    "云南.txt",
    "市州福彩管理站主任参会。",
    "要做好困难群众救助。",
    title="云南会议",
    date="2023",
    region="云南",
    genre="会议报道",
)
UNDATED = document("不详.txt", "赡养老人是美德，服务群众是本分。", "养老，服务，都要抓。", title="讲话", genre="讲话稿")
ALL = (HUBEI, YUNNAN, UNDATED)


def test_a_term_is_found_literally_with_exact_totals(publish: Publish) -> None:
    matches = ask(publish(*ALL), "养老服务")
    assert (matches.documents, matches.occurrences) == (1, 2)


def test_a_synonym_is_found_after_the_term_itself(publish: Publish) -> None:
    assert found(publish(*ALL), "福利彩票") == [("湖北.txt", "exact"), ("云南.txt", "synonym")]


def test_synonyms_can_be_switched_off(publish: Publish) -> None:
    assert found(publish(*ALL), "福利彩票", synonyms=False) == [("湖北.txt", "exact")]


def test_a_word_inside_a_term_is_met_under_its_other_name(publish: Publish) -> None:
    engine = publish(document("全称", "管好福利彩票公益金。"), document("简称", "管好福彩公益金。"))
    assert found(engine, "福彩公益金") == [("简称", "exact"), ("全称", "synonym")]
    assert found(engine, "“福彩公益金”") == [("简称", "exact")]


def test_one_synonym_can_be_switched_off(publish: Publish) -> None:
    engine = publish(document("食堂", "办好幸福食堂。"), document("助餐", "增设助餐点。"))
    assert {name for name, _ in found(engine, "长者饭堂")} == {"食堂", "助餐"}
    assert found(engine, "长者饭堂", off=["幸福食堂"]) == [("助餐", "synonym")]


def test_the_reasons_and_the_best_passage_add_up_to_the_score(publish: Publish) -> None:
    (match,) = ask(publish(*ALL), "养老服务").ranked
    (reason,) = match.reasons
    assert (reason.term, reason.kind, reason.title, reason.body) == ("养老服务", "literal", 1, 2)
    assert match.best is not None
    assert (match.score, round(reason.rarity, 6)) == (
        reason.points + match.best.points,
        round(math.log(1 + 2.5 / 1.5), 6),
    )


def test_within_a_tier_the_passage_that_says_most_comes_first(publish: Publish) -> None:
    """As often in documents of one length, and all exact: once in each of two passages, or twice in one. What is equal
    stands in the order of the names, 分散 before 集中."""
    spread = document("分散", "会议研究养老服务工作。", "会议部署养老服务任务。")
    dense = document("集中", "会议研究了有关的工作。", "养老服务抓养老服务好。")
    assert found(publish(spread, dense), "养老服务") == [("集中", "exact"), ("分散", "exact")]


def test_within_a_tier_terms_of_one_sentence_come_before_terms_of_one_passage(publish: Publish) -> None:
    apart = document("两句", "会议研究殡葬改革。大家讨论婚姻登记。")
    near = document("同句", "会议研究了的工作。殡葬改革婚姻登记。")
    assert found(publish(apart, near), "殡葬 婚姻登记") == [("同句", "exact"), ("两句", "exact")]


def test_within_a_tier_terms_in_a_heading_come_before_the_same_in_running_text(publish: Publish) -> None:
    def with_heading(one: Document) -> Document:
        first, *rest = one.passages
        return replace(one, passages=(replace(first, heading=True), *rest))

    plain = document("正文", "一、发展养老服务", "抓好落实。")
    headed = with_heading(document("题目", "一、发展养老服务", "抓好落实。"))
    engine = publish(plain, headed)
    assert found(engine, "养老服务") == [("题目", "exact"), ("正文", "exact")]
    assert [(m.best.number, m.best.headed) for m in ask(engine, "养老服务").ranked if m.best] == [(1, 1), (1, 0)]


def test_a_quoted_term_has_no_synonyms(publish: Publish) -> None:
    assert found(publish(*ALL), "“福利彩票”") == [("湖北.txt", "exact")]


@pytest.mark.parametrize("quoted", ['"银发经济"', "“银发经济”", "「银发经济」", "『银发经济』"])
def test_every_kind_of_quotes_is_literal(publish: Publish, quoted: str) -> None:
    assert found(publish(*ALL), quoted) == [("湖北.txt", "exact")]


def test_a_quoted_string_is_found_across_passages_of_a_paragraph(publish: Publish) -> None:
    assert found(publish(*ALL), "“发展。四是规范福”") == [("湖北.txt", "exact")]


def test_a_string_is_not_found_across_paragraphs(publish: Publish) -> None:
    assert found(publish(document("甲", "第一段完。", "第二段始。")), "“完。第二”") == []


def test_a_single_character_is_found_even_at_the_end_of_a_paragraph(publish: Publish) -> None:
    engine = publish(document("甲", "来赣", "调研"), document("乙", "赣州"))
    assert ask(engine, "赣").occurrences == 2


def test_terms_in_one_passage_come_before_terms_in_several(publish: Publish) -> None:
    apart = document("分开", "殡葬改革。", "婚姻登记。")
    together = document("一起", "总述。", "推进殡葬改革和婚姻登记。")
    assert found(publish(apart, together), "殡葬 婚姻登记") == [("一起", "exact"), ("分开", "same_document")]


def test_a_term_in_the_title_alone_is_found_without_occurrences(publish: Publish) -> None:
    matches = ask(publish(document("甲", "正文。", title="区划地名工作")), "区划地名")
    assert (matches.documents, matches.occurrences) == (1, 0)


def test_words_of_a_term_apart_in_one_passage_are_found_last(publish: Publish) -> None:
    engine = publish(
        document("原词", "开展节日慰问。"), document("分散", "节日期间走访慰问。"), document("各段", "节日。", "慰问。")
    )
    assert found(engine, "节日慰问") == [("原词", "exact"), ("分散", "scattered")]


def test_a_word_is_not_met_across_two_others(publish: Publish) -> None:
    """民政 stands in 人民政府 by accident: not listed beside real hits, but counted; alone it is listed as such."""
    across, word = document("人民政府", "省人民政府印发通知。"), document("民政", "做好民政工作，依靠人民政府。")
    engine = publish(across, word)
    assert found(engine, "民政") == [("民政", "exact")]
    assert (ask(engine, "民政").occurrences, ask(engine, "民政").left_out) == (1, 1)
    assert {name for name, _ in found(engine, "“民政”")} == {"人民政府", "民政"}
    assert found(publish(across), "民政") == [("人民政府", "cross_word")]


def test_a_known_slip_in_a_document_is_found_last_and_said_so(publish: Publish) -> None:
    engine = publish(document("对", "关心困难群众。"), document("错", "关心因难群众。"))
    assert found(engine, "困难群众") == [("对", "exact"), ("错", "suspected_typo")]


def test_a_question_in_everyday_words_is_met_in_part(publish: Publish) -> None:
    engine = publish(
        document("办法", "申请低保应当向户籍所在地提出。", "办理时限为三十日。"),
        document("标准", "农村低保每人每年4020元。"),
        document("别的", "婚姻登记实行跨省通办。"),
    )
    assert found(engine, "农村低保每年发多少钱") == [("标准", "partial")]


def test_who_asks_how_much_gets_the_passage_with_a_figure_first(publish: Publish) -> None:
    engine = publish(
        document("无数", "高龄津贴由县级民政部门发放。"), document("有数", "高龄津贴为每月100元，按月发放。")
    )
    assert [name for name, _ in found(engine, "高龄津贴是多少")] == ["有数", "无数"]


def test_a_phrase_that_is_found_stays_a_phrase(publish: Publish) -> None:
    engine = publish(document("原词", "开展冬季巡访慰问活动。"), document("部分", "活动丰富。", "冬季寒冷，注意慰问。"))
    assert found(engine, "冬季巡访慰问") == [("原词", "exact")]


def test_keywords_must_nearly_all_be_there(publish: Publish) -> None:
    engine = publish(
        document("三", "殡葬、婚姻登记和地名都有。"), document("二", "殡葬和婚姻登记。"), document("一", "殡葬。")
    )
    assert found(engine, "殡葬 婚姻登记 地名") == [("三", "exact"), ("二", "partial")]
    assert found(engine, "殡葬 火星") == []


def test_of_two_keywords_one_is_listed_only_where_it_tells(publish: Publish) -> None:
    """殡葬 stands in three of twelve documents, more than a fifth; 祭扫 in two."""
    others = [document(f"其{n}", "调研工作。") for n in "一二三四五六七八"]
    common = [document(f"常{n}", "殡葬改革。") for n in "一二"]
    engine = publish(document("都有", "殡葬和祭扫。"), document("少见", "祭扫。"), *common, *others)
    assert found(engine, "殡葬 祭扫") == [("都有", "exact"), ("少见", "partial")]


def test_with_few_answers_to_a_phrase_documents_with_its_words_fill_the_page(publish: Publish) -> None:
    """消防安全 is one word of the lexicon; the words stand in different passages, and two of twenty-two have 消防."""
    others = [document(f"其他{n:02}", "安全工作。") for n in range(20)]
    engine = publish(document("原话", "抓好消防安全。"), document("分开", "消防验收。", "安全第一。"), *others)
    assert found(engine, "消防安全") == [("原话", "exact"), ("分开", "partial")]
    assert found(engine, "“消防安全”") == [("原话", "exact")]


def test_documents_with_one_of_two_keywords_fill_a_page_and_no_more(publish: Publish) -> None:
    others = [document(f"其他{n:02}", "调研工作。") for n in range(60)]
    single = [document(f"单词{n:02}", "祭扫。") for n in range(12)]
    engine = publish(document("都有", "殡葬祭扫。"), *single, *others)
    matches = ask(engine, "殡葬 祭扫")
    assert (matches.documents, [m.kind for m in matches.ranked]) == (10, ["exact", *["partial"] * 9])


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


@pytest.mark.parametrize("typed", ["養老服務", "养老服务　", "  养老服务", "養老服务"])
def test_script_and_blanks_do_not_matter(publish: Publish, typed: str) -> None:
    assert ask(publish(*ALL), typed).occurrences == 2


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("二〇二四年春节团拜会", "2024年春节团拜会"),
        ("2024年春节团拜会", "二〇二四年春节团拜会"),
        ("２０２４年春节", "2024年春节"),
        ("公墓（骨灰堂）建设", "公墓(骨灰堂)"),
        ("公墓(骨灰堂)建设", "公墓（骨灰堂）"),
        ("⺠政工作", "民政工作"),
        ("建立台帐制度", "台账制度"),
        ("发放84.5亿元", "84.5亿元"),
        ("PM2.5治理", "pm2.5"),
    ],
)
def test_the_same_thing_in_another_writing_is_found(publish: Publish, stands: str, typed: str) -> None:
    assert found(publish(document("甲", f"关于{stands}。"), document("乙", "别的。")), typed) == [("甲", "exact")]


def test_filters_narrow_and_facets_count_under_the_other_filters(publish: Publish) -> None:
    matches = ask(publish(*ALL), "", filters=[("genre", "会议报道"), ("region", "湖北")])
    assert matches.documents == 1
    assert matches.facets == {
        "region": (("云南", 1), ("湖北", 1)),
        "year": (("2024", 1),),
        "speaker": (("甲某某", 1),),
        "genre": (("会议报道", 1),),
        "level": (),
        "line": (("养老服务", 1), ("福利彩票", 1), ("老龄工作", 1)),
        "source": (),
        "quality": (("无存疑", 1),),
    }


def test_line_source_and_quality_narrow_like_the_other_facts(publish: Publish) -> None:
    doubtful = (
        Warning("year_contradiction", "年份存疑"),
        Warning("truncated", "文末截断"),
        Warning("truncated", "又一处"),
    )
    engine = publish(
        changed(HUBEI, source=Evidence("据湖北省民政厅"), warnings=doubtful),
        changed(YUNNAN, source=Evidence("湖北省民政厅")),
        UNDATED,
    )
    both = ask(engine, "", filters=[("source", "湖北省民政厅")])
    assert both.documents == 2
    assert (both.facets["source"], both.facets["quality"]) == (
        (("湖北省民政厅", 2),),
        (("年份存疑", 1), ("文末截断", 1), ("无存疑", 1)),
    )
    assert both.facets["line"] == (("福利彩票", 2), ("养老服务", 1), ("老龄工作", 1))
    narrowed = ask(engine, "", filters=[("source", "湖北省民政厅"), ("quality", "无存疑"), ("line", "福利彩票")])
    assert (narrowed.documents, narrowed.ranked[0].id) == (1, YUNNAN.id)
    assert narrowed.facets["quality"] == (("年份存疑", 1), ("文末截断", 1), ("无存疑", 1))


def test_the_wording_that_documents_have_with_other_signs_is_a_kind_of_its_own(publish: Publish) -> None:
    engine = publish(
        document("甲", "三清、三建，三清、三建。", title="三清、三建"),
        document("乙", "三清三建。"),
        document("丙", "三清。三建。"),
    )
    query = replace(parse("三清三建"), signs=("三清、三建",))
    found = engine.find(query, limit=10, offset=0)
    assert [(match.kind, match.occurrences) for match in found.ranked][:2] == [("exact", 1), ("punctuation", 2)]
    assert found.tiers["punctuation"] == Tier(1, 2)
    assert sum(tier.documents for tier in found.tiers.values()) == found.documents


def test_by_time_scraps_stand_behind_what_was_found(publish: Publish) -> None:
    engine = publish(
        document("甲", "要抓好困难群众临时救助备用金。", date="2020"),
        document("乙", "困难群众的临时救助。", date="2024"),
        document("丙", "困难群众临时救助备用金到位。", date="2018"),
        *(document(f"其他{number}", "别的事。") for number in range(20)),
    )
    for sort, dates in (("newest", ["2020", "2018"]), ("oldest", ["2018", "2020"])):
        ranked = ask(engine, "困难群众临时救助备用金", sort=sort).ranked
        assert [str(stored(engine, match.id).metadata.date.value) for match in ranked][:2] == dates
        assert [match.kind for match in ranked][2:] == ["partial"]


def test_several_values_of_one_filter_are_alternatives(publish: Publish) -> None:
    assert ask(publish(*ALL), "", filters=[("region", "湖北"), ("region", "云南")]).documents == 2


def test_a_value_that_is_excluded_leaves_its_documents_out(publish: Publish) -> None:
    engine = publish(*ALL)
    without = ask(engine, "", filters=[("-region", "湖北")])
    assert {match.id for match in without.ranked} == {YUNNAN.id, UNDATED.id}
    assert without.facets["region"] == (("云南", 1),)
    assert ask(engine, "", filters=[("-region", "湖北"), ("-region", "云南")]).documents == 1
    assert ask(engine, "", filters=[("region", "云南"), ("-region", "云南")]).documents == 0


@pytest.mark.parametrize(
    ("field", "value", "ids"),
    [
        ("year", "2023..2025", "甲乙丙"),
        ("date", "2024-02..2024", "甲"),
        ("date", "2024-02", "甲"),
        ("date", "2024..2024-06", "甲"),  # of 2024 alone nobody knows that it was before July
        ("date", "2024", "甲乙"),
        ("-date", "2024", "丙丁"),
        ("date", "2024-02-21", "甲"),
        ("date", "2024-02-2", ""),
    ],
)
def test_a_range_of_time_holds_the_dates_that_lie_in_it_whole(
    publish: Publish, field: str, value: str, ids: str
) -> None:
    engine = publish(
        document("甲", "字。", date="2024-02-21"),
        document("乙", "字。", date="2024"),
        document("丙", "字。", date="2023-12"),
        document("丁", "字。"),
    )
    matches = ask(engine, "字", filters=[(field, value)])
    assert {match.id for match in matches.ranked} == {document(one, "字。").id for one in ids}


def test_an_unknown_filter_value_finds_nothing(publish: Publish) -> None:
    assert ask(publish(*ALL), "养老", filters=[("region", "火星")]).documents == 0


@pytest.mark.parametrize(
    ("sort", "names"),
    [("newest", ["湖北.txt", "云南.txt", "不详.txt"]), ("oldest", ["云南.txt", "湖北.txt", "不详.txt"])],
)
def test_the_undated_come_last_in_both_directions(publish: Publish, sort: str, names: list[str]) -> None:
    assert [name for name, _ in found(publish(*ALL), "", sort=sort)] == names


def test_pages_together_hold_every_document_once(publish: Publish) -> None:
    engine = publish(*(document(f"第{n}篇", "养老服务。" * (n % 4 + 1)) for n in range(23)))
    pages = [m.id for start in range(0, 30, 10) for m in ask(engine, "养老服务", limit=10, offset=start).ranked]
    assert sorted(pages) == sorted(m.id for m in ask(engine, "养老服务").ranked)
    assert len(set(pages)) == 23


def test_near_duplicates_are_counted_and_folded_behind_the_best(publish: Publish) -> None:
    first, second, other = (
        document("一", "养老服务。养老服务。"),
        document("二", "养老服务。"),
        document("三", "养老服务工作。"),
    )
    group = (first.id, second.id)
    engine = publish(replace(first, near=group), replace(second, near=group), other)
    matches = ask(engine, "养老服务")
    assert (matches.documents, matches.folded, len(matches.ranked)) == (3, 1, 2)
    assert {m.id for m in matches.ranked} == {first.id, other.id}
    assert ask(engine, "养老服务", limit=1, offset=1).ranked == matches.ranked[1:]


def test_a_document_comes_back_as_it_went_in(publish: Publish) -> None:
    assert stored(publish(*ALL), HUBEI.id) == HUBEI
    assert publish(*ALL).fetch(["没有的"]) == {}


def test_where_words_begin_and_end_comes_back_with_a_document(publish: Publish) -> None:
    one = document("甲", "省人民政府。", "民政。", title="人民")
    title, body = publish(one, HUBEI).fetch([one.id])[one.id].edges
    assert [text.is_whole(body, at, at) for at in range(11)] == [
        True,
        True,
        False,
        True,
        False,
        *[True] * 3,
        False,
        True,
        True,
    ]
    assert [text.is_whole(title, at, at) for at in range(3)] == [True, False, True]


def test_an_empty_index_answers(publish: Publish) -> None:
    assert ask(publish(), "养老服务") == Matches(0, 0, (), {field: () for field in LABELS})


# --- files -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not list open files")
@pytest.mark.parametrize("name", ["whoosh", "whoosh-plain"])
def test_open_files_grow_neither_with_threads_nor_with_indexes(tmp_path: Path, name: str) -> None:
    """waitress cannot serve once a file has a number above 1,024."""

    def asked(number: int) -> int:
        folder = tmp_path / str(number)
        with store_of(name, folder).writer(fresh=True) as writer:
            writer.add(HUBEI)
            writer.publish({})
        for _ in range(5):
            thread = threading.Thread(
                target=lambda: (
                    store_of(name, folder).open().fetch([ask(store_of(name, folder).open(), "养老").ranked[0].id])
                )
            )
            thread.start()
            thread.join()
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir()))

    counts = [asked(number) for number in range(12)]
    assert max(counts[6:]) <= counts[5] + 5


# --- both engines give one answer ----------------------------------------------------------------------

CHARS = "民政养老服务福利彩票工作低保经济，。"
texts = st.text(alphabet=CHARS, min_size=1, max_size=30)
paragraphs = st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=3)
corpora = st.lists(
    st.tuples(paragraphs, texts, st.sampled_from([None, "2023", "2024-02", "2024-02-18"]), st.sampled_from("湘鄂")),
    min_size=1,
    max_size=6,
)
terms = st.text(alphabet=CHARS[:-2], min_size=1, max_size=5)
questions = st.lists(
    st.one_of(
        terms,
        terms.map(lambda t: f"“{t}”"),
        terms.map(lambda t: f"-{t}"),
        st.sampled_from(["或", "(", ")", "同句:(", "同段:(", "标题:"]),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora, st.lists(questions, min_size=1, max_size=8), st.sampled_from(["relevance", "newest", "oldest"]))
def test_whoosh_and_memory_agree(
    tmp_path_factory: pytest.TempPathFactory, corpus: list[tuple], asked: list[str], sort: str
) -> None:
    documents = [
        document(f"{n}", *body, title=title, date=date, region=region)
        for n, (body, title, date, region) in enumerate(corpus)
    ]
    folder = tmp_path_factory.mktemp("index")
    with store_of("whoosh", folder).writer(fresh=True) as writer:
        for one in documents:
            writer.add(one)
        writer.publish({})
    columns, whoosh, memory = (
        store_of("whoosh", folder).open(),
        store_of("whoosh-plain", folder).open(),
        MemoryEngine(documents),
    )
    for question in asked:
        for filters in ([], [("region", "湘")], [("-region", "湘")], [("date", "2022-06..2024"), ("-year", "2023")]):
            expected = ask(memory, question, sort=sort, filters=filters)
            got = ask(whoosh, question, sort=sort, filters=filters)
            assert _rounded(got) == _rounded(expected), question
            assert ask(columns, question, sort=sort, filters=filters) == got, question


def _rounded(matches: Matches) -> object:
    ranked = [
        (
            m.id,
            m.kind,
            round(m.score, 6),
            m.occurrences,
            [(r.term, r.kind, r.title, r.body) for r in m.reasons],
            _said(m),
        )
        for m in matches.ranked
    ]
    return matches.documents, matches.occurrences, ranked, matches.facets


def _said(match: Match) -> object:
    best = match.best
    return best and (best.number, best.held, best.near, best.headed, round(best.points, 6))


@pytest.mark.parametrize(
    ("typed", "passage", "kind"),
    [
        ("20次", "全年检查120次。", "cross_word"),
        ("20次", "全年检查20次。", "exact"),
        ("2万元", "共补助15.2万元。", "cross_word"),
        ("234元", "共补助1,234元。", "scattered"),
        ("100元以上", "每月2100元以上。", "cross_word"),
        ("it", "发行REITs产品。", "cross_word"),
        ("3.6亿", "投入3.6亿元。", "exact"),
        ("2024", "印发时间2024.2.21。", "exact"),
        ("全省养老服务工作会", "召开全省养老服务工作会议。", "exact"),
        ("民政", "省人民政府印发。", "cross_word"),
    ],
)
def test_a_figure_is_a_word_and_a_long_string_is_found_wherever_it_is_cut(
    publish: Publish, typed: str, passage: str, kind: str
) -> None:
    matches = ask(publish(document("甲", passage)), typed)
    assert [match.kind for match in matches.ranked] == [kind]
