"""Floors under ratios: what fell below is told, and they are set anew by hand alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 3  # in which a ratio may reach its floor


def held(
    measure: Callable[[], T],
    least: Callable[[T, T], T],
    ratios: Callable[[T], Mapping[str, float]],
    file: Path,
    *,
    pins: bool,
) -> tuple[T, list[str]]:
    """What was measured, and what is below its floor in Chinese; measured again while something is, ROUNDS at most.

    least: of two rounds. What else runs on a machine makes times longer and never shorter, so the smallest of more
    rounds comes nearer to what the code takes: a page that is slower stays below its floor, a busy machine does not.
    pins: the floors are set anew by the first round.
    """
    done = measure()
    if pins:
        pin(ratios(done), file)
    for _ in range(ROUNDS - 1):
        if not below(ratios(done), file):
            break
        done = least(done, measure())
    return done, below(ratios(done), file)


def below(measured: Mapping[str, float], file: Path) -> list[str]:
    """What fell below its floor, in Chinese; a ratio without a floor and a floor without a ratio count, too."""
    floors: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    said = [f"{name} 没有底线；请用 --pin 补上" for name in measured.keys() - floors.keys()]
    for name, floor in floors.items():
        if measured.get(name, 0.0) < floor:
            said.append(f"{name}：{measured.get(name, 0.0):.3f} 倍，低于底线 {floor:.3f}")
    return sorted(said)


def pin(measured: Mapping[str, float], file: Path) -> None:
    """Floors at half of what was measured: two runs of the small corpus differ by up to a fifth on a busy machine."""
    floors = {name: round(value / 2, 3) for name, value in measured.items()}
    file.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
