"""The hash of a text is that of its characters, whatever width and blanks they came with."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from indexer.prepare import _text_hash

_TABLE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


@given(st.text(st.sampled_from("民政，。；：！？（）ＡＢｚ０９～＂｟｠,;: \u3000\n\ud800a") | st.characters()))
def test_wide_characters_and_plain_ones_are_one(text: str) -> None:
    plain = "".join(text.translate(_TABLE).split())
    assert _text_hash(text) == hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def test_every_wide_character_is_made_plain() -> None:
    assert _text_hash("".join(map(chr, range(0xFF01, 0xFF5F)))) == _text_hash("".join(map(chr, range(0x21, 0x7F))))
