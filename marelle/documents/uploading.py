"""What a browser sends is read piece by piece; what is larger than anything we take is not read at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MARGIN = 5 * 1024 * 1024
"""What the other fields of a form, and a second file beside a film, may weigh."""


class StopWhenTooLarge(FileUploadHandler):
    """Stops before the first byte of a file when the request announces more than we ever take, and in the middle when it
    announced nothing. The fields that came first are kept, the security token among them: the view answers with its
    page, and with words (`request.is_too_large`)."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.announced, self.read = content_length, 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._stop_if(self.announced > settings.VIDEO_MAX_BYTES + MARGIN)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.read += len(raw_data)
        self._stop_if(self.read > settings.VIDEO_MAX_BYTES + MARGIN)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _stop_if(self, too_much: bool) -> None:
        if too_much:
            if self.request is not None:
                self.request.is_too_large = True  # type: ignore[attr-defined]
            raise StopUpload(connection_reset=True)
