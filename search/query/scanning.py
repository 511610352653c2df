"""What is typed, cut into terms, filters and signs of the grammar, each known by where it stands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search import text
from search.query.clauses import Filter, Term
from search.query.filters import FIELDS, LIST, NAMES, filters
from search.text import document_numbers

# Input methods alternate “ and ” and mix them with ", so a quotation is closed by any sign of its kind.
_DOUBLE, _CORNERS = '"“”„＂〝〞', "「」『』"
_QUOTES = {**dict.fromkeys(_DOUBLE, _DOUBLE), **dict.fromkeys(_CORNERS, "」』")}
_STRAIGHT = '"＂'  # end a word in which they stand; 落实“第一议题”制度 is one term
_OPEN, _CLOSE = "(（", ")）"
# Word processors make – and — of a hyphen. A long dash (——) or one before a blank parts a title from what follows it.
_MINUS = re.compile(r"(?:[-－–−][-－–−\s]*|—)(?=[^\s\-－–—−])")
_DASHES = re.compile(r"[-－–—−]+\s*")
_OR = {"or", "或", "或者", "|", "｜"}
_AND = {"and", "且", "并且", "和", "与"}
_NOT = {"not", "不含", "不包含", "不包括"}
_WITHOUT = re.compile(r"不(?:包含|包括|含)(?=\S)(?!糊)")
_MARK = re.compile(
    r"[(（](?:[一二三四五六七八九十百]{1,3}|\d{1,2})[)）](?=[^\s()（）])"
)  # （二）租赁期限 groups nothing
_NOT_THERE = re.compile(r"(?:不(?:包含|包括|含)|not(?=\s))\s*(?=\S)", re.IGNORECASE)  # behind the colon of a field
_EXCEPT = re.compile(r"(?:除(?:了|去|开|非)?|不要|不看|排除|去掉|剔除)(?=[\u4e00-\u9fff]{2})")
_OUTSIDE = re.compile("[以之]?外的?$")
# 除了湖南以外的养老服务, in one word
_BESIDES = re.compile(r"(除(?:了|去|开)?([\u4e00-\u9fff]{2,10}?)(?:[以之]外|外(?=的)))的?([\u4e00-\u9fff]{2,20})")
# Signs at the ends of a term that nobody looks for; inside a term they stay (具体化、项目化).
_EDGES = "".join(char for char in map(chr, range(0x21, 0x3020)) if not char.isalnum() and char not in "%‰℃〇%")
_EDGES += "！，。：；？（）［］｛｝～、．＊＃＆＋－／＜＞＝＂＇｜"
# They are 5,900: to go through them takes longer than all else of a word, and mostly a letter stands at its ends.
SCOPES = {"标题": "title", "题目": "title", "同句": "sentence", "同段": "passage", "提纲": "item"}
_SCOPES = SCOPES | {name: name for name in SCOPES.values()}
_SCOPE = re.compile(rf"({'|'.join(_SCOPES)})[:：](?=\s*\S)", re.IGNORECASE)
_FIELD = re.compile(rf"({'|'.join(FIELDS)})[:：]\s*(?=\S)", re.IGNORECASE)
# Looks like a field and is none: 省份:湖北. Behind http: comes an address, behind 会议指出： mostly a sentence.
_NO_FIELD = re.compile(r"([\u4e00-\u9fff]{2,3}|[A-Za-z]{3,10})[:：](?![/\s])")
_SINGLE = r"(?![或且和与])[\u4e00-\u9fff]"
_SINGLES = re.compile(rf"{_SINGLE}(?:[ \u3000\u00a0]+{_SINGLE})+(?!\S)")
_BLANKS = re.compile(r"(\s)\s+")
_UNIT = re.compile(
    r"(?<=第)[ \u3000\u00a0]+(?=\d)"
    r"|(?<=\d)[ \u3000\u00a0]+(?=[万亿元年月日号个项名人户件次条张所家岁天周期届批只座台块倍%％‰℃])"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of the grammar: one of ( ) or not sentence passage title; nothing: a left out term stood here."""

    name: str


OPENED, CLOSED, NOT, OR = Sign("("), Sign(")"), Sign("not"), Sign("or")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A field with its values at raw[begin:end], with the signs before it; before: those besides the minus."""

    filters: tuple[Filter, ...]
    begin: int
    end: int
    before: tuple[str, ...] = ()


Item = Term | Chosen | Sign


def items(raw: str, notes: list[str]) -> list[Item]:
    """The items in order; notes says which signs were not used as signs."""
    found: list[Item] = []
    begins: list[int] = []
    for begin, item in _scanned(raw, notes):
        if isinstance(item, Chosen):
            before = [sign.name for sign in found[len(found) - _signs_before(found) :] if isinstance(sign, Sign)]
            kept = len(found) - len(before)
            begin = begins[kept] if before else begin
            del found[kept:], begins[kept:]
            others = tuple(name for name in before if name != "not")
            item = Chosen(tuple(_excluded(one, "not" in before) for one in item.filters), begin, item.end, others)
        found.append(item)
        begins.append(begin)
    return found


def _excluded(one: Filter, also: bool) -> Filter:
    return dataclasses.replace(one, excluded=one.excluded or also)


def _signs_before(found: list[Item]) -> int:
    """How many signs at the end of the list belong to what follows them."""
    count = 0
    for item in reversed(found):
        if not (isinstance(item, Sign) and item.name in ("not", *SCOPES.values())):
            break
        count += 1
    return count


def _scanned(raw: str, notes: list[str]) -> Iterator[tuple[int, Item]]:
    at, before, skipped, depth = 0, None, -1, 0
    while at < len(raw):
        if raw[at].isspace():
            at += 1
            continue
        begin = skipped if skipped >= 0 else at  # signs that stand before an item go with it
        item, at = _next_item(raw, at, notes, first=before is None, inside=depth > 0)
        depth = max(0, depth + (item == OPENED) - (item == CLOSED))
        skipped = -1 if item else begin
        for number, piece in enumerate(_apart(item) if before == NOT else [item] if item else []):
            if number:
                yield begin, NOT
            yield begin, piece
        before = item or before


def _apart(item: Item | None) -> list[Item]:
    """The terms of a list of exclusions: 不含云南、湖北."""
    if not isinstance(item, Term) or item.quoted:
        return [item] if item else []
    pieces: list[Item] = [term(one, quoted=False) for one in LIST.split(item.shown)]
    return pieces if all(items(one.shown, []) == [one] for one in pieces if isinstance(one, Term)) else [item]


def _next_item(raw: str, at: int, notes: list[str], *, first: bool, inside: bool) -> tuple[Item | None, int]:
    """What stands at raw[at], which is no blank, and where it ends; None where it is no more than signs.

    first: nothing stood before it; inside: it is between brackets that group.
    """
    char = raw[at]
    if char in _OPEN and _MARK.match(raw, at):
        return _word(raw, at, notes, first=first, inside=inside)
    if char in _OPEN + _CLOSE:
        return OPENED if char in _OPEN else CLOSED, at + 1
    if minus := _MINUS.match(raw, at):
        return NOT, minus.end()
    if char in _QUOTES:
        said, end = quoted(raw, at)
        return term(said, quoted=True), end
    if scope := _SCOPE.match(raw, at):
        return Sign(_SCOPES[scope[1].lower()]), scope.end()
    if field := _FIELD.match(raw, at):
        return _field(raw, field, inside=inside)
    if without := _WITHOUT.match(raw, at):
        return NOT, without.end()
    return _word(raw, at, notes, first=first, inside=inside)


def _field(raw: str, field: re.Match[str], *, inside: bool) -> tuple[Item, int]:
    minus = _DASHES.match(raw, field.end()) or _NOT_THERE.match(raw, field.end())
    at = minus.end() if minus else field.end()
    whole = raw[at : at + 1] in _QUOTES
    name = FIELDS[field[1].lower()]
    value, end = document_numbers.numbers_at(raw, at) if name == "number" else ("", at)  # their brackets group nothing
    if not value:
        value, end = quoted(raw, at) if whole else _run(raw, at, joined=False, inside=inside)
    chosen = filters(name, value.strip(), whole=whole, excluded=bool(minus)) if value.strip() else ()
    return (Chosen(chosen, field.start(), end), end) if chosen else (term(field[0], quoted=False), field.end())


def _word(raw: str, at: int, notes: list[str], *, first: bool, inside: bool) -> tuple[Item | None, int]:
    word, end = _run(raw, at, inside=inside)
    bare = word if word[:1].isalnum() or _MARK.match(word) else word.lstrip(_EDGES)
    if bare and bare != word:
        if "—" in word[: len(word) - len(bare)]:
            notes.append("破折号没有当作“不含”；要排除一个词，请写成：-云南。")
        return None, end - len(bare)
    name = (word if word[-1:].isalnum() else word.rstrip(_EDGES) or word).lower()
    for sign, names in (("or", _OR), ("not", _NOT), ("", _AND)):
        if name in names:
            return Sign(sign) if sign else None, end
    if other := _NO_FIELD.match(word):
        if other[1].lower() in FIELDS | _SCOPES:
            notes.append(f"“{other[0]}”后面没有写什么，“{other[1]}”按原文的字检索。")
        else:
            notes.append(f"“{other[1]}”不是筛选项，连同冒号按原文的字检索；筛选项有：{'、'.join(NAMES.values())}。")
    if besides := _BESIDES.fullmatch(bare):
        said, left_out, wanted = besides.groups()
        notes.append(f"“{said}”没有当作“不含”；要排除一个词，请写成：{wanted} -{left_out}。")
    elif not first and (other := _EXCEPT.match(word)):
        left_out = _OUTSIDE.sub("", word[other.end() :]) or word[other.end() :]
        notes.append(f"“{other[0]}”没有当作“不含”；要排除一个词，请写成：-{left_out[:10]}。")
    return term(word, quoted=False), end


def quoted(raw: str, at: int) -> tuple[str, int]:
    """What stands between the quote at raw[at] and its end, or the end of the line if it is never closed."""
    end = _end_of_quotation(raw, at)
    return (raw[at + 1 :], len(raw)) if end < 0 else (raw[at + 1 : end], end + 1)


def _end_of_quotation(raw: str, at: int) -> int:
    """Where the quotation ends that begins at raw[at]: at the sign of its kind that closes it, else at one of another
    kind; -1 if there is none."""
    depth = 0
    for place in range(at, len(raw) if raw[at] in "“" else at):
        depth += (raw[place] == "“") - (raw[place] == "”")
        if not depth:
            return place if '"' not in raw[at:place] and "＂" not in raw[at:place] else _next(raw, at, _DOUBLE)
    end = _next(raw, at, _QUOTES[raw[at]])
    return end if end >= 0 else _next(raw, at, _DOUBLE + _CORNERS)


def _next(raw: str, at: int, signs: str) -> int:
    return next((place for place in range(at + 1, len(raw)) if raw[place] in signs), -1)


def in_quotes(text_: str) -> str:
    """The text so that it is read back as it stands: in the first quotation marks that can hold it; without its own
    ones where it has some of every kind."""
    pairs = [("“", "”"), ("「", "」"), ("『", "』"), ('"', '"')]
    pairs += [(opening, closing) for opening in '“”"「『' for closing in '”"“」』']
    written = (f"{opening}{text_}{closing}" for opening, closing in pairs)
    return next((one for one in written if quoted(one, 0) == (text_, len(one))), f"“{without_quotes(text_)}”")


def without_quotes(text_: str) -> str:
    return "".join(char for char in text_ if char not in _QUOTES)


def beside(parts: Sequence[str]) -> str:
    """Parts of a query one after the other; 不 and 云 with a mere blank between them would be one word."""
    blank, sign = " ".join(parts), " 且 ".join(parts)
    return blank if len(parts) < 2 or items(blank, []) == items(sign, []) else sign


def _run(raw: str, at: int, *, inside: bool, joined: bool = True) -> tuple[str, int]:
    """A run without blanks. A bracket opened inside it (公墓(骨灰堂)) belongs to it; one it never opened ends it, but
    not where nothing before it did and the run goes on: 骨灰堂)公墓.

    inside: brackets that group are open, which one that it never opened closes; those between quotes group nothing.
    joined: blanks that only part a figure from its unit, or the characters of one word (李 丽), belong to it, too.
    """
    if joined and (singles := _SINGLES.match(raw, at)) and not text.stopwords().issuperset(singles[0].split()):
        return singles[0], singles.end()
    start, depth = at, 0
    while at < len(raw):
        if raw[at].isspace():
            unit = _UNIT.match(raw, at) if joined else None
            if not unit:
                break
            at = unit.end()
        depth += (raw[at] in _OPEN) - (raw[at] in _CLOSE)
        if depth < 0 and not inside and at > start and raw[at + 1 : at + 2].strip(_OPEN + _CLOSE):
            depth = 0
        if depth < 0 or (raw[at] in _STRAIGHT and at > start):
            break
        at += 1
    return raw[start:at], at


def term(typed: str, *, quoted: bool) -> Term:
    """A term as it is looked for; blanks inside one that is not quoted only part what is one: 84.5 亿元."""
    shown = typed.strip()
    if not quoted:
        # Several blanks are shown as one, as what reads the term back from a box of the form sees it.
        bare = shown if shown[:1].isalnum() and shown[-1].isalnum() else shown.strip(_EDGES)
        shown = _BLANKS.sub(r"\1", _balanced(bare, opened=shown[:1] in _OPEN))
    return Term(text.fold_query(shown if quoted else "".join(shown.split())), shown, quoted)


def _balanced(shown: str, *, opened: bool) -> str:
    """Brackets at the ends are stripped as edges; put the one back whose partner stands inside. opened: one stood at
    the beginning."""
    missing = sum(shown.count(char) for char in _OPEN) - sum(shown.count(char) for char in _CLOSE)
    closing = "）" if "（" in shown else ")"
    opening = "（" if "）" in shown else "("
    return shown + closing * missing if missing > 0 else opening * (opened and missing < 0) + shown


def closed(raw: str) -> str:
    """The text with a quotation closed that was left open, so that more can be typed behind it."""
    at = 0
    while at < len(raw):
        begins = raw[at] in _STRAIGHT or at == 0 or raw[at - 1].isspace() or raw[at - 1] in _OPEN + "-－–−:："
        if raw[at] in _QUOTES and begins:
            if _end_of_quotation(raw, at) < 0:
                return f"{raw}{'」』'['「『'.index(raw[at])] if raw[at] in '「『' else '”'}"
            _, at = quoted(raw, at)
        else:
            at += 1
    return raw
