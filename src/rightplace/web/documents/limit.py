"""Receiving files: in memory and only up to the limit, so that no upload fills a disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile


class HeldInMemory(MemoryFileUploadHandler):
    """Holds files in memory; one past the limit is dropped as it comes in, and the request then says ``too_big``."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Always take part, whatever length the browser states."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of the file. Raises ``SkipFile`` past the limit."""
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self.request.too_big = True
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
