"""What must be true of the dictionary that words are cut by."""

from __future__ import annotations

import io

import jieba
import pytest
from lexicon_tables import TERMS, lines, repeated


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
