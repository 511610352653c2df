"""What is wrong with how a command was written: one Chinese sentence with the next step. click says it in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand


class Failed(click.ClickException):
    """Ends a command; the message is Chinese."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"错误：{self.message}", err=True)


class Misused(Failed):
    exit_code = 2


class Command(click.Command):
    """A command that says in Chinese what is wrong with its options and arguments."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _in_chinese(self, f"{parent.command_path} {info_name}" if parent else str(info_name)):
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _in_chinese(self, ctx.command_path):
            return super().invoke(ctx)


class Group(Command, click.Group):
    """Several such commands."""

    command_class = Command


@contextmanager
def _in_chinese(command: click.Command, path: str) -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise Misused(f"{_told(error, command)}；写法请看 {path} --help") from error


def _told(error: click.UsageError, command: click.Command) -> str:
    if isinstance(error, NoSuchCommand):
        return f"没有“{error.command_name}”这个命令{_perhaps(error.possibilities)}"
    if isinstance(error, click.NoSuchOption):
        return f"没有“{error.option_name}”这个选项{_perhaps(error.possibilities)}"
    if isinstance(error, click.MissingParameter):
        return f"没有写 {_name(error)}"
    if isinstance(error, click.BadOptionUsage):
        flags = {name for one in command.params if isinstance(one, click.Option) and one.is_flag for name in one.opts}
        return f"选项 {error.option_name} {'不带值' if error.option_name in flags else '后面要写一个值'}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)} 的值不对{_allowed(error)}"
    if isinstance(command, click.Group):
        return f"没有写命令，可以是 {'、'.join(command.commands)}"
    more = re.search(r"\((.*)\)$", error.message)  # click says nowhere else what was left over
    return f"多写了“{more[1]}”" if more else error.message


def _perhaps(names: list[str] | None) -> str:
    return f"，是不是 {' 或 '.join(names)}" if names else ""


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(error.ctx) if parameter and error.ctx else ""


def _allowed(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"，可以是 {'、'.join(map(str, kind.choices))}"
    return "，应是整数" if kind is click.INT else ""
