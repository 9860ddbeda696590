"""Long lists in pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator


class Counted(Paginator):
    """Pages of a list. A page that does not exist gives the nearest that does (see ``get_page``).

    ``count`` is how many rows there are, where that is known already and need not be asked again.
    """

    def __init__(self, rows: Any, at_a_time: int = 25, *, count: int | None = None) -> None:
        super().__init__(rows, at_a_time)
        if count is not None:
            self.count = count
