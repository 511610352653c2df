"""How well the facts of documents are read that no writer of rules has seen.

python tests/held_out/score.py            prints for every field: right, missing, wrong, invented, and the share right
python tests/held_out/score.py --pin      raises the floors to today's scores (never lowers one)
python tests/held_out/score.py --show     prints every disagreement too: only for whoever keeps truth.json (README.md)

A value is right where it is the one of truth.json or one of the others that it allows; missing where there is none;
wrong where it is another; invented where the text gives none at all. The files are read as `indexer show --json` reads
them.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from click.testing import CliRunner  # noqa: E402
from opencc import OpenCC  # noqa: E402

from indexer.commands import index  # noqa: E402

TRUTH, FLOORS = HERE / "truth.json", HERE / "floors.json"
_SIMPLIFIED = OpenCC("t2s")
KINDS = ("right", "missing", "wrong", "invented")


class Check(NamedTuple):
    """One value of one file: which field, how it came out (one of KINDS), what was read and what is right."""

    field: str
    kind: str
    file: str
    got: object
    expected: object


@cache
def bare(text: object) -> str:
    """For comparison only: width and 繁體 folded, blanks and invisible characters left out; nothing is empty."""
    folded = re.sub("[\\s\u200b\ufeff]", "", unicodedata.normalize("NFKC", str(text or "")))
    return _SIMPLIFIED.convert(folded)


def place(text: object) -> str:
    """A place without the words for its kinds: 安康市岚皋县 is 安康岚皋."""
    return re.sub("自治州|地区|[省市县区州盟]", "", bare(text))


def read(path: Path) -> list[dict[str, Any]]:
    """The documents that are found in a file, as the contract has them; none where the file is refused."""
    done = CliRunner().invoke(index, ["show", str(path), "--json"])
    return [] if done.exit_code else json.loads(done.stdout)


def kind(got: str, allowed: list[str], *, stated: bool = True) -> str:
    """How a value came out; the first of the allowed is the right one. stated: false for a value marked as made up."""
    if got in allowed:
        return "right"
    if not got:
        return "missing"
    return ("wrong" if stated else "missing") if allowed[0] else "invented"


def allowed(truth: dict[str, Any], field: str, others: str) -> list[object]:
    return [truth[field], *truth.get(others, [])]


def checks(truth: dict[str, Any], found: list[dict[str, Any]]) -> Iterator[tuple[str, str, object, object]]:
    """(field, kind, what was read, what is right) for everything that the truth says of one file."""
    count = truth.get("ndocs", [1])
    yield "documents", "right" if len(found) in count else "wrong", len(found), count
    first = found[0] if found else {}
    yield from _title(truth, first)
    dates = allowed(truth, "date", "alt_dates")
    strict = dates[:1] if truth["date"] else dates
    for field, key, values, form in (
        ("date", "date", dates, bare),
        ("event or signing", "date", strict, bare),
        ("region", "region", allowed(truth, "region", "region_ok"), bare),
        ("place", "place", truth["place"] or [None], place),
        ("level", "level", allowed(truth, "level", "level_ok"), bare),
        ("issuer", "issuer", allowed(truth, "issuer", "issuer_ok"), bare),
        ("genre", "genre", truth["genre"], bare),
    ):
        got = first.get(key)
        yield field, kind(form(got), [form(value) for value in values]), got, values
    said = first.get("quotable")
    yield "quotable", "right" if said in allowed(truth, "quotable", "quotable_ok") else "wrong", said, truth["quotable"]
    yield from _speakers(truth, first.get("speakers", []))
    text = bare("".join(document["text"] for document in found))
    for line in truth["furniture"]:  # nothing is left out of a file that is not read
        yield "furniture", "wrong" if not found or bare(line) in text else "right", None, line
    yield from (("kept", "right" if bare(line) in text else "missing", None, line) for line in truth["kept"])


def _title(truth: dict[str, Any], first: dict[str, Any]) -> Iterator[tuple[str, str, object, object]]:
    """A derived title is right where the text has none, and missing where it has one."""
    title, derived = first.get("title"), first.get("title_source") == "derived"
    got = "" if derived and not truth["title"] else bare(title)
    titles = [bare(value) for value in allowed(truth, "title", "title_ok")]
    yield "title", kind(got, titles, stated=not derived), title, truth["title"]


def _speakers(truth: dict[str, Any], read: list[dict[str, Any]]) -> Iterator[tuple[str, str, object, object]]:
    """All of a document's speakers at once, then the post of each that is right."""
    got = {bare(speaker["name"]): bare(speaker["post"]) for speaker in read}
    right = {bare(name): bare(post) for name, post in truth["speakers"]}
    optional = {bare(name) for name in truth.get("speakers_ok", [])}
    how = "invented" if got.keys() - right.keys() - optional else "missing" if right.keys() - got.keys() else "right"
    yield "speakers", how, sorted(got), sorted(right)
    for name in got.keys() & right.keys():
        post, expected = got[name], right[name]
        same = post == expected or (post and expected and (post.endswith(expected) or expected.endswith(post)))
        yield "post", "right" if same else kind(post, [expected]), post, expected


def all_checks() -> list[Check]:
    truths = json.loads(TRUTH.read_text(encoding="utf-8"))
    return [
        Check(field, how, truth["file"], got, expected)
        for truth in truths
        for field, how, got, expected in checks(truth, read(HERE / "documents" / truth["file"]))
    ]


def scores(checked: list[Check]) -> dict[str, Counter[str]]:
    """Field → how many came out right, missing, wrong, invented."""
    counted: dict[str, Counter[str]] = {}
    for check in checked:
        counted.setdefault(check.field, Counter())[check.kind] += 1
    return counted


def floors(counted: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    return {field: {"right": count["right"], "invented": count["invented"]} for field, count in counted.items()}


def raised(today: dict[str, dict[str, int]], before: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The better of both for every field: more right, fewer invented."""
    return {
        field: {
            "right": max(now["right"], before.get(field, now)["right"]),
            "invented": min(now["invented"], before.get(field, now)["invented"]),
        }
        for field, now in today.items()
    }


def main(*options: str) -> None:
    checked = all_checks()
    counted = scores(checked)
    print(f"{'field':18}" + "".join(f"{name:>9}" for name in KINDS) + "    share")
    for field, count in counted.items():
        share = count["right"] / count.total()
        print(f"{field:18}" + "".join(f"{count[name]:9}" for name in KINDS) + f"    {share:.3f}")
    if "--show" in options:
        for check in checked:
            if check.kind != "right":
                print(f"{check.field:18}{check.kind:9} {check.file}: {check.got!r} for {check.expected!r}")
    if "--pin" in options:
        before = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
        FLOORS.write_text(json.dumps(raised(floors(counted), before), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
