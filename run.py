"""Does what `make serve` does, on machines without make (Windows): python run.py, or a double click on run.bat.

Its options are those of app.py. Nothing but the standard library: it runs before anything is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 10)
# Words as jieba is built by every pip, as in the Makefile; the same mark, so that each sees what the other installed.
INSTALL = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--use-pep517")
MARK = "serving-installed"


def python_of(venv: Path, *, windows: bool) -> Path:
    return venv / ("Scripts/python.exe" if windows else "bin/python")


def is_installed(root: Path, *, windows: bool) -> bool:
    """Whether what requirements.txt asks for was installed since it was written, for the Python that is there."""
    mark, sources = root / ".venv" / MARK, [root / "requirements.txt", python_of(root / ".venv", windows=windows)]
    return mark.exists() and all(one.exists() and one.stat().st_mtime <= mark.stat().st_mtime for one in sources)


def install_command(root: Path, *, windows: bool) -> list[str]:
    """From the folder wheelhouse where there is one: then the machine has no internet."""
    wheelhouse = root / "wheelhouse"
    local = ["--no-index", "--find-links", str(wheelhouse)] if wheelhouse.is_dir() else []
    python = str(python_of(root / ".venv", windows=windows))
    return [python, *INSTALL, *local, "--requirement", str(root / "requirements.txt")]


def prepare(root: Path, *, windows: bool) -> str:
    """Makes .venv and installs into it, if that is not done; what to say where it could not be."""
    if is_installed(root, windows=windows):
        return ""
    if not python_of(root / ".venv", windows=windows).exists():
        print("正在建立 .venv……", flush=True)
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(root / ".venv")]):
            return "建不了 .venv；Debian、统信、麒麟上请先 sudo apt install python3-venv"
    print("正在安装运行所需的软件包……", flush=True)
    if subprocess.call(install_command(root, windows=windows)):
        return "软件包没有装上，原因见上；不能上网的，见 docs/管理.md“不能上网的机器”"
    (root / ".venv" / MARK).touch()
    return ""


def main() -> int:
    if sys.version_info < OLDEST:
        print("需要 Python 3.10 或更新的版本，这里是 " + sys.version.split()[0], file=sys.stderr)
        return 1
    windows = os.name == "nt"
    if problem := prepare(ROOT, windows=windows):
        print(problem, file=sys.stderr)
        return 1
    try:
        return subprocess.call([str(python_of(ROOT / ".venv", windows=windows)), str(ROOT / "app.py"), *sys.argv[1:]])
    except KeyboardInterrupt:  # Ctrl+C reaches the service, too, and ends it
        return 0


if __name__ == "__main__":
    sys.exit(main())
