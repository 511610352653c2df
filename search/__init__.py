"""From a typed query to a page of results; owns the index format. Knows nothing of indexer or Flask."""

from search.character_classes import work_out_once

work_out_once()  # before any pattern of this program is compiled
