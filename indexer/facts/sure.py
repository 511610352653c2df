"""Whether characters that nothing else shows to be a name could be nothing else."""

from __future__ import annotations

import re

from indexer.articles.names import POST, is_called, is_word
from indexer.facts.places import leading
from search.text import grammatical

# Who is called so is a person: 县领导某某, 退役军人某某. 老师, 医生 and the like are as often no one's.
PEOPLE = (
    r"(?:领导|干部|会员|[党团]员|居民|村民|职工|员工|学员|志愿者|社工|企业家|专家|学者|军人|老兵|战士|民警|楼长"
    r"|护理员|协理员|模范|功臣|冠军|标兵|能手)"
)
# What somebody is or does, before the name as a post is: 普查员某某, 驻村社工某某, 村民某某. Each begins with one
# character and has what must stand before that behind it, so that re skips to these characters.
WORK = (
    r"师(?<=[疗养复估影艺理训导]师)(?![生傅资范长父团部级])"
    r"|员(?<=[\u4e00-\u9fff]{2}员)(?<![人动全满超裁定复减冗成讯论]员)(?!会|工|单位|大会)"
    r"|社工(?![站委队部师])|督导(?![组员])|经理(?![层人])|业主(?![委大])|学者|专家(?![组库委学])|村民(?![小委代会组])"
    r"|居民(?![小委代会区楼点])|民警"
)
# No name ends so where only a place or an organ before it could show it to be one: 朱林镇, 施工方, 许多人.
ENDS_NO_NAME = frozenset(
    "省市县区州盟旗镇乡村社局厅部委办院处科室校站所馆店庄组队团场园厂街路班会方人们者员长书表件元时桥湾坝沟坪塘铺屯寨堡岗"
)


def is_sure(name: str, *, shown: bool) -> bool:
    """Whether a name is no word, no place and no post; where nothing shows it, no word may be found in it either."""
    if name[-1] in ENDS_NO_NAME or not is_called(name) or is_word(name) or leading(name) or re.search(POST, name):
        return False
    if name[:2] in grammatical() or (len(name) > 2 and is_word(name[:2])):
        return False
    return shown or not is_word(name[1:])
