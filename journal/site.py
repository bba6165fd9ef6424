"""The Flask app of the house: addresses of pages are made once each, and a view speaks one language."""

from functools import lru_cache
from typing import Any

from flask import Flask, Request, current_app, has_request_context, request
from flask.typing import ResponseReturnValue

from journal.drawing import Sheets
from journal.saying import one_language

LONGEST = 100
"""Letters of a value in an address that is kept: what people type is theirs, and no two type the same."""


class Site(Flask):
    """A Flask app that keeps the addresses it made. They say where a page is, and not who may open it."""

    jinja_environment = Sheets

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._address = lru_cache(maxsize=4_096)(self._make)

    def dispatch_request(self) -> ResponseReturnValue:
        """Let the view make its answer."""
        with one_language():
            return super().dispatch_request()

    def url_for(self, endpoint: str, /, **values: Any) -> str:  # type: ignore[override] # all is handed on
        """Return the address of a page, as Flask does. A name that begins with a dot is of the request's own room."""
        if values.get("_external") or not has_request_context():
            return super().url_for(endpoint, **values)
        here: Request = request._get_current_object()  # type: ignore[attr-defined] # asked once, not at each of its words
        if endpoint[0] == ".":
            endpoint = f"{here.blueprint}{endpoint}"
        for one in values.values():
            if isinstance(one, str) and len(one) > LONGEST:
                return super().url_for(endpoint, **values)
        return self._address(here.root_path, endpoint, *values.items())

    def _make(self, _root: str, endpoint: str, *values: tuple[str, Any]) -> str:
        return super().url_for(endpoint, **dict(values))


def url_for(endpoint: str, **values: Any) -> str:
    """Return the address of a page: Flask's own function, but for what nobody gives and each address would carry."""
    return current_app.url_for(endpoint, **values)
