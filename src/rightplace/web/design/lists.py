"""Long lists in pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator


class Counted(Paginator):
    """Pages of a list. A page that does not exist gives the nearest that does (see ``get_page``)."""

    def __init__(self, rows: Any, at_a_time: int = 25) -> None:
        super().__init__(rows, at_a_time)
