"""Where sentences end: five rules, each for another use, kept beside each other so that their differences can be seen.

All give the marks that close behind an end (”, ）) to the sentence it ends; the rest is in their comments.
"""

from __future__ import annotations

import re

# Quotation marks and brackets that close behind the end of a sentence.
CLOSERS = "”’」』）)】》〉"

# 同句 and snippets: the sentences of a folded text. A line feed ends one, for paragraphs are lines there; ； does not,
# for what stands on its two sides is said in one breath. Linear: the classes are complements. The index holds where
# these sentences begin, so to change the rule is to change the index.
FOLDED = re.compile(r"[^\n。!?！？]+[。!?！？]*[”’」』)）]*|[。!?！？]+[”’」』)）]*")

# Passages: behind which a paragraph may be cut. Dots may stand for an omission inside a sentence (“……”的), so they end
# none; what else is no end after all (《怎么办？》的) is for marks.sentence_ends().
CUT = re.compile(rf"[。！？!?]+[{CLOSERS}]*")

# Items that run in a paragraph (一是…；二是…): a ； or ： may stand before each of them.
ITEM = re.compile("[。！？；：][”’）》]*")

# Two versions beside each other: pieces as small as read well, so ； ends one too; together they are the paragraph.
COMPARED = re.compile(r"[^。！？；]*[。！？；]+[”’」』）)]*|[^。！？；]+")

# Words of somebody else: how far they go. A closing quotation mark is his; a bracket behind it is the speaker's.
SECOND_HAND = re.compile("[。！？]”?")
