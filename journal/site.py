"""The Flask app of the house: addresses of pages are made once each."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request

LONGEST = 100
"""Letters of a value in an address that is kept: what people type is theirs, and no two type the same."""


class Site(Flask):
    """A Flask app that keeps the addresses it made. They say where a page is, and not who may open it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._address = lru_cache(maxsize=16_384)(self._make)

    def url_for(self, endpoint: str, /, **values: Any) -> str:  # type: ignore[override] # all is handed on
        """Return the address of a page, as Flask does. A name that begins with a dot is of the request's own room."""
        if not has_request_context() or values.get("_external"):
            return super().url_for(endpoint, **values)
        if endpoint.startswith("."):
            endpoint = f"{request.blueprint}{endpoint}"
        if any(isinstance(one, str) and len(one) > LONGEST for one in values.values()):
            return super().url_for(endpoint, **values)
        return self._address(request.root_path, endpoint, tuple(values.items()))

    def _make(self, _root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))
