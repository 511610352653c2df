"""Under which Python each engine is asked, and the machine it all runs on. Peers get a place of their own."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import venv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from sysconfig import get_path

PEERS = Path(__file__).with_name("peers.txt")
# What must be importable for an engine, and where else than in our own places it may be found.
NEEDS = {
    "ours": "whoosh",
    "ours_cards": "whoosh",
    "ours_page": "whoosh",
    "ours_plain": "whoosh",
    "stock": "whoosh",
    "stock_cards": "whoosh",
    "fts5": "sqlite3",
    "tantivy": "tantivy",
    "tantivy_tiers": "tantivy",
    "tantivy_same": "tantivy",
    "xapian": "xapian",
}
_SYSTEM = Path("/usr/bin/python3")  # Debian's python3-xapian is for this one


def pythons(place: Path, *, peers: bool) -> list[str]:
    """The Pythons to look for engines in, the project's own first; peers: make the place of the peers when missing."""
    found = [sys.executable]
    if peers:
        found += [str(_peers(place)), *([str(_SYSTEM)] if _SYSTEM.exists() else [])]
    return found


def python_for(module: str, among: list[str]) -> str | None:
    """The first that can import it; None when the engine is missing on this machine."""
    return next((one for one in among if _imports(one, module)), None)


def _imports(python: str, module: str) -> bool:
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def python_of_peers(place: Path) -> Path:
    """Where it is once pythons() has made it."""
    return place / "peers" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _peers(place: Path) -> Path:
    """A virtual environment with peers.txt that sees the project's packages, too; made again when the list changes."""
    python = python_of_peers(place)
    folder = place / "peers"
    stamp, wanted = folder / "installed.txt", PEERS.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        venv.create(folder, clear=True, with_pip=True)
        libraries = subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        Path(libraries, "project.pth").write_text(get_path("purelib") + "\n", encoding="utf-8")
        asked = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(PEERS)]
        if subprocess.run(asked, check=False).returncode == 0:
            stamp.write_text(wanted, encoding="utf-8")
    return python


def run(python: str, script: str, *arguments: object) -> str:
    """What a script of this folder prints, in a process of its own; raises RuntimeError with what it said of errors."""
    asked = [python, str(Path(__file__).with_name(script)), *map(str, arguments)]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(asked)}\n{done.stderr[-2000:]}")
    return done.stdout


# --- the machine ---------------------------------------------------------------------------------------


def machine() -> dict[str, str]:
    """What a reader has to know of the machine to judge a figure."""
    return dict(_machine())


def _machine() -> Iterator[tuple[str, str]]:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    yield "日期", date.today().isoformat()
    yield "处理器", f"{names[0] if names else platform.processor() or platform.machine()}，{os.cpu_count()} 核"
    yield "内存", f"{memory / (1 << 20):.0f} GB" if memory else "未知"
    yield "系统", f"{platform.system()} {platform.release().partition('-')[0]}"
    yield "Python", platform.python_version()
    yield "开始时负载", f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "未知"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []
