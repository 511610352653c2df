"""Lines by which a paper says that it is a state secret (GB/T 9704: 密级) or for internal use.

Only lines that hold nothing but such marks count: a text that speaks of 国家秘密 or 商业机密 is no secret.
Where in a file they count is told in classified.py.
"""

from __future__ import annotations

import re

from indexer.articles.remembered import remembered
from search.text import fold
from search.text.patterns import lazy

_B = r"[ \u3000\xa0\t]"
_GRADE = rf"(?:绝{_B}{{0,4}}密|机{_B}{{0,4}}密|秘{_B}{{0,4}}密)"
_YEARS = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
# 1年, 1年6个月, 2030年1月1日, 长期, 启用前: how long, beside a star or in brackets
_TERM = (
    rf"(?:(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|(?:{_YEARS}{_B}{{0,2}}(?:年|个?月|天|日)){{1,2}}"
    "|长期|启用前|解密前|公布前)"
)
_STARS = rf"{_B}{{0,2}}[★☆✩✭*＊·]{{1,3}}"
_STARRED = rf"{_GRADE}{_STARS}{_B}{{0,2}}{_TERM}?"
_ALONE = lazy(rf"{_GRADE}级?(?:(?:{_STARS})?{_B}{{0,2}}{_TERM}|{_B}{{0,2}}[（(]{_TERM}[）)])?")
_STAR = lazy(rf"(?:^|[\s\[【（(：:|])({_STARRED})(?=$|[\s\]】）)|])")
# What may stand on the line of a mark: copy number, urgency, labels, who signs, how to keep the paper.
_BESIDE = lazy(
    rf"密{_B}{{0,4}}级|保密期限(?:[：:]?{_B}{{0,4}}{_TERM})?|紧急程度|缓急|份号|编号|[NnＮ][oOｏ°º]?\.?|第?{_B}{{0,2}}\d{{1,8}}{_B}{{0,2}}号?|特提|特急|加急|平急|急件"
    r"|文件|资料|材料|稿|注意保存|妥善保管|请勿外传|不得外传|严禁外传|不得翻印|严禁复制|阅后(?:收回|清退|销毁|即焚)|会后(?:收回|清退)"
    rf"|签{_B}{{0,2}}发{_B}{{0,2}}人?{_B}{{0,2}}[：:]{_B}{{0,2}}[\u4e00-\u9fff]{{0,4}}|[\s:：，,、；;|｜/()（）\[\]【】〔〕★☆*＊·.-]"
)
_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|刊物|参考|使用|参阅|传阅|掌握)|仅供(?:内部|领导)(?:参考|参阅|使用|传阅)?|(?:请)?注意(?:保存|保密)|妥善保管"
    r"|(?:请勿|不得|严禁|切勿)(?:外传|公开|翻印|转载|扩散)|不予公开|不宜公开"
)
_AROUND = lazy(r"[\s，,、。；;：:!！()（）\[\]【】★☆*]")

# Longer lines are text; the longest head seen, copy number, mark, urgency and signer on one line, has 40 characters.
_LONGEST = 60


def grade(line: str) -> str:
    """机密★1年 of a line that is such a mark, with what stands beside one in a paper's head; empty for any other."""
    bare = line.strip()
    if len(bare) > _LONGEST or "密" not in bare:
        return ""
    bare = fold(bare)
    if starred := _STAR.search(bare):
        return "".join(starred.group(1).split())
    marks = list(_ALONE.finditer(bare))
    if len(marks) != 1:
        return ""
    rest = bare[: marks[0].start()] + "|" + bare[marks[0].end() :]
    return "" if _BESIDE.sub("", rest) else "".join(marks[0].group().split())


@remembered
def is_internal(line: str) -> bool:
    """内部资料　注意保存: a line of nothing else."""
    bare = line.strip()
    if not 4 <= len(bare) <= _LONGEST:
        return False
    bare = fold(bare)
    return bool(_INTERNAL.search(bare)) and not _AROUND.sub("", _INTERNAL.sub("", bare))
