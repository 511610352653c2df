"""Old Word and WPS files (doc, wps): through LibreOffice where it is installed, else refused with the reason."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from indexer.encoding import PLAUSIBLE, plausibility
from indexer.extract import Extract, Unreadable
from indexer.readers import docx
from indexer.readers.tools import OFFICE

# Seconds. LibreOffice takes 4 s for a speech, 10 s the first time; less than what a worker is given for a file, so that
# the reason is told and LibreOffice is ended with it.
TIMEOUT = 45


def read(path: Path, data: bytes) -> Extract:
    program = next(filter(None, map(shutil.which, OFFICE)), None)
    if program is None:
        raise Unreadable(path, f"读取 {path.suffix.lower()} 文件需要安装 LibreOffice；或请在 Word、WPS 中另存为 docx")
    with tempfile.TemporaryDirectory() as folder:
        extract = docx.read(path, _converted(path, data, program, Path(folder)))
    # What LibreOffice takes for no format it knows, it opens as if its bytes were text.
    if plausibility("".join(block.text for block in extract.blocks)) < PLAUSIBLE:
        raise Unreadable(path, "文件已损坏，转换出来的不是文字；请在 Word、WPS 中打开另存为 docx")
    return extract


def _converted(path: Path, data: bytes, program: str, folder: Path) -> bytes:
    """The file as docx. A profile of its own: LibreOffice refuses to start twice on one."""
    source = folder / f"source{path.suffix.lower()}"
    source.write_bytes(data)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", "docx", "--outdir", str(folder), str(source)),
    ]
    try:
        _run(command)
        return source.with_suffix(".docx").read_bytes()
    except subprocess.TimeoutExpired as slow:
        reason = f"LibreOffice 在{TIMEOUT}秒内没有转换完，下次运行再试；或请另存为 docx"
        raise Unreadable(path, reason, again=True) from slow
    except (subprocess.CalledProcessError, OSError) as failed:
        raise Unreadable(path, "LibreOffice 无法转换这个文件，可能已损坏；请另存为 docx") from failed


def _run(command: list[str]) -> None:
    """Raises TimeoutExpired or CalledProcessError. In a session of its own: what is on the path is a script, and the
    program that it starts would otherwise outlive it."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent, start_new_session=True) as process:
        try:
            if process.wait(TIMEOUT):
                raise subprocess.CalledProcessError(process.returncode, command)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program with all that it started, where the system knows groups of processes."""
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
