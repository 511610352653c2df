"""Two recordings of answers side by side, address by address: what was only added is told apart from what changed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import unquote_plus

# kind of an answer -> how it is called in the summary
KINDS = {
    "search": "检索接口",
    "table": "导出表格",
    "document": "讲话接口",
    "results": "结果页",
    "together": "按地区归并",
    "opened": "全文页",
    "other": "浏览、说明",
}
VOLATILE = ("took_ms", "generation")  # keys whose values change from run to run


@dataclass(frozen=True, slots=True)
class Answer:
    """kind: of KINDS. body: the value of JSON, the text of anything else, None where the service failed (500 on)."""

    kind: str
    address: str
    status: int
    body: object

    def of(self, key: str) -> object:
        return self.body.get(key) if isinstance(self.body, dict) else None


class _Absent:
    def __repr__(self) -> str:
        return "（没有）"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Difference:
    """path: where in an answer, as hits[0].title. added: a key that only the later answer has."""

    path: str
    before: object
    after: object
    added: bool = False

    @property
    def key(self) -> str:
        """The path whatever the place in a list: hits[].title."""
        return re.sub(r"\d+(?=[\]行])", "", self.path)


@dataclass(frozen=True, slots=True)
class Compared:
    """One address. before or after is missing (None) where only the other recording has it."""

    before: Answer | None
    after: Answer | None
    differences: tuple[Difference, ...] = ()

    @property
    def answer(self) -> Answer:
        found = self.before or self.after
        if found is None:
            raise ValueError("an address that neither recording has")
        return found

    @property
    def outcome(self) -> str:
        """Of OUTCOMES."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "missing"
        if all(one.added for one in self.differences):
            return "added" if self.differences else "same"
        return "different"


OUTCOMES = {"same": "相同", "added": "只多了键", "different": "不同", "missing": "缺少", "new": "新有"}
WRONG = ("different", "missing")


def compared(before: Iterable[Answer], after: Iterable[Answer], ignored: Collection[str] = VOLATILE) -> list[Compared]:
    """Address by address, those of before first, in the order they were recorded."""
    old, new = ({one.address: one for one in answers} for answers in (before, after))
    return [_compared(old.get(address), new.get(address), ignored) for address in dict.fromkeys([*old, *new])]


def _compared(before: Answer | None, after: Answer | None, ignored: Collection[str]) -> Compared:
    if before is None or after is None:
        return Compared(before, after)
    if before.status != after.status:
        return Compared(before, after, (Difference("status", before.status, after.status),))
    return Compared(before, after, tuple(differences(before.body, after.body, ignored)))


def differences(before: object, after: object, ignored: Collection[str], path: str = "") -> Iterator[Difference]:
    """In the order of before. Keys that are ignored are so at any depth; of a text only the first line that differs."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in (one for one in {**before, **after} if one not in ignored):
            inside = f"{path}.{name}" if path else name
            if name not in before:
                yield Difference(inside, ABSENT, after[name], added=True)
            else:
                yield from differences(before[name], after.get(name, ABSENT), ignored, inside)
    elif isinstance(before, list) and isinstance(after, list):
        for number, (one, other) in enumerate(zip_longest(before, after, fillvalue=ABSENT)):
            yield from differences(one, other, ignored, f"{path}[{number}]")
    elif isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        yield from _first_line(before, after, path)
    elif type(before) is not type(after) or before != after:
        yield Difference(path, before, after)


def _first_line(before: str, after: str, path: str) -> Iterator[Difference]:
    pairs = zip_longest(before.split("\n"), after.split("\n"), fillvalue=ABSENT)
    for number, (one, other) in enumerate(pairs, 1):
        if one != other:
            yield Difference(f"{path}[第{number}行]", one, other)
            return


# --- in words ------------------------------------------------------------------------------------------

_ROOM, _BEFORE = 120, 30  # characters of a value that are shown, and of them before the first that differs


def in_words(found: Sequence[Compared], most: int) -> Iterator[str]:
    """The counts by kind, keys that differ, keys that were added, and the first addresses that are not the same."""
    yield from _counts(found)
    wrong = [one for one in found if one.outcome in WRONG]
    changed = [one for each in found for one in each.differences]
    yield from _keys("不同之处", [one.key for one in changed if not one.added])
    yield from _keys("新增的键", [one.key for one in changed if one.added])
    yield from _keys("新有的地址", [unquote_plus(one.answer.address) for one in found if one.outcome == "new"][:most])
    if wrong:
        yield f"\n前 {min(most, len(wrong))} 处（共 {len(wrong)} 个地址）："
    for one in wrong[:most]:
        yield from _told(one)


def _counts(found: Sequence[Compared]) -> Iterator[str]:
    counted = Counter((one.answer.kind, one.outcome) for one in found)
    yield "\t".join(("", *OUTCOMES.values()))
    for kind in dict.fromkeys([*KINDS, *(kind for kind, _ in counted)]):
        yield "\t".join((KINDS.get(kind, kind), *(str(counted[kind, outcome]) for outcome in OUTCOMES)))
    yield "\t".join(("全部", *(str(sum(one.outcome == outcome for one in found)) for outcome in OUTCOMES)))


def _keys(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"\n{title}："
    for name, count in Counter(names).most_common():
        yield f"  {name}" + (f"：{count} 处" if count > 1 else "")


def _told(one: Compared) -> Iterator[str]:
    yield f"  {unquote_plus(one.answer.address)}" + ("：后一份里没有" if one.outcome == "missing" else "")
    shown = [each for each in one.differences if not each.added]
    for each in shown[:3]:
        before, after = _side_by_side(each.before, each.after)
        yield f"    {each.path}\n      前：{before}\n      后：{after}"
    if len(shown) > 3:
        yield f"    …… 这里还有 {len(shown) - 3} 处"


def _side_by_side(before: object, after: object) -> tuple[str, str]:
    """Both as JSON, long ones only about the first character that differs."""
    one, other = (
        repr(value) if value is ABSENT else json.dumps(value, ensure_ascii=False) for value in (before, after)
    )
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begin = max(0, same - _BEFORE)
    return _about(one, begin), _about(other, begin)


def _about(value: str, begin: int) -> str:
    shown = value[begin : begin + _ROOM]
    return ("…" if begin else "") + shown + ("…" if len(value) > begin + _ROOM else "")
