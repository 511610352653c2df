"""From a typed query to a page of results; owns the index format. Knows nothing of indexer or Flask."""
