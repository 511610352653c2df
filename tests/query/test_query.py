"""What is typed and what it means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QueryError
from search.query.addresses import arguments, narrowed_addresses, search_address
from search.query.clauses import AllOf, AnyOf, Clause, Filter, InTitle, Near, Term, Without, positive_terms
from search.query.filters import PARAMETERS, filter_of
from search.query.parsing import MAX_CLAUSES, listed, parse
from search.query.read_back import in_words


def term(text: str, shown: str = "", *, quoted: bool = False) -> Term:
    from search.text import fold

    return Term(fold(text), shown or text, quoted)


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("养老服务", term("养老服务")),
        ("殡葬 婚姻登记", AllOf((term("殡葬"), term("婚姻登记")))),
        ("殡葬　婚姻登记", AllOf((term("殡葬"), term("婚姻登记")))),
        ("殡葬 AND 婚姻登记", AllOf((term("殡葬"), term("婚姻登记")))),
        ("“银发经济”", term("银发经济", quoted=True)),
        ('"具体化、项目化"', term("具体化、项目化", quoted=True)),
        ("“银发经济", term("银发经济", quoted=True)),
        ('低保"银发经济"', AllOf((term("低保"), term("银发经济", quoted=True)))),
        ("落实“第一议题”制度", term("落实“第一议题”制度")),
        ("福利彩票 -云南", AllOf((term("福利彩票"), Without(term("云南"))))),
        ("福利彩票 －云南", AllOf((term("福利彩票"), Without(term("云南"))))),
        ("福利彩票 不含 云南", AllOf((term("福利彩票"), Without(term("云南"))))),
        ("福利彩票 不含云南", AllOf((term("福利彩票"), Without(term("云南"))))),
        ("福彩 或 彩票", AnyOf((term("福彩"), term("彩票")))),
        ("福彩 OR 彩票 | 公益金", AnyOf((term("福彩"), term("彩票"), term("公益金")))),
        (
            "(福彩 OR 阳光慈善) -福利彩票",
            AllOf((AnyOf((term("福彩"), term("阳光慈善"))), Without(term("福利彩票")))),
        ),
        ("（福彩 或 彩票） 销售", AllOf((AnyOf((term("福彩"), term("彩票"))), term("销售")))),
        ("公墓(骨灰堂)", term("公墓(骨灰堂)")),
        ("公墓（骨灰堂）", term("公墓（骨灰堂）")),
        ("有为政府+有效市场", term("有为政府+有效市场")),
        ("《意见》", term("意见")),
        ("94.6%", term("94.6%")),
        ("养老服务。", term("养老服务")),
        ("作者:张三", term("作者:张三")),
        ("养老 养老", term("养老")),
        ("<script>", term("script")),
        ("同句:(低保 五保)", Near(AllOf((term("低保"), term("五保"))), "sentence")),
        (
            "同段：（低保 五保） -云南",
            AllOf((Near(AllOf((term("低保"), term("五保"))), "passage"), Without(term("云南")))),
        ),
        ("标题:养老服务 体系", AllOf((InTitle(term("养老服务")), term("体系")))),
        ("提纲：养老服务 体系", AllOf((Near(term("养老服务"), "item"), term("体系")))),
        ("标题:“养老”", InTitle(term("养老", quoted=True))),
        ("-标题:会议 养老", AllOf((Without(InTitle(term("会议"))), term("养老")))),
        ("title:养老", InTitle(term("养老"))),
        ("同句： (低保 五保)", Near(AllOf((term("低保"), term("五保"))), "sentence")),
        ("福彩 or 彩票", AnyOf((term("福彩"), term("彩票")))),
        ("福彩 --云南", AllOf((term("福彩"), Without(term("云南"))))),
        ("福彩 – 云南", AllOf((term("福彩"), Without(term("云南"))))),
        ("福彩 —云南", AllOf((term("福彩"), Without(term("云南"))))),
        ("福彩 不包含云南、贵州", AllOf((term("福彩"), Without(term("云南")), Without(term("贵州"))))),
        ("福彩 不含“云 南”", AllOf((term("福彩"), Without(term("云 南", quoted=True))))),
        ("福彩 不含糊", AllOf((term("福彩"), term("不含糊")))),
        ("《“养老”》", term("养老")),
        ("（二）租赁期限", term("(二)租赁期限", "（二）租赁期限")),
        ("租赁）管理", term("租赁)管理", "租赁）管理")),
        ("(低保 养老）管理", AllOf((AllOf((term("低保"), term("养老"))), term("管理")))),
        ("低保 (3)租赁", AllOf((term("低保"), term("(3)租赁")))),
        ("(低保) 养老", AllOf((term("低保"), term("养老")))),
    ],
)
def test_the_grammar(typed: str, clause: Clause) -> None:
    assert parse(typed).clause == clause


@pytest.mark.parametrize(
    ("typed", "filters", "text"),
    [
        ("养老服务 地区:湖北", (Filter("region", "湖北"),), "养老服务"),
        ("地区：湖北省 年份:2024年 养老服务", (Filter("region", "湖北"), Filter("year", "2024")), "养老服务"),
        ("地区:内蒙古自治区", (Filter("region", "内蒙古"),), ""),
        ("地区:广东/某某市", (Filter("region", "广东/某某市"),), ""),  # of a document, and in no table
        ("地区:鄂 养老服务", (Filter("region", "湖北"),), "养老服务"),
        ("地区:内蒙 地区:荆楚", (Filter("region", "内蒙古"), Filter("region", "湖北")), ""),
        ("地区:粵", (Filter("region", "广东"),), ""),
        ("地区:羊城", (Filter("region", "广东/广州"),), ""),
        ("讲话人:鄂", (Filter("speaker", "鄂"),), ""),
        ("地区:不含湖北 低保", (Filter("region", "湖北", excluded=True),), "低保"),
        ("年份: NOT 2024 低保", (Filter("year", "2024", excluded=True),), "低保"),
        ("年份:二〇二四", (Filter("year", "2024"),), ""),
        ('讲话人:"某 某" 低保', (Filter("speaker", "某 某"),), "低保"),
        ("region:湖北", (Filter("region", "湖北"),), ""),
        ("质量:无存疑 业务条线:养老服务", (Filter("quality", "无存疑"), Filter("line", "养老服务")), ""),
        ("低保 来源：据湖北省民政厅消息", (Filter("source", "湖北省民政厅"),), "低保"),
        ('来源:"民政部  官网"', (Filter("source", "民政部 官网"),), ""),
    ],
)
def test_filters_typed_into_the_box(typed: str, filters: tuple[Filter, ...], text: str) -> None:
    query = parse(typed)
    assert (query.filters, query.text) == (filters, text)


@pytest.mark.parametrize(
    ("typed", "filters", "text"),
    [
        ("养老 -地区:湖北 低保", (Filter("region", "湖北", excluded=True),), "养老 低保"),
        ("养老 不含 地区:湖北", (Filter("region", "湖北", excluded=True),), "养老"),
        ("养老 地区:-湖北", (Filter("region", "湖北", excluded=True),), "养老"),
        ("(地区:湖北 养老)", (Filter("region", "湖北"),), "( 养老)"),
        ("养老 *地区:湖北", (Filter("region", "湖北"),), "养老"),
        ("养老 地区: 湖北", (Filter("region", "湖北"),), "养老"),
        ("养老 地区:湖北、云南省", (Filter("region", "湖北"), Filter("region", "云南")), "养老"),
        ("讲话人:“甲、乙”", (Filter("speaker", "甲、乙"),), ""),
        ("养老 年份:2022-2024", (Filter("year", "2022..2024"),), "养老"),
        ("年份:2024年至2022年", (Filter("year", "2022..2024"),), ""),
        ("年份:二〇二二到二〇二四", (Filter("year", "2022..2024"),), ""),
        ("日期:2024-01..2024-03", (Filter("date", "2024-01..2024-03"),), ""),
        ("日期:2024年1月—2024年3月5日", (Filter("date", "2024-01..2024-03-05"),), ""),
        ("日期:2024.2.21", (Filter("date", "2024-02-21"),), ""),
    ],
)
def test_filters_are_excluded_listed_and_ranges(typed: str, filters: tuple[Filter, ...], text: str) -> None:
    query = parse(typed)
    assert (query.filters, query.text, query.notes) == (filters, text, ())
    assert parse(query.text, filters=[(one.parameter, one.value) for one in query.filters]).filters == filters


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("今年", "2026"),
        ("去年", "2025"),
        ("近三年", "2024..2026"),
        ("最近10年", "2017..2026"),
        ("2020年以来", "2020..2026"),
    ],
)
def test_years_are_counted_from_today(typed: str, value: str) -> None:
    assert filter_of("year", typed, today=date(2026, 5, 1)) == Filter("year", value)
    assert filter_of("year", typed, today=date(2026, 5, 1)).typed == typed


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("养老 作者:张三", "“作者”不是筛选项"),
        ("养老 除了云南", "“除了”没有当作“不含”"),
        ("养老 除云南以外", "要排除一个词，请写成：-云南。"),
        ("养老 不要云南", "“不要”没有当作“不含”；要排除一个词，请写成：-云南。"),
        ("养老 排除云南", "“排除”没有当作“不含”"),
        ("除了云南以外的养老服务", "“除了云南以外”没有当作“不含”；要排除一个词，请写成：养老服务 -云南。"),
        ("养老 ——云南", "破折号没有当作“不含”"),
        ("(养老 地区:湖北) 或 低保", "筛选条件管整个检索"),
        ("低保 -(养老 地区:湖北)", "“湖北”未使用"),
        ("标题:地区:湖北 养老", "对它没有作用"),
        ("养老 不含", "后面没有要排除的词"),
        ("养老 地区:", "“地区:”后面没有写什么，“地区”按原文的字检索。"),
        ("标题：", "“标题：”后面没有写什么，“标题”按原文的字检索。"),
        ("((((", "输入里没有可检索的文字。"),
    ],
)
def test_a_sign_that_is_not_used_is_said(typed: str, note: str) -> None:
    assert note in "".join(parse(typed).notes)


@pytest.mark.parametrize(
    "typed", ["不要形式主义", "除外责任", "除国内外因素", "养老 “不要云南”", "“除了云南以外的养老服务”"]
)
def test_words_that_exclude_nothing_need_no_note(typed: str) -> None:
    assert not parse(typed).notes


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("84.5 亿元", "84.5亿元"),
        ("第 3 次", "第3次"),
        ("李　丽", "李丽"),
        ("养 老 服 务", "养老服务"),
        ("２０２４ 年全市会议", "2024年全市会议"),
    ],
)
def test_a_blank_inside_what_is_one_belongs_to_it(typed: str, text: str) -> None:
    clause = parse(typed).clause
    assert isinstance(clause, Term)
    assert (clause.text, clause.shown) == (text, typed)


def test_other_blanks_part_terms() -> None:
    assert [one.text for one in positive_terms(parse("养老 2024 低保 A B").clause)] == [
        "养老",
        "2024",
        "低保",
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("养老服务 地区:湖北 -福彩", "含“养老服务”，地区为湖北，不含“福彩”"),
        ("福彩 或 彩票", "含“福彩”或“彩票”"),
        ("（福彩 或 彩票） 销售", "含（“福彩”或“彩票”）和“销售”"),
        ("地区:湖北 地区:云南", "地区为湖北或云南"),
        ("同句:(低保 五保)", "含同一句里的“低保”和“五保”"),
        ("同句:低保 五保", "含（同一句里的“低保”）和“五保”"),
        ("养老 -地区:湖北 -地区:云南 年份:2022-2024", "含“养老”，地区不是湖北或云南，年份为2022至2024"),
        ("标题:养老 -标题:会议", "含标题里的“养老”，不含标题里的“会议”"),
    ],
)
def test_the_question_is_read_back_in_words(typed: str, said: str) -> None:
    assert in_words(parse(typed)) == said


@pytest.mark.parametrize("typed", ["((", '"', "*", "的", "，", "-福彩", "“”", "？！", "）（", "的 了", "x" * 5000])
def test_what_asks_for_nothing_is_answered_with_a_sentence(typed: str) -> None:
    query = parse(typed)
    assert query.clause is None
    assert query.notes
    assert all(note.endswith("。") for note in query.notes)


def test_nothing_typed_is_no_mistake() -> None:
    assert (parse("").clause, parse("  ").notes) == (None, ())


def test_a_left_out_word_does_not_turn_its_minus_on_the_next() -> None:
    assert parse("-的 养老服务").clause == term("养老服务")


def test_too_many_terms_are_cut_and_said_so() -> None:
    query = parse(" ".join(f"第{number}组" for number in range(MAX_CLAUSES + 8)))
    assert len(positive_terms(query.clause)) <= MAX_CLAUSES
    assert query.notes[-1:] == (f"一次最多 {MAX_CLAUSES} 个检索词，后面的没有使用。",)


def test_brackets_beyond_the_depth_are_ignored_and_said_so() -> None:
    query = parse("((((甲 乙)))) 丙")
    assert {one.shown for one in positive_terms(query.clause)} == {"甲", "乙", "丙"}
    assert len(query.notes) == 1


@pytest.mark.parametrize(
    "options", [{"sort": "random"}, {"filters": [("colour", "红")]}], ids=["unknown sort", "unknown field"]
)
def test_what_only_a_wrong_address_can_ask_is_an_error(options: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        parse("养老", **options)  # type: ignore[arg-type]


@settings(max_examples=2_000, deadline=None)  # test_any_signs.py has twenty thousand of the signs that mean something
@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from(' 　"“”「」『』()（）-－|或不含地区:：年份湖北OR*?，。')),
        max_size=60,
    )
)
def test_nothing_typed_raises(typed: str) -> None:
    query = parse(typed)
    assert query.clause is None or positive_terms(query.clause)
    in_words(query)
    arguments(query)


@given(
    st.lists(st.sampled_from(["养老服务", "“银发经济”", "-云南", "或", "地区:湖北", "(", ")", "年份:2024"]), max_size=8)
)
def test_the_address_of_a_question_asks_the_same_question(parts: list[str]) -> None:
    query = parse(" ".join(parts))
    named = arguments(query)
    again = parse(
        "".join(named.get("q", [])),
        filters=[(name, value) for name, values in named.items() if name != "q" for value in values],
    )
    assert (again.clause, set(again.filters)) == (query.clause, set(query.filters))


@given(
    st.lists(st.sampled_from(["养老 服务", "地区:湖北", "-地区:云南", "年份:2024", "文种:a&b=c"]), max_size=5),
    st.sampled_from(PARAMETERS),
    st.sampled_from(["", "newest"]),
    st.integers(1, 3),
    st.text(max_size=5),
)
def test_an_address_narrowed_by_a_value_is_that_of_the_query_with_it(
    parts: list[str], parameter: str, sort: str, page: int, value: str
) -> None:
    query = parse(" ".join(parts), sort=sort or "relevance", page=page)
    more = Filter(parameter.removeprefix("-"), value, excluded=parameter.startswith("-"))
    assert narrowed_addresses(query, parameter)(value) == search_address(query, filters=(*query.filters, more), page=1)


@pytest.mark.parametrize(
    "typed", ["“银发经济“", "”银发经济“", '"银发经济”', '“银发经济"', "＂银发经济”", "「银发经济』", "「银发经济”"]
)
def test_a_quotation_is_closed_by_any_sign(typed: str) -> None:
    assert parse(f"{typed} 社区").clause == AllOf((term("银发经济", quoted=True), term("社区")))


def test_a_quotation_inside_a_quotation_does_not_close_it() -> None:
    assert parse("“落实“第一议题”制度” 社区").clause == AllOf((term("落实“第一议题”制度", quoted=True), term("社区")))


def test_a_list_may_be_taken_for_separate_terms() -> None:
    apart = listed(parse("养老服务，社会救助、低保"))
    assert apart is not None
    assert apart.clause == AllOf((term("养老服务"), term("社会救助"), term("低保")))
    assert listed(parse("“养老服务，社会救助”")) is None
    assert listed(parse("1,234元")) is None
