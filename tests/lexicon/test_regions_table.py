"""What must be true of the regions and of their other names."""

from __future__ import annotations

from collections import Counter

import pytest
from lexicon_tables import ALIASES, REGIONS, repeated

from search.text.tables import rows


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


def test_a_former_name_means_one_unit_of_today_and_is_no_name_of_today() -> None:
    former = [tuple(row) for row in rows("former_regions.tsv")]
    units = Counter((region.name, within) for region in REGIONS for within in {region.province, region.prefecture})
    assert [row for row in former if units[row[1], row[2]] != 1] == []
    assert {old for old, _, _ in former} & {name for region in REGIONS for name in (region.name, region.short)} == set()
    assert repeated([old for old, _, _ in former]) == []


@pytest.mark.parametrize("words", ["新建县", "任县", "开县", "平安县", "双城市", "东乡县"])
def test_words_of_a_sentence_are_no_former_name(words: str) -> None:
    """新建县级公墓, 任县委书记, 召开县委全会, 创建平安县, 成渝双城市场; 东乡县 is also what 东乡族自治县 is called."""
    assert words not in {old for old, _, _ in rows("former_regions.tsv")}
