"""What gets installed: every version is pinned, every file known by its hash, and the lock files agree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-opensearch.txt",
    "requirements-scans.txt",
    ".ci/whoosh3.txt",
)
LICENCE = re.compile(r"^# .*\b(MIT|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|ZPL-2\.1)\b")
PIN = re.compile(
    r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> set[tuple[str, str, str]]:
    """(package, version, the marker that says where) of a lock file; only those that have hashes."""
    return {(package, version, marker) for package, version, marker, _ in PIN.findall(text(name))}


def asked(name: str) -> list[str]:
    """The lines of a .in file that ask for a package."""
    return [line for line in text(name).splitlines() if line and line[0] not in "#-"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes_and_without_an_address(lock: str) -> None:
    lines = [line for line in text(lock).splitlines() if line and line[0] not in "# "]
    assert len(lines) == len(pins(lock)) > 0
    assert "://" not in text(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_what_gets_installed(lock: str) -> None:
    wanted = (line.partition(";")[0] for line in asked(lock.replace(".txt", ".in")))  # the marker is the lock's, too
    exact = {tuple(line.split("==")) for line in wanted if "==" in line}
    assert exact <= {(package, version) for package, version, _ in pins(lock)}


def test_serving_and_testing_install_the_same_version_of_what_both_need() -> None:
    serving, testing = pins("requirements.txt"), pins("requirements-dev.txt")
    both = {package for package, _, _ in serving} & {package for package, _, _ in testing}
    assert {pin for pin in serving if pin[0] in both} == {pin for pin in testing if pin[0] in both}


def test_only_one_distribution_of_whoosh_is_ever_installed() -> None:
    installed_together = pins("requirements.txt") | pins("requirements-dev.txt")
    assert {package for package, _, _ in installed_together if "whoosh" in package} == {"whoosh"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_has_its_reason_and_licence_above_it(lock: str) -> None:
    source = lock.replace(".txt", ".in")
    unexplained = [
        line
        for above, line in pairwise(text(source).splitlines())
        if line in asked(source) and above not in asked(source) and not LICENCE.search(above)
    ]
    assert unexplained == []


# Installed by an extra, for browser tests or beside a benchmark: whoever installs requirements.txt alone has none.
EXTRAS = ("msgspec", "opensearchpy", "rapidocr", "pypdfium2", "tantivy", "xapian", "playwright")
WITHOUT_EXTRAS = """
import sys
sys.modules.update(dict.fromkeys({extras}))
import pytest
sys.exit(pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider", *{files}]))
"""


def test_tests_of_what_is_not_installed_are_skipped_and_do_not_fail() -> None:
    files = [
        str(file)
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if any(one in file.read_text(encoding="utf-8") for one in (*EXTRAS, "engines.opensearch"))
    ]
    asked = WITHOUT_EXTRAS.format(extras=EXTRAS, files=files)
    anywhere = {name: value for name, value in os.environ.items() if name != "CI"}  # which skips nothing for a browser
    collected = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=anywhere, capture_output=True, text=True, check=False
    )
    assert (collected.returncode, "test_cluster_queries.py" in collected.stdout) == (0, True), collected.stdout[-3000:]
