"""Floors under ratios: what fell below is told, and they are set anew by hand alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


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
