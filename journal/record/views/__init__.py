"""The page of this room: the record."""

from journal.record.views import front
from journal.record.views.blueprint import blueprint

__all__ = ["blueprint", "front"]
