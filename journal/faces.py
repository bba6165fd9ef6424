"""Somebody as the macros of ``templates/_parts/face.html`` draw them, in every room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody on a page. ``face_url`` None: their initials are drawn. ``rel``: a line under the name."""

    name: str
    face_url: str | None
    rel: str = ""
