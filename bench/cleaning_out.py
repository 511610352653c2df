"""Write what is understood of every file in a folder as JSON lines, for a cleaning scorer.

python bench/cleaning_out.py FOLDER OUT.jsonl — a line a file: {"file", "docs": [{"title", "date", "region", "issuer",
"speakers", "text"}]}; a refused file has "refused" with its reason and no docs.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from indexer.extract import Unreadable
from indexer.understand import understand
from search.documents.document import Document


def summary(document: Document) -> dict[str, object]:
    known = document.metadata
    return {
        "title": known.title.value,
        "date": str(known.date.value) if known.date else "",
        "region": known.region.value if known.region else "",
        "issuer": known.issuer.value if known.issuer else "",
        "speakers": [speaker.name for speaker in known.speakers],
        "text": document.text,
    }


def understood(path: Path) -> dict[str, object]:
    try:
        return {"file": path.name, "docs": [summary(document) for document in understand(path, path.name)]}
    except Unreadable as refused:
        return {"file": path.name, "docs": [], "refused": refused.reason}


@click.command(help="把文件夹里每个文件读出的标题、日期、地区、讲话人和正文写成 JSON，一个文件一行。")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def main(folder: Path, out: Path) -> None:
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    began = time.perf_counter()
    lines = [json.dumps(understood(path), ensure_ascii=False) for path in paths]
    seconds = time.perf_counter() - began
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"{len(paths)} files, {size:.1f} MB, {seconds:.1f} s, {size / seconds * 60:.1f} MB a minute", file=sys.stderr)


if __name__ == "__main__":
    main()
