"""What a person may have meant, and that it is said; asked of the made-up sample corpus and of tiny indexes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Publish, document
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import pipeline
from search.__main__ import main
from search.engines import Engine, store_of
from search.query.clauses import Query
from search.query.parsing import parse
from search.results import page_as_json, search
from search.suggestions import slips
from search.suggestions.completions import suggest
from search.suggestions.corrections import Suggestion, search_or_correct

CORPUS = Path(__file__).parent.parent.parent / "corpus"


def other_writings(engine: Engine, query: Query) -> tuple[Suggestion, ...]:
    """What is offered beside the answer, or what was answered in place of the question."""
    return search_or_correct(engine, query, limit=1, offset=0).suggestions


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "index"
    pipeline.build([CORPUS], store_of("whoosh", folder))
    return folder


@pytest.fixture(scope="module")
def sample(index: Path) -> Engine:
    return store_of("whoosh", index).open()


WORDS = st.sampled_from(
    ["福利", "彩票", "养老", "服务", "低保", "殡葬", "改革", "怎么办理", "在哪里", "采票", "服物", "佬", "该", "火星"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=5).map("".join).filter(lambda typed: len(typed) <= 16))
def test_what_is_not_looked_for_could_not_have_been_cheaper(sample: Engine, typed: str) -> None:
    """A term covered by words, against all that is alike being looked for everywhere."""
    mended = slips._mended(sample.vocabulary(), typed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slips, "_LEAST_ALIKE", -100.0)
        assert slips._mended(sample.vocabulary(), typed) == mended


def test_of_a_question_in_known_words_nothing_alike_is_looked_for_inside(
    sample: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, alike = list[str](), slips._alike
    monkeypatch.setattr(slips, "_alike", lambda known, piece: [looked.append(piece), alike(known, piece)][1])
    assert slips._mended(sample.vocabulary(), "福利彩票养老服务") is None
    assert looked == []


# --- what was meant ------------------------------------------------------------------------------------

SLIPS = (
    # homophones out of an input method
    ("福利采票", "福利彩票"),
    ("养老服物", "养老服务"),
    ("社会就助", "社会救助"),
    ("特困供样", "特困供养"),
    ("殡藏", "殡葬"),
    ("殡葬该革", "殡葬改革"),
    ("婚烟登记", "婚姻登记"),
    ("结婚等级", "结婚登记"),
    ("流浪起讨", "流浪乞讨"),
    ("儿童福力", "儿童福利"),
    ("志原服务", "志愿服务"),
    ("慈善祖织", "慈善组织"),
    ("社会阻织", "社会组织"),
    ("敬佬院", "敬老院"),
    ("殡仪管", "殡仪馆"),
    ("临时救住", "临时救助"),
    ("困难群纵", "困难群众"),
    ("高令老人", "高龄老人"),
    ("低保标谁", "低保标准"),
    ("适老化改早", "适老化改造"),
    ("残疾人拖养", "残疾人托养"),
    ("移风意俗", "移风易俗"),
    ("生态安藏", "生态安葬"),
    ("救助官理站", "救助管理站"),
    ("留守而童", "留守儿童"),
    ("银法经济", "银发经济"),
    # sounds that are confused: in/ing, en/eng, z/zh, s/sh, c/ch, n/l
    ("民怎局", "民政局"),
    ("鸡层治理", "基层治理"),
    ("时间银杭", "时间银行"),
    ("集中共养", "集中供养"),
    ("殡葬改葛", "殡葬改革"),
    ("全面从严自党", "全面从严治党"),
    ("老宁化", "老龄化"),
    ("清敏节", "清明节"),
    # look-alikes
    ("末成年人", "未成年人"),
    ("困准群众", "困难群众"),
    ("因境儿童", "困境儿童"),
    ("流浪乞付", "流浪乞讨"),
    ("低收人家庭", "低收入家庭"),
    ("经营性公基", "经营性公墓"),
    # a character missing, one too many, two exchanged, one wrong
    ("未年成人", "未成年人"),
    ("残疾人证证", "残疾人证"),
    ("老年学大", "老年大学"),
    ("特困供养养", "特困供养"),
    ("志愿服服务", "志愿服务"),
    ("养老务服", "养老服务"),
    ("社救会助", "社会救助"),
    ("会社组织", "社会组织"),
    ("离婚登纪", "离婚登记"),
    ("慈善信拖", "慈善信托"),
    # one word of a longer term
    ("养老服物机构", "养老服务机构"),
    ("流浪起讨人员", "流浪乞讨人员"),
    # pinyin
    ("fulicaipiao", "福利彩票"),
    ("FuLi CaiPiao", "福利彩票"),
    ("fu li cai piao", "福利彩票"),
    ("fu'li'cai'piao", "福利彩票"),
    ("福利caipiao", "福利彩票"),
    ("dibao", "低保"),
    ("binzang", "殡葬"),
    ("minzheng", "民政"),
    ("minzhen", "民政"),
    ("yanglaofuwu", "养老服务"),
    ("yanglaofuwo", "养老服务"),
    ("yanlaofuwu", "养老服务"),
    ("sehuijiuzu", "社会救助"),
    ("shehuizuzhi", "社会组织"),
    ("hunyindengji", "婚姻登记"),
    ("jinglaoyuan", "敬老院"),
    ("liulangqitao", "流浪乞讨"),
    ("dibaobiaozhun", "低保标准"),
    ("quhuadiming", "区划地名"),
    ("chongqing", "重庆"),
    # initials
    ("flcp", "福利彩票"),
    ("FLCP", "福利彩票"),
    ("ylfw", "养老服务"),
    ("shjz", "社会救助"),
    ("hydj", "婚姻登记"),
)


def test_at_least_nine_of_ten_slips_are_put_right_at_once(sample: Engine) -> None:
    wrong = {}
    for typed, meant in SLIPS:
        found = search_or_correct(sample, parse(typed), limit=10, offset=0)
        shown = found.query.text if found.note else ""
        if shown != meant:
            wrong[typed] = (shown, [one.text for one in found.suggestions])
    assert len(wrong) <= len(SLIPS) // 10, wrong


@pytest.mark.parametrize(
    "typed",
    [
        "福利彩票",  # found
        "養老服務",  # found, being folded
        "蔺守田",  # a speaker
        "84.5亿元",
        "9999人",
        "火星移民",
        "量子计算",
        "hello world",
        "xyz",
        "欧阳某某",
        "“",
        "",
    ],
)
def test_what_is_found_or_cannot_be_found_is_left_as_it_is(sample: Engine, typed: str) -> None:
    found = search_or_correct(sample, parse(typed), limit=10, offset=0)
    assert (found.query, found.note, found.suggestions) == (parse(typed), "", ())


def test_real_words_and_names_are_offered_another_writing_but_not_given_it(publish: Publish) -> None:
    engine = publish(document("甲", "名单公示。", "公示三天。"), document("乙", "会上成立小组。"))
    for typed, other in (("公式", "公示"), ("程立", "成立")):
        found = search_or_correct(engine, parse(typed), limit=10, offset=0)
        assert (found.note, [one.text for one in found.suggestions]) == ("", [other])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("五保供氧", "五保供养"),  # words, but one homophone away from a term
        ("会社组织", "社会组织"),  # words, but two characters exchanged
        ("困准群众", "困难群众"),  # no words, a wrong character inside
        ("困难群重", "困难群众"),
        ("婚姻登记处", ""),  # a character added at the end makes another word
        ("县民政局", ""),
        ("民政科", ""),
        ("火星人", ""),
    ],
)
def test_only_what_is_a_slip_beyond_doubt_is_put_right_without_asking(publish: Publish, typed: str, shown: str) -> None:
    held = "五保供养、社会组织、困难群众、婚姻登记、婚姻登记员、市民政局、民政局"
    found = search_or_correct(publish(document("甲", held), document("乙", held)), parse(typed), limit=10, offset=0)
    assert (found.query.text if found.note else "") == shown


def test_a_quoted_term_is_meant_as_it_stands_and_only_offered_another(publish: Publish) -> None:
    engine = publish(document("甲", "发展养老服务。"))
    found = search_or_correct(engine, parse("“养老服物”"), limit=10, offset=0)
    assert (found.matches.documents, found.note) == (0, "")
    assert [one.text for one in found.suggestions] == ["“养老服务”"]


def test_a_correction_that_finds_nothing_is_never_offered(publish: Publish) -> None:
    engine = publish(document("甲", "发展养老服务。", region="湖北"), document("乙", "低保。", region="云南"))
    assert other_writings(engine, parse("养老服物 地区:云南")) == ()
    assert [one.text for one in other_writings(engine, parse("养老服物 地区:湖北"))] == ["养老服务"]
    assert other_writings(engine, parse("养老服物 低保")) == ()


def test_only_the_term_that_fails_is_replaced(publish: Publish) -> None:
    engine = publish(document("甲", "发展养老服务，培养人才。"))
    found = search_or_correct(engine, parse("养老服物 人才 -低保"), limit=10, offset=0)
    assert (found.query.text, found.matches.documents) == ("养老服务 人才 -低保", 1)


def test_a_rare_term_that_is_found_is_not_replaced_when_another_one_fails(publish: Publish) -> None:
    engine = publish(document("甲", "福里来讲话。"), document("乙", "发展养老服务和儿童福利。"))
    assert search_or_correct(engine, parse("福里 养老服物"), limit=10, offset=0).suggestions == ()


def test_letters_are_taken_for_initials_at_once_only_when_one_term_stands_out(publish: Publish) -> None:
    engine = publish(document("甲", "低保。"), document("乙", "志愿服务，职业服务。"), document("丙", "志愿服务。"))
    assert search_or_correct(engine, parse("zyfw"), limit=10, offset=0).query.text == "志愿服务"
    found = search_or_correct(engine, parse("db"), limit=10, offset=0)
    assert (found.note, [one.text for one in found.suggestions]) == ("", ["低保"])


def test_a_slip_in_a_document_is_found_and_the_usual_writing_offered(publish: Publish) -> None:
    engine = publish(document("错", "帮扶因难户。"), *(document(f"{n}", "帮扶困难户。") for n in range(30)))
    found = search_or_correct(engine, parse("因难户"), limit=10, offset=0)
    assert found.matches.ranked[0].kind == "exact"
    assert (found.note, [one.text for one in found.suggestions]) == ("", ["困难户"])


def test_a_name_that_is_found_is_never_doubted(publish: Publish) -> None:
    engine = publish(document("甲", "程立同志发言。"), *(document(f"{n}", "会议成立小组。") for n in range(60)))
    found = search_or_correct(engine, parse("程立"), limit=10, offset=0)
    assert (found.note, found.suggestions) == ("", ())


def test_another_person_whose_name_sounds_alike_is_only_offered(publish: Publish) -> None:
    engine = publish(document("甲", "闵稼轩讲话。", speakers=["闵稼轩"]))
    found = search_or_correct(engine, parse("闵家轩"), limit=10, offset=0)
    assert (found.note, [one.text for one in found.suggestions]) == ("", ["闵稼轩"])
    assert search_or_correct(engine, parse("minjiaxuan"), limit=10, offset=0).query.text == "闵稼轩"


def test_suggestions_carry_reason_documents_and_an_address_that_keeps_the_filters(publish: Publish) -> None:
    engine = publish(document("甲", "销售福利彩票。", region="湖北"), document("乙", "福利彩票。", region="云南"))
    assert other_writings(engine, parse("fulicaipiao 地区:湖北")) == (
        Suggestion("福利彩票", "pinyin", 1, "/search?q=%E7%A6%8F%E5%88%A9%E5%BD%A9%E7%A5%A8&region=%E6%B9%96%E5%8C%97"),
    )
    assert [(one.reason, one.documents) for one in other_writings(engine, parse("福利采票"))] == [("spelling", 2)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*"养老服物采票a é-()“”:'0１", "fuli", "flcp", "地区:", "或", "  "]), max_size=12).map(
        "".join
    )
)
def test_nothing_that_is_typed_is_an_error_and_what_is_shown_is_said(sample: Engine, typed: str) -> None:
    found = search_or_correct(sample, parse(typed), limit=3, offset=0)
    assert bool(found.note) == (found.query != parse(typed))
    assert all(one.documents for one in found.suggestions)
    assert len(suggest(sample, typed)) <= 8


# --- where it is said ----------------------------------------------------------------------------------


def test_the_page_says_that_it_answers_another_question(sample: Engine) -> None:
    asked, meant = search(sample, parse("fulicaipiao")), search(sample, parse("福利彩票"))
    assert asked.notes[0] == "没有找到“fulicaipiao”，以下是“福利彩票”的结果。"
    assert (asked.text, asked.read_as, asked.documents) == ("fulicaipiao", "含“福利彩票”", meant.documents)
    assert [hit.id for hit in asked.hits] == [hit.id for hit in meant.hits]
    assert [hit.url for hit in asked.hits] == [hit.url for hit in meant.hits]
    assert asked.suggestions[0].text == "福利彩票"


def test_the_json_says_so_too(sample: Engine) -> None:
    page = json.loads(json.dumps(page_as_json(search(sample, parse("福利采票")))))
    assert page["query"]["text"] == "福利采票"
    assert page["query"]["notes"][0] == "没有找到“福利采票”，以下是“福利彩票”的结果。"
    documents = page["total"]["documents"]
    assert page["suggestions"] == [{"text": "福利彩票", "reason": "spelling", "documents": documents}]


def test_every_page_and_order_answers_the_same_question(publish: Publish) -> None:
    engine = publish(*(document(f"第{n}篇", "养老服务。", date=f"20{n:02}") for n in range(10, 25)))
    for options in ({"page": 2}, {"sort": "newest"}, {"sort": "oldest", "page": 2}):
        asked = search(engine, parse("养老服物", **options))  # type: ignore[arg-type]
        meant = search(engine, parse("养老服务", **options))  # type: ignore[arg-type]
        assert asked.notes[0].startswith("没有找到")
        assert [hit.id for hit in asked.hits] == [hit.id for hit in meant.hits]


def test_what_else_is_looked_for_does_not_depend_on_the_order(publish: Publish) -> None:
    alike = (document(f"第{n}篇", "低保金发放。", date=f"20{n}") for n in range(10, 24))
    held = document("旧", "最低生活保障金发放。", date="2001"), document("号", "最低生活、保障金发放。", date="2005")
    engine = publish(*held, *alike)  # the one that has it as it was typed is the last of the second page
    pages = [search(engine, parse("最低生活保障金", sort=sort)) for sort in ("relevance", "newest", "oldest")]
    assert [list(page.tiers) for page in pages] == [["exact", "synonym"]] * 3


def test_the_command_line_and_its_batch_answer_what_was_meant(index: Path, tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["fulicaipiao", "--index", str(index)]).output
    assert said.startswith("没有找到“fulicaipiao”，以下是“福利彩票”的结果。")
    assert "您是不是要找" not in said
    asked, run = tmp_path / "asked.tsv", tmp_path / "run"
    asked.write_text("1\tfulicaipiao\n2\t福利彩票\n", encoding="utf-8")
    CliRunner().invoke(main, ["--batch", str(asked), "--run", str(run), "--index", str(index)])
    lines = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]
    pinyin_run, plain_run = ([line[2] for line in lines if line[0] == number] for number in "12")
    assert pinyin_run == plain_run != []


def test_a_list_is_looked_for_as_terms_where_it_stands_nowhere(publish: Publish) -> None:
    engine = publish(document("甲", "养老服务要加快。社会救助要规范。"), document("乙", "低保、特困要兜底。"))
    found = search_or_correct(engine, parse("养老服务，社会救助"), limit=10, offset=0)
    assert [match.kind for match in found.matches.ranked] == ["exact"]
    assert "已按几个词分别检索" in found.note
    assert search_or_correct(engine, parse("低保、特困"), limit=10, offset=0).note == ""
