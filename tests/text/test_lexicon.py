"""The data files in search/lexicon/: their form, and what must be true of their meaning."""

from __future__ import annotations

import ast
import io
import itertools
import unicodedata
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import jieba
import pytest

LEXICON = Path(__file__).parents[2] / "search" / "lexicon"

COLUMNS = {
    "regions.tsv": ("code", "name", "short", "level", "province", "prefecture"),
    "region_aliases.tsv": ("alias", "short", "note"),
    "typos.tsv": ("wrong", "right", "note"),
    "synonyms.tsv": ("term", "synonym", "direction", "kind", "note"),
    "radicals.tsv": ("radical", "ideograph"),
    "variants.tsv": ("variant", "standard", "note"),
    "surnames.tsv": ("surname", "kind"),
}
LISTS = ("civil_affairs.txt", "formulas.txt", "stopwords.txt", "question_words.txt")


class Region(NamedTuple):
    code: str
    name: str
    short: str
    level: str
    province: str
    prefecture: str


class Alias(NamedTuple):
    alias: str
    short: str
    note: str


class Typo(NamedTuple):
    wrong: str
    right: str
    note: str


class Synonym(NamedTuple):
    term: str
    synonym: str
    direction: str
    kind: str
    note: str


class Folded(NamedTuple):
    character: str
    into: str


def lines(name: str) -> list[str]:
    """The lines of a file that are not comments."""
    text = (LEXICON / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in lines(name)[1:]]


REGIONS = [Region(*row) for row in rows("regions.tsv")]
ALIASES = [Alias(*row) for row in rows("region_aliases.tsv")]
TYPOS = [Typo(*row) for row in rows("typos.tsv")]
SYNONYMS = [Synonym(*row) for row in rows("synonyms.tsv")]
RADICALS = [Folded(*row) for row in rows("radicals.tsv")]
VARIANTS = [Folded(*row[:2]) for row in rows("variants.tsv")]
TERMS = [line.split(" ")[0] for line in lines("civil_affairs.txt")]


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


# --- form of all files --------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*COLUMNS, *LISTS])
def test_a_file_is_utf8_nfc_with_plain_line_ends_and_says_where_it_comes_from(name: str) -> None:
    raw = (LEXICON / name).read_bytes()
    text = raw.decode("utf-8")
    head = "".join(itertools.takewhile(lambda line: line.startswith("#"), text.splitlines(keepends=True)))
    assert (b"\r" in raw, raw.startswith(b"\xef\xbb\xbf"), raw.endswith(b"\n")) == (False, False, True)
    assert unicodedata.normalize("NFC", text) == text
    assert ("来源" in head, "20" in head) == (True, True)


@pytest.mark.parametrize(("name", "columns"), COLUMNS.items())
def test_a_table_has_its_columns_and_no_blank_cell(name: str, columns: tuple[str, ...]) -> None:
    table = [tuple(line.split("\t")) for line in lines(name)]
    assert table[0] == columns
    assert [
        row for row in table if len(row) != len(columns) or any(cell != cell.strip() or not cell for cell in row)
    ] == []


@pytest.mark.parametrize("name", ["formulas.txt", "stopwords.txt", "question_words.txt"])
def test_a_list_has_one_entry_a_line_and_none_twice(name: str) -> None:
    entries = lines(name)
    assert [entry for entry in entries if not entry or entry != entry.strip() or " " in entry] == []
    assert repeated(entries) == []


def test_every_file_is_read_by_the_program_and_through_rows_alone() -> None:
    sources = [path for part in ("search", "indexer") for path in (LEXICON.parents[1] / part).rglob("*.py")]
    strings = {
        (node.value, source.name)
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {path.name for path in LEXICON.iterdir()} == {*COLUMNS, *LISTS}
    assert {*COLUMNS, *LISTS} <= {value for value, _ in strings}
    assert {file for value, file in strings if value == "lexicon"} == {"tables.py"}


# --- surnames ------------------------------------------------------------------------------------


def test_a_surname_stands_in_one_row_and_the_frequent_ones_are_a_hundred() -> None:
    table = rows("surnames.tsv")
    assert repeated([surname for surname, _ in table]) == []
    assert {len(surname) for surname, kind in table if kind == "compound"} == {2}
    assert {len(surname) for surname, kind in table if kind != "compound"} == {1}
    assert Counter(kind for _, kind in table)["frequent"] == 100


# --- regions -------------------------------------------------------------------------------------


def test_all_provinces_prefectures_and_counties_are_there() -> None:
    levels = Counter(region.level for region in REGIONS)
    assert (levels["省级"], levels["市级"], set(levels)) == (34, 333, {"省级", "市级", "县级"})
    assert levels["县级"] >= 2840


def test_region_codes_are_six_digits_unique_and_sorted() -> None:
    codes = [region.code for region in REGIONS]
    assert [code for code in codes if not (len(code) == 6 and code.isdecimal())] == []
    assert codes == sorted(set(codes))


def test_a_region_lies_in_the_units_its_code_says() -> None:
    short = {region.code: region.short for region in REGIONS}
    wrong = [
        region
        for region in REGIONS
        if region.province != short[region.code[:2] + "0000"]
        or region.prefecture != ("-" if region.level == "省级" else short.get(region.code[:4] + "00", "-"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("湖北省", ("湖北", "省级", "湖北", "-")),
        ("内蒙古自治区", ("内蒙古", "省级", "内蒙古", "-")),
        ("香港特别行政区", ("香港", "省级", "香港", "-")),
        ("延安市", ("延安", "市级", "陕西", "延安")),
        ("恩施土家族苗族自治州", ("恩施", "市级", "湖北", "恩施")),
        ("伊犁哈萨克自治州", ("伊犁", "市级", "新疆", "伊犁")),
        ("志丹县", ("志丹", "县级", "陕西", "延安")),
        ("宝塔区", ("宝塔区", "县级", "陕西", "延安")),
        ("浦东新区", ("浦东新区", "县级", "上海", "-")),
        ("仙桃市", ("仙桃", "县级", "湖北", "-")),
        ("米林市", ("米林", "县级", "西藏", "林芝")),  # a county until 2023
        ("和康县", ("和康", "县级", "新疆", "和田")),  # founded in 2024
    ],
)
def test_a_region_has_its_short_name_and_parents(name: str, expected: tuple[str, ...]) -> None:
    assert [(r.short, r.level, r.province, r.prefecture) for r in REGIONS if r.name == name] == [expected]


def test_short_names_of_provinces_and_prefectures_mean_one_place() -> None:
    upper = [region.short for region in REGIONS if region.level != "县级"]
    counties = {region.short for region in REGIONS if region.level == "县级"}
    assert repeated(upper) == []
    assert counties & set(upper) == set()


@pytest.mark.parametrize(
    "word",
    ["日照", "白银", "来宾", "安康", "长治", "海南州", "延长", "同心", "互助", "惠民", "共和", "江山", "安宁", "全州"],
)
def test_an_ordinary_word_is_no_short_name_of_a_small_place(word: str) -> None:
    small = [region.name for region in REGIONS if region.level != "省级" and region.short == word]
    assert small == (["海南藏族自治州"] if word == "海南州" else [])


def test_an_alias_leads_to_a_known_region_and_is_no_short_name_itself() -> None:
    shorts = {region.short for region in REGIONS}
    assert [alias for alias in ALIASES if alias.short not in shorts or alias.alias in shorts] == []
    assert repeated([alias.alias for alias in ALIASES]) == []
    assert {alias.note for alias in ALIASES} == {"single", "official", "phrase", "city", "prefecture"}


def test_one_character_abbreviations_are_marked_because_they_need_context() -> None:
    assert [alias for alias in ALIASES if (alias.note == "single") != (len(alias.alias) == 1)] == []


@pytest.mark.parametrize(
    ("alias", "short"),
    [
        ("赣", "江西"),
        ("鄂", "湖北"),
        ("滇", "云南"),
        ("云岭", "云南"),
        ("八桂", "广西"),
        ("三秦", "陕西"),
        ("齐鲁", "山东"),
        ("荆楚", "湖北"),
        ("燕赵", "河北"),
        ("三晋", "山西"),
        ("祖国北疆", "内蒙古"),
        ("新疆生产建设兵团", "新疆"),
        ("恩施州", "恩施"),
    ],
)
def test_an_alias_names_its_region(alias: str, short: str) -> None:
    assert [entry.short for entry in ALIASES if entry.alias == alias] == [short]


@pytest.mark.parametrize("alias", ["青", "宁", "新", "北疆", "江淮", "中原", "巴蜀", "阿盟"])
def test_an_abbreviation_of_two_places_is_left_out(alias: str) -> None:
    assert [entry for entry in ALIASES if entry.alias == alias] == []


# --- suspected typos -----------------------------------------------------------------------------


def test_typos_are_two_characters_or_more_and_differ_from_the_right_writing() -> None:
    assert [typo for typo in TYPOS if len(typo.wrong) < 2 or typo.wrong == typo.right] == []
    assert len(TYPOS) >= 250
    assert {typo.note for typo in TYPOS} == {"shape", "sound", "variant"}


def test_a_typo_is_as_long_as_the_right_writing() -> None:
    assert [typo for typo in TYPOS if len(typo.wrong) != len(typo.right)] == []


def test_each_typo_is_listed_once_and_inside_no_other() -> None:
    wrongs = [typo.wrong for typo in TYPOS]
    assert repeated(wrongs) == []
    assert [(a, b) for a, b in itertools.permutations(wrongs, 2) if len(a) < len(b) and a in b] == []


def test_no_typo_occurs_in_a_right_writing_or_in_another_file() -> None:
    right = [typo.right for typo in TYPOS] + TERMS + lines("formulas.txt") + [region.name for region in REGIONS]
    right += [word for entry in SYNONYMS for word in (entry.term, entry.synonym)]
    text = "\n".join(right)
    assert [typo.wrong for typo in TYPOS if typo.wrong in text] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("增进百姓福址", "福祉"),
        ("送去温暧", "温暖"),
        ("各类因难群体", "困难群体"),
        ("建立工作台帐", "台账"),
        ("安排布署", "安排部署"),
    ],
)
def test_a_slip_of_the_hand_is_suspected(text: str, right: str) -> None:
    assert [typo.right for typo in TYPOS if typo.wrong in text] == [right]


@pytest.mark.parametrize(
    "text",
    [
        "帮助企业渡过难关，做出新的贡献。",
        "名单已在官网公布署名为办公室。",  # 布署 for 部署
        "既使群众受益，又使财政可持续。",  # 既使 for 即使
        "代表团成员来自津巴布韦，也有来自已建成的示范区的。",  # 自津 for 自律, 自已 for 自己
        "福彩购买点多，体彩取得成绩。",  # 彩购 for 采购, 彩取 for 采取
        "脱贫攻坚难题破解，取得攻坚巨大成就。",  # 坚难 for 艰难, 坚巨 for 艰巨
        "职工俱乐部和专家俱乐部挂牌。",  # 工俱 for 工具, 家俱 for 家具
        "全部暑期活动面向困难家庭，兜底保障到位。",  # 部暑 for 部署, 底保 for 低保
        "走访慰问侯家村，学校圆满完成任务。",  # 问侯, 校圆
        "激发韧性活力，扩大辐射范围，颠覆行为习惯。",  # 发韧, 大辐, 覆行
        "搭建帐篷，检查帐篷，群众住进帐篷。",  # 建帐 for 建账
        "不因难以落实而放弃，老年人户均增收。",  # 因难 for 困难, 人户 for 入户
        "上海拨付资金，机构买单，结构置换。",  # 海拨, 构买, 构置
    ],
)
def test_right_writings_are_not_suspected_even_across_words(text: str) -> None:
    assert [typo.wrong for typo in TYPOS if typo.wrong in text] == []


# --- dictionary for segmentation -----------------------------------------------------------------


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    jieba.setLogLevel("ERROR")
    made = jieba.Tokenizer()
    made.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    made.load_userdict(io.StringIO("\n".join(lines("civil_affairs.txt"))))
    return made


def test_dictionary_lines_are_word_frequency_and_tag() -> None:
    parts = [line.split(" ") for line in lines("civil_affairs.txt")]
    assert [part for part in parts if not (len(part) == 3 and part[1].isdecimal() and part[2].isalpha())] == []
    assert [part for part in parts if len(part[0]) < 2 or int(part[1]) < 20] == []
    assert repeated(TERMS) == []
    assert len(TERMS) >= 700


def test_a_term_stays_whole_in_a_running_sentence(tokenizer: jieba.Tokenizer) -> None:
    broken = [term for term in TERMS if tokenizer.lcut(f"会议强调，要重视{term}，把{term}作为重点。").count(term) < 2]
    assert broken == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("要助力银发经济发展，提供普惠型养老服务。", "要 助力 银发经济 发展 ， 提供 普惠型 养老服务 。"),
        ("加强低收入人口动态监测。", "加强 低收入人口 动态监测 。"),
        ("健全分层分类的救助体系，关爱一老一小。", "健全 分层分类 的 救助 体系 ， 关爱 一老一小 。"),
        ("实施精康融合行动和乡村著名行动。", "实施 精康融合行动 和 乡村著名行动 。"),
        ("推动五社联动，发挥第三次分配作用。", "推动 五社联动 ， 发挥 第三次分配 作用 。"),
        ("在乡镇设立临时救助备用金。", "在 乡镇 设立 临时救助 备用金 。"),
        ("深化残疾人两项补贴专项行动。", "深化 残疾人 两项补贴 专项行动 。"),
    ],
)
def test_terms_of_the_field_are_words(tokenizer: jieba.Tokenizer, sentence: str, words: str) -> None:
    assert tokenizer.lcut(sentence) == words.split(" ")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("省人民政府印发通知", "省 人民政府 印发 通知"),
        ("人民政协和人民政权", "人民政协 和 人民政权"),
        ("农民政治素质提高", "农民 政治素质 提高"),
        ("中国民政部部长", "中国 民政部 部长"),
        ("各级民政部门", "各级 民政部门"),
        ("人民办学和民办教育", "人民 办学 和 民办教育"),
        ("农民非农就业", "农民 非农 就业"),
        ("资助行动", "资助 行动"),
        ("城市局部地区", "城市 局部地区"),
        ("中国青年报报道", "中国青年报 报道"),
        ("群众关系保持稳定", "群众 关系 保持稳定"),
        ("意外死亡保险", "意外 死亡 保险"),
        ("一部分失能老人", "一部分 失能老人"),
        ("地区划分合理", "地区 划分 合理"),
        ("公共服务务必到位", "公共服务 务必 到位"),
        ("乡村居住条件", "乡村 居住 条件"),
    ],
)
def test_common_neighbours_are_not_torn_apart(tokenizer: jieba.Tokenizer, sentence: str, words: str) -> None:
    assert tokenizer.lcut(sentence) == words.split(" ")


def test_a_term_is_not_another_term_lengthened_by_a_word() -> None:
    # jieba's search mode gives words of two and three characters inside a long word, none of four: 养老服务
    # would not be found in a word 养老服务体系. A single character more (社会工作者) makes another thing.
    terms = set(TERMS)
    by_a_word = [t for t in TERMS for cut in range(4, len(t) - 1) if t[:cut] in terms or t[-cut:] in terms]
    assert by_a_word == []


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("社区居家养老服务中心", "养老服务"),
        ("基本养老服务体系", "养老服务"),
        ("低收入人口动态监测", "低收入人口"),
        ("福利彩票公益金", "福利彩票"),
        ("非法社会组织", "社会组织"),
        ("农村留守儿童", "留守儿童"),
        ("康复辅助器具租赁", "辅助器具"),
        ("听力残疾人", "残疾人"),
        ("行业协会商会", "行业协会"),
        ("公益性公墓建设", "公墓"),
    ],
)
def test_a_term_is_a_word_inside_a_longer_name(tokenizer: jieba.Tokenizer, longer: str, shorter: str) -> None:
    assert shorter in tokenizer.lcut_for_search(longer)


# --- synonyms ------------------------------------------------------------------------------------


def folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def test_synonyms_have_a_direction_a_kind_and_two_characters_or_more() -> None:
    assert {entry.direction for entry in SYNONYMS} == {"<->", "->"}
    assert {entry.kind for entry in SYNONYMS} == {"abbreviation", "old_name", "official_name", "everyday", "variant"}
    assert [entry for entry in SYNONYMS if min(len(entry.term), len(entry.synonym)) < 2] == []
    assert len(SYNONYMS) >= 400


def test_a_pair_of_synonyms_is_listed_once() -> None:
    pairs = Counter(frozenset((folded(entry.term), folded(entry.synonym))) for entry in SYNONYMS)
    assert [set(pair) for pair, count in pairs.items() if count > 1 or len(pair) < 2] == []


def test_a_word_that_contains_its_synonym_leads_to_it_and_not_back() -> None:
    useless = [entry for entry in SYNONYMS if entry.term in entry.synonym]
    both_ways = [entry for entry in SYNONYMS if entry.synonym in entry.term and entry.direction == "<->"]
    assert (useless, both_ways) == ([], [])


def synonyms_of(word: str) -> set[str]:
    """What a search for word looks for as well."""
    there = {entry.synonym for entry in SYNONYMS if entry.term == word}
    return there | {entry.term for entry in SYNONYMS if entry.synonym == word and entry.direction == "<->"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("福利彩票", "福彩"),
        ("福彩", "福利彩票"),
        ("最低生活保障", "低保"),
        ("低保", "最低生活保障"),
        ("五保户", "特困人员"),
        ("特困", "五保"),
        ("残疾人两项补贴", "两项补贴"),
        ("农村留守儿童", "留守儿童"),
        ("反腐倡廉", "党风廉政"),
        ("预备金", "备用金"),
        ("长护险", "长期护理保险"),
        ("敬老院", "养老机构"),
        ("养老院", "养老机构"),
        ("领证", "结婚登记"),
        ("事实孤儿", "事实无人抚养儿童"),
        ("聋哑人", "听力残疾人"),
        ("墓地", "公益性公墓"),
        ("长者饭堂", "老年助餐"),
        ("民办非企业单位", "社会服务机构"),
        ("居委会", "居民委员会"),
    ],
)
def test_a_search_finds_the_other_name(query: str, found: str) -> None:
    assert found in synonyms_of(query)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("福利彩票", "体育彩票"),
        ("彩票公益金", "体育彩票"),
        ("养老", "赡养老人"),
        ("村规民约", "居民公约"),
        ("空巢老人", "独居老人"),
        ("家庭养老床位", "家庭病床"),
        ("慈善", "公益"),
    ],
)
def test_related_things_are_no_synonyms(query: str, other: str) -> None:
    assert (other in synonyms_of(query), query in synonyms_of(other)) == (False, False)


@pytest.mark.parametrize("word", ["残废", "智障", "乞丐", "流浪汉", "要饭"])
def test_a_disparaging_word_is_understood_but_not_offered(word: str) -> None:
    offered = {found for entry in SYNONYMS for found in synonyms_of(entry.term) | synonyms_of(entry.synonym)}
    assert synonyms_of(word) != set()
    assert word not in offered


def test_synonyms_and_typos_do_not_contradict_each_other() -> None:
    wrong = {typo.wrong for typo in TYPOS}
    assert [entry for entry in SYNONYMS if {entry.term, entry.synonym} & wrong] == []


# --- folding of characters -----------------------------------------------------------------------


def test_every_radical_with_an_ideograph_is_folded() -> None:
    block = {chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.name(chr(code), "")}
    assert {entry.character for entry in RADICALS} == block - {"\u2e80"}  # ⺀ is a repeat mark
    assert repeated([entry.character for entry in RADICALS]) == []
    assert [entry for entry in RADICALS if len(entry.into) != 1 or entry.into in block] == []


def test_kangxi_radicals_fold_as_nfkc_does() -> None:
    """But for ⼾: PDF files made with Chinese fonts have it for 户, which NFKC would make the traditional 戶."""
    other = [e for e in RADICALS if e.character >= "\u2f00" and unicodedata.normalize("NFKC", e.character) != e.into]
    assert [(e.character, e.into) for e in other] == [("\u2f3e", "户")]


@pytest.mark.parametrize(
    ("copied", "meant"),
    [("低保⼾", "低保户"), ("⺠政", "民政"), ("⻘年", "青年"), ("⼀⽼⼀⼩", "一老一小"), ("⻓者", "长者")],
)
def test_copied_radicals_become_the_characters_they_stand_for(copied: str, meant: str) -> None:
    assert copied.translate({ord(entry.character): entry.into for entry in RADICALS}) == meant


def test_variants_fold_one_to_one_and_in_one_step() -> None:
    characters = [entry.character for entry in VARIANTS]
    assert repeated(characters) == []
    assert [entry for entry in VARIANTS if len(entry.character) != 1 or len(entry.into) != 1] == []
    assert [entry for entry in VARIANTS if entry.into in characters or entry.character == entry.into] == []


@pytest.mark.parametrize(("written", "meant"), [("台帐", "台账"), ("刋登", "刊登"), ("狥私", "徇私"), ("吿知", "告知")])
def test_a_variant_writing_is_found_by_the_usual_one(written: str, meant: str) -> None:
    assert written.translate({ord(entry.character): entry.into for entry in VARIANTS}) == meant


@pytest.mark.parametrize("character", ["份", "象", "著", "藉", "沈", "粘", "甚"])
def test_characters_with_a_meaning_of_their_own_are_no_variants(character: str) -> None:
    assert [entry for entry in VARIANTS if entry.character == character] == []


# --- formulas and function words -------------------------------------------------------------------


def test_formulas_are_long_enough_not_to_be_ordinary_words() -> None:
    formulas = lines("formulas.txt")
    assert len(formulas) >= 60
    assert [formula for formula in formulas if len(formula) < 8 or not formula.strip("，、。")] == []
    assert "以习近平新时代中国特色社会主义思想为指导" in formulas
    assert "深刻领悟“两个确立”的决定性意义" in formulas


def test_quotation_marks_in_formulas_are_curved_and_closed() -> None:
    assert [f for f in lines("formulas.txt") if f.count("“") != f.count("”") or '"' in f] == []


@pytest.mark.parametrize("name", ["stopwords.txt", "question_words.txt"])
def test_no_word_of_the_field_is_dropped_from_a_query(name: str) -> None:
    content = set(TERMS) | {word for entry in SYNONYMS for word in (entry.term, entry.synonym)}
    assert set(lines(name)) & content == set()


@pytest.mark.parametrize("word", ["不", "无", "未", "非", "要", "应", "必须", "养老", "服务", "工作"])
def test_words_that_carry_meaning_are_no_stopwords(word: str) -> None:
    assert word not in lines("stopwords.txt")


def content_words(question: str) -> str:
    """The question without its question words, the longest first."""
    for word in sorted(lines("question_words.txt"), key=len, reverse=True):
        question = question.replace(word, " ")
    return " ".join(question.split())


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("低保标准是多少", "低保标准"),
        ("重度残疾人护理补贴每月发多少钱", "重度残疾人护理补贴"),
        ("怎么办离婚登记", "离婚登记"),
        ("没有监护人的孩子谁来管", "没有监护人的孩子"),
        ("哪些人可以吃长者饭堂", "吃长者饭堂"),
        ("老年人坐公交车免费吗", "老年人坐公交车免费"),
        ("什么是时间银行", "时间银行"),
    ],
)
def test_a_question_keeps_its_content(question: str, content: str) -> None:
    assert content_words(question) == content
