"""The lines of an official paper (GB/T 9704) around its headline: red head, number, secrecy, urgency, who signs it."""

from __future__ import annotations

import re

from indexer.articles.secrecy import grade

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,10}[ \u3000]{0,2}[〔\[［【（(〈][ ]{0,2}(?:19|20)\d\d[ ]{0,2}年?[〕\]］】）)〉]"
    r"[ \u3000]{0,2}第?[ ]{0,2}\d{1,5}[ ]{0,2}号"
)
_ORDER = re.compile(r"第[ \u3000]{0,2}[\d〇零一二三四五六七八九十百]{1,5}[ \u3000]{0,2}[号期]")
_ORGAN = r"(?:人民政府|政府|委员会|办公厅|办公室|民政[厅部局]|[厅局]|党组|党委|[省市区县]委)"
_NAME = rf"([\u4e00-\u9fff（）、 \u3000]{{2,40}}?{_ORGAN}(?:（[^（）]{{1,12}}）)?)"
# 甲市民政局文件, 甲市人民政府令, 甲县民政局会议纪要
_RED_HEAD = re.compile(rf"{_NAME}[ \u3000]{{0,3}}(?:文[ \u3000]{{0,4}}件|令|[\u4e00-\u9fff]{{0,4}}会议纪要)")
_BODY = re.compile(_NAME)
_PRINTED = re.compile(
    r"[\u4e00-\u9fff（） \u3000]{2,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日[ \u3000]{0,4}印发?|[（(]?共印\d{1,5}份[）)]?"
)
# 报：省民政厅, 送：市委办, 发：各县（市、区）民政局: to whom an issue goes, in the foot of a bulletin
# (抄送 and its like are known wherever they stand, kinds.py)
_SENT = re.compile(
    r"(?:呈?[报送]|报送|[分印]?发)[ \u3000]{0,2}[：:]"
    r"(?=[^。；]{0,200}(?:[委府办局厅部处科室院会站所团]|单位))[^。；]{2,200}。?"
)
_IMPRINT = re.compile(
    rf"{_NAME}(?:综合[科股室])?(?:[ \u3000]{{1,40}}(?:编印?[ \u3000]{{0,40}})?|主?编印?[ \u3000]{{1,40}})"
    r"(?P<day>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
_ACT = re.compile(r"召开|举行|举办|开展|部署|印发|关于|赴|到|[与和]")
_MARKS = re.compile(
    r"特急|加急|特提|平急|急件"
    r"|(?:密级|紧急程度|缓急)[ \u3000]{0,2}[：:].{1,12}|(?:份号|编号)?[ \u3000]{0,2}[：:]?[ \u3000]{0,2}0\d{5}"
    r"|(?:专题|常务|办公)?会议纪要|工作简报|简报"
)
_SIGNER = re.compile(r"签[ \u3000]{0,2}发人?[ \u3000]{0,2}[：:][^，。；]{0,20}")


def is_official_line(bare: str) -> bool:
    """云溪市民政局文件, 云民发〔2023〕5号, 签发人：…, 特急, a body alone or with its day: a line of a paper's head."""
    return is_head_line(bare) or is_body(bare) or is_imprint(bare)


def is_head_line(bare: str) -> bool:
    """A line that only the head of an official paper has; it is neither headline nor text."""
    line = bare.strip()
    if len(line) > 60:
        return False
    marked = bool(grade(line)) or any(form.fullmatch(line) for form in (_MARKS, _SIGNER, _ORDER))
    return marked or _is_number(line) or bool(_RED_HEAD.fullmatch(line) and not _ACT.search(line))


def is_issue(bare: str) -> bool:
    """第12期: the number of a bulletin's issue; the line above it is the bulletin's name."""
    return bare.endswith("期") and _ORDER.fullmatch(bare.strip("（）()")) is not None


def is_body(bare: str) -> bool:
    """The name of a body alone on its line: a letter head, or who speaks, or who signs."""
    line = bare.strip()
    return len(line) <= 40 and bool(_BODY.fullmatch(line) and not _ACT.search(line))


def is_printed(bare: str) -> bool:
    """云溪市民政局办公室　2023年5月6日印发, 报：市委、市政府: the foot of an official paper."""
    line = bare.strip()
    return bool((len(line) <= 80 and _PRINTED.fullmatch(line)) or (len(line) <= 200 and _SENT.fullmatch(line)))


def is_imprint(bare: str) -> bool:
    """云溪市民政局办公室　　2023年5月6日: who issues minutes or a bulletin, and when, under their head."""
    return len(bare) <= 80 and bool(_IMPRINT.fullmatch(bare.strip()))


def imprint(bare: str) -> tuple[str, str] | None:
    """Whose bulletin it is, and of which day; None for a line that is no imprint."""
    found = _IMPRINT.fullmatch(bare.strip()) if len(bare) <= 80 else None
    return (found.group(1).strip(), found["day"]) if found else None


def is_minutes_head(bare: str) -> bool:
    """云溪市民政局会议纪要: the head of minutes that says whose they are, and so names them."""
    return bare.endswith("纪要") and bool(red_head_body(bare))


def red_head_body(bare: str) -> str:
    """The body of a red head: 云溪市民政局 of 云溪市民政局文件; empty for other lines."""
    found = _RED_HEAD.fullmatch(bare.strip())
    return re.sub(r"[ \u3000]", "", found.group(1)) if found else ""


def _is_number(line: str) -> bool:
    found = NUMBER.search(line)
    if found is None or found.start() > 12:
        return False
    rest = (line[: found.start()] + line[found.end() :]).strip(" 　（）()")
    return not rest or bool(_SIGNER.fullmatch(rest))
