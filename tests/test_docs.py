"""What the documentation says exists, exists; what exists, the documentation says."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import re
import runpy
import shutil
import subprocess
import sys
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from app import TOOLS, create_app
from indexer import priority
from search import quotations, results
from search.documents.formats import BY_SUFFIX
from search.documents.warnings import KINDS
from search.index.schema import LABELS
from search.results import cards
from search.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("管理", "检索", "开发")}
# What the README and the three manuals say between them: each thing stands in one of them.
MANUALS = "\n".join([README, *PAGES.values()])
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

# The commands that others rely on, and the options each of them has at least.
COMMANDS = {
    "python -m indexer build": {"--corpus", "--index", "--engine", "--full", "--json"},
    "python -m indexer show": {"--json"},
    "python -m indexer correct": {"--set", "--unset", "--by", "--corpus", "--index"},
    "python -m indexer review": {"--out", "--all", "--apply", "--dry-run", "--by", "--corpus", "--index"},
    "python -m indexer synonyms": {"--kind", "--one-way", "--by", "--corpus", "--index"},
    "python -m indexer report": {"--index", "--json"},
    "python -m indexer watch": {"--every", "--corpus", "--index"},
    "python -m indexer check": {"--index", "--json"},
    "python -m search": {"--index", "--page", "--sort", "--filter", "--json", "--batch", "--depth", "--run"},
    "python app.py": {"--index", "--corpus", "--port", "--host"},
}
MAKE_TARGETS = {"setup", "serve", "test", "check"}
MAKE_VARIABLES = {"HOST", "PORT", "CORPUS", "INDEX", "ENGINE"}

COMMAND = re.compile(r"python(?: -m indexer(?: [a-z]+)?| -m search| app\.py| bench/\w+\.py(?: record| compare)?)\b")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CODE = re.compile(r"```.*?```|`[^`]+`", re.S)


def code(document: Path) -> str:
    """What stands in code marks, so that “make sure” in prose is no target."""
    return "\n".join(CODE.findall(document.read_text(encoding="utf-8")))


@cache
def help_of(command: str) -> str:
    """The help of a command as a person gets it; fails when the command does not exist."""
    words = command.split()[1:]
    if words == ["app.py"]:
        arguments = [sys.executable, *words, "--help"]
        finished = subprocess.run(arguments, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert finished.returncode == 0, f"{command}: {finished.stderr}"
        return finished.stdout
    return _help_in_this_process(words)


def _help_in_this_process(words: list[str]) -> str:
    """To start a process for each of the thirty commands took 15 s, a tenth of that so. app.py would put its addresses
    a second time on the one table of addresses. How often this process collects garbage and how much it is in the way
    stays as it is: both would hold for all tests after."""
    said = io.StringIO()
    file, *rest = (ROOT / words[1] / "__main__.py", *words[2:]) if words[0] == "-m" else (ROOT / words[0], *words[1:])
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setattr(sys, "argv", [str(file), *rest, "--help"])
        patch.setattr(gc, "set_threshold", lambda *given: None)
        patch.setattr(priority, "step_back", lambda: None)
        patch.syspath_prepend(str(file.parent))
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(file), run_name="__main__")
    assert ended.value.code in (0, None), words
    return said.getvalue()


def options_of(command: str) -> set[str]:
    return set(OPTION.findall(help_of(command))) - {"--help"}


def documented_options(command: str) -> set[str]:
    """The options in the row of the table of commands that belongs to this one (two rows for search)."""
    rows = [line for line in MANUALS.splitlines() if line.startswith(f"| `{command}")]
    return {option for row in rows for option in OPTION.findall(row)}


def targets() -> set[str]:
    """The targets that `make help` lists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*## \S", makefile, re.M))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_others_rely_on_exists(command: str) -> None:
    assert COMMANDS[command] - options_of(command) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_table_of_commands_lists_exactly_the_options_there_are(command: str) -> None:
    assert documented_options(command) == options_of(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_in_chinese_what_the_command_and_each_option_does(command: str) -> None:
    head, _, options = help_of(command).partition("Options:")
    described = re.split(r"^  (?=-)", options, flags=re.M)[1:]
    assert re.search("[一-鿿]", head)
    assert [
        option.split()[0] for option in described if "--help" not in option and not re.search("[一-鿿]", option)
    ] == []


def test_every_command_of_the_indexer_is_in_the_table_of_commands() -> None:
    _, _, listed = help_of("python -m indexer").partition("Commands:")
    commands = re.findall(r"^  ([a-z]+)", listed, re.M)
    assert [name for name in commands if f"| `python -m indexer {name}" not in MANUALS] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_command_that_is_not_there(document: Path) -> None:
    for command in sorted({*COMMAND.findall(code(document))}):
        assert help_of(command)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_an_option_that_its_command_has_not(document: Path) -> None:
    lines = [line for line in code(document).splitlines() if COMMAND.search(line)]
    named = [(found[0], OPTION.findall(line)) for line in lines if (found := COMMAND.findall(line))]
    wrong = [(command, set(options) - options_of(command)) for command, options in named]
    assert [(command, options) for command, options in wrong if options] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_make_target_that_is_not_there(document: Path) -> None:
    assert set(re.findall(r"\bmake ([a-z]+)", code(document))) - targets() == set()


def test_every_make_target_is_in_a_table_and_the_promised_ones_exist() -> None:
    assert MAKE_TARGETS - targets() == set()
    assert [name for name in sorted(targets()) if f"| `make {name}` |" not in MANUALS] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="这台机器上没有 make")
@pytest.mark.parametrize("variable", sorted(MAKE_VARIABLES))
def test_make_hands_its_variables_to_the_service(variable: str) -> None:
    asked = ["make", "--dry-run", "--print-data-base", "serve", f"{variable}=讲话 稿"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    finished = subprocess.run(asked, cwd=ROOT, env=clean, capture_output=True, encoding="utf-8", check=False)
    assert f"SPEECHES_{variable} := 讲话 稿" in finished.stdout
    assert f"`{variable}=`" in MANUALS


def test_every_setting_is_in_the_manual_with_its_default_and_no_other_is() -> None:
    default = Settings()
    written = {f"SPEECHES_{field.name.upper()}": getattr(default, field.name) for field in fields(Settings)}
    rows = dict(re.findall(r"^\| `(SPEECHES_[A-Z_]+)` \| `([^`]+)` \|", PAGES["管理"], re.M))
    shown = {
        name: ("".join(map(str, value)) if isinstance(value, tuple) else str(value)) or "（不限）"
        for name, value in written.items()
    }
    assert rows == shown
    assert set(re.findall(r"SPEECHES_[A-Z]+", MANUALS)) == set(rows)


def test_the_manual_explains_exactly_the_labels_that_results_carry() -> None:
    table = PAGES["检索"].partition("| 标签 | 意思 |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| ([^|-]+) \|", table, re.M) == list(cards.KINDS.values())


def test_the_manual_and_the_help_name_the_ways_to_put_results_together_as_the_page_does() -> None:
    named = "".join(f"“按{LABELS[field]}”" for field in results.GROUPED)
    assert named in PAGES["检索"]
    assert named in (ROOT / "templates" / "help.html").read_text(encoding="utf-8")


def test_the_form_for_a_draft_says_how_much_is_checked_at_once() -> None:
    assert quotations.MAX_CHARACTERS == 60_000
    for page in ("_check_form.html", "help.html"):
        assert "一次核对六万字" in (ROOT / "templates" / page).read_text(encoding="utf-8")


def test_the_manual_lists_exactly_the_formats_that_are_read() -> None:
    line = PAGES["管理"].partition("**能读的格式：**")[2].partition("\n")[0]
    assert set(re.findall(r"`(\.\w+)`", line)) == set(BY_SUFFIX)
    needing = line.partition("LibreOffice")[2].partition("，")[0]
    assert set(re.findall(r"`(\.\w+)`", needing)) == {suffix for suffix, one in BY_SUFFIX.items() if one.needs}


def test_the_manual_explains_exactly_the_warnings_that_documents_carry() -> None:
    table = PAGES["检索"].partition("| 代号 | 名称 | 意思 |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$", table, re.M)
    assert rows == [(kind.code, kind.name or "—", kind.means) for kind in KINDS.values()]


def test_every_address_is_in_the_table_of_addresses_and_every_one_there_is_real() -> None:
    table = PAGES["开发"].partition("| 地址 | 是什么 |")[2].partition("\n\n")[0]
    named = [re.sub("<.*>$", "<one>", one) if " 或 " in one else one for one in re.findall(r"`(/[^`]*)`", table)]
    rules = [str(rule) for rule in create_app(Settings()).url_map.iter_rules() if rule.endpoint != "static"]
    assert sorted(named) == sorted(re.sub(r"<any\(.*\):\w+>", "<one>", rule) for rule in rules)


def test_the_manual_names_exactly_the_tools_there_are() -> None:
    table = PAGES["检索"].partition("| 工具 | 做什么 |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| ([^|-]+) \|", table, re.M) == [tool.label for tool in TOOLS]


def test_the_readme_is_short_and_begins_with_the_two_commands() -> None:
    assert len(README) <= 3_000
    commands = re.findall(r"^(make \w+)", "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S)), re.M)
    assert commands[:2] == ["make serve", "make test"]


def test_the_version_is_the_same_wherever_it_stands() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    newest = re.search(r"^## .*?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert version and cited and newest and version[1] == cited[1] == newest[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []
