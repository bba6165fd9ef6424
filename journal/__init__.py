"""Thirdspace: a journal between home and school that belongs to the child."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

    from journal.settings import Settings


def create_app(settings: "Settings | None" = None, engine: "Engine | None" = None) -> "Flask":
    """Put the house together. Raises RuntimeError where a page does not say who may open it.

    It is loaded only now: the process that watches over the server needs a tenth of the memory without it.
    """
    from journal.app import create_app as put_together

    return put_together(settings, engine)
