"""Who searches comes first: what an index is made with waits for the service on the same machine."""

from __future__ import annotations

import os

# A tenth of what a process that asks for nothing gets, where both want all there is; all of it where nobody else does.
_STEPS = 10


def step_back() -> None:
    """From now on this process, and those it starts, get the processor after others; not on Windows."""
    if hasattr(os, "nice"):
        os.nice(_STEPS)
