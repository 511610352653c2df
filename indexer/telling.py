"""What a person at a terminal is told: one line a thing, and why the program failed only where they ask for it."""

from __future__ import annotations

import os
import sys
import traceback

import click

from indexer import log_lines
from indexer.extract import why
from search.documents.filenames import kept, shown
from search.usage import Group

# A run may end behind the moment in which readers get the new index: while it takes away what is old.
_WHOLE = "索引要么还是原来的，要么已经完整更新，没有只改一半"


class Commands(Group):
    """Commands that end with a sentence and a next step whatever happens in them."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            say(f"已中止；{_WHOLE}。", error=True)
            raise SystemExit(130) from None
        except MemoryError:
            say(f"错误：内存不足，没有做完；{_WHOLE}。请关掉别的程序，或换内存更大的机器再运行。", error=True)
        except Exception as error:
            if log_lines.is_verbose():
                traceback.print_exc(file=sys.stderr)
            what = f"{type(error).__name__}: {str(error)[:200]}"
            say(
                f"错误：程序出错（{what}），没有做完；{_WHOLE}。"
                "请加 -v 再运行一次（如 python -m indexer -v build），把输出的内容交给维护人员。",
                error=True,
            )
        raise SystemExit(1)


def say(line: str, *, error: bool = False) -> None:
    """A line as it may safely stand on a terminal: names of files and what libraries say can hold anything."""
    click.echo(log_lines.safe(line), err=error)


def told(error: Exception) -> str:
    """What went wrong, as a sentence with a next step: also what the system said, which it says in English."""
    if not isinstance(error, OSError) or not error.errno:
        return str(error)
    of = f"{shown(kept(os.fsdecode(error.filename)))}：" if error.filename else ""
    return f"{of}{why(error)}"
