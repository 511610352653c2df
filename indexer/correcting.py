"""From what a person types at `indexer correct` to lines of the log of corrections."""

from __future__ import annotations

import getpass
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.statements import corrections, statements
from indexer.statements.corrections import Correction
from indexer.statements.fields import checked, value_of
from search.documents.document import Document
from search.documents.filenames import kept, on_disk
from search.documents.labels import FIELDS


@dataclass(frozen=True, slots=True)
class Opened:
    """The documents of a file: before any correction, now, and every correction there was of each."""

    found: tuple[Document, ...]
    now: tuple[Document, ...]
    history: tuple[tuple[Correction, ...], ...]
    problems: tuple[str, ...]  # what in the tables and the log of the folder could not be used

    @classmethod
    def read(cls, folder: Path, name: str) -> Opened:
        """name: the file's path in the folder, as kept(). Raises Unreadable or OSError."""
        said = statements.read(folder)
        from indexer.understand import understand  # here, so that a build starts without what only reading needs

        found = understand(folder / on_disk(name), name)
        sourced = said.sourced(name, found)
        return cls(sourced, said.applied(name, found), said.history(name, sourced), said.problems)

    def at(self, article: int | None) -> int:
        """Index of the article-th document; ValueError, listing them, where there is none or none was named."""
        if article is None and len(self.found) == 1:
            return 0
        if article is not None and 1 <= article <= len(self.found):
            return article - 1
        listed = "\n".join(f"  {document.external_id}  《{document.metadata.title.value}》" for document in self.now)
        raise ValueError(f"这个文件里有 {len(self.found)} 篇，请写明是哪一篇：\n{listed}")

    def lines(self, at: int, changes: Sequence[Change], by: str) -> list[Correction]:
        """The changes of one document as lines of the log; ValueError where there is nothing to undo."""
        found, now = self.found[at], self.now[at]
        held = {line.field for line in corrections.holding(self.history[at])}
        if idle := [FIELDS[change.field] for change in changes if change.undo and change.field not in held]:
            raise ValueError(f"没有校正过{'、'.join(idle)}，不用撤销")
        return [
            Correction(
                file=found.original.path,
                article=at + 1,
                title=found.metadata.title.value,
                sha256=found.original.sha256,
                field=change.field,
                value=change.value,
                undo=change.undo,
                before=value_of(now, change.field),
                found=value_of(found, change.field),
                by=by,
                at=datetime.now().astimezone().isoformat(timespec="seconds"),
            )
            for change in changes
        ]


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    value: str | None
    undo: bool = False


def changes(sets: Sequence[str], unsets: Sequence[str]) -> list[Change]:
    """What the options ask for; ValueError, with what is allowed, for what can't be."""
    changes = []
    for written in sets:
        name, equals, value = written.partition("=")
        if not equals:
            raise ValueError(f"--set 应写作 项=值，如 --set region=陕西；现为“{written}”")
        changes += [Change(field, one) for field, one in checked(_field(name), value)]
    return changes + [Change(_field(name), None, undo=True) for name in unsets]


def _field(name: str) -> str:
    """The field of that name, also by what people call it; ValueError where there is none."""
    field = {label: field for field, label in FIELDS.items()}.get(name.strip(), name.strip())
    if field not in FIELDS:
        raise ValueError(
            f"没有“{name}”这一项；可用：{'、'.join(f'{field}（{label}）' for field, label in FIELDS.items())}"
        )
    return field


def named(written: str, corpora: Sequence[Path]) -> tuple[Path, str, int | None]:
    """Corpus folder, path in it as kept() and article of FILE#n, which may be given from the folder or from here."""
    placed = re.fullmatch(r"(.+)#(\d{1,4})", written)
    for name, article in ((written, None), *([(placed[1], int(placed[2]))] if placed else [])):
        for folder in corpora:
            if (folder / name).is_file() and not Path(name).is_absolute() and ".." not in Path(name).parts:
                return folder, kept(Path(name).as_posix()), article
        if Path(name).is_file():
            folder = folder_of(Path(name), corpora)
            return folder, name_in(folder, Path(name)), article
    raise FileNotFoundError(
        f"文档文件夹 {'、'.join(map(str, corpora))} 里没有 {written}；请核对路径，或用 --corpus 指明文件夹"
    )


def name_in(folder: Path, file: Path) -> str:
    """The path of a file in its folder, as kept()."""
    return kept(file.absolute().relative_to(folder.absolute()).as_posix())


def folder_of(file: Path, corpora: Sequence[Path]) -> Path:
    """The corpus folder a file is in; one that is in none has its own folder, or the one that has its corrections."""
    above = file.absolute().parents
    for folder in corpora:
        if folder.absolute() in above:
            return folder
    return next((folder for folder in above if (folder / corrections.NAME).is_file()), above[0])


def who(by: str | None) -> str:
    """Who corrects; ValueError where neither the option nor the system says."""
    try:
        who = " ".join((by if by is not None else getpass.getuser()).split())
    except (OSError, KeyError, ImportError):
        who = ""
    if not who:
        raise ValueError("请用 --by 写明是谁校正的")
    return who
