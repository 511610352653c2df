"""What can go wrong while searching, as the reader is told of it."""


class QueryError(ValueError):
    """The question can't be asked as it stands; the message is Chinese and names the cure (HTTP 400)."""


class NoSuchPage(QueryError):
    """A page beyond the last of the results (HTTP 404)."""


class IndexUnusable(RuntimeError):
    """There is no index, it is damaged, or other code wrote it; the message says what to run (HTTP 503)."""


class TooLong(RuntimeError):
    """A question was worked at for longer than it may be, and given up (HTTP 503)."""


class Busy(RuntimeError):
    """Someone else holds the lock, or too many searches run at once (HTTP 503, Retry-After)."""
