"""The tokens that stand in the index beside the words: who may find a unit, and by what it can be chosen.

Circles stand for themselves. No word that anybody types is ever looked for among these.
"""

from uuid import UUID

from journal.search.asking import Ask, Where
from journal.search.gated import circles_in, kinds_in
from journal.seeing import Viewer
from journal.store.index import Kind


def author(membership: UUID) -> str:
    """Return the token of whoever wrote it."""
    return f"author/{membership.hex}"


def desk(group: UUID) -> str:
    """Return the token of the teachers who decide for a class."""
    return f"desk/{group.hex}"


def lead(school: UUID) -> str:
    """Return the token of the safeguarding leads, who decide where nobody nearer can."""
    return f"lead/{school.hex}"


def pupil(membership: UUID) -> str:
    """Return the token of the child in whose space it stands."""
    return f"pupil/{membership.hex}"


def kind(one: Kind) -> str:
    """Return the token of what it is."""
    return f"kind/{one}"


def inside(circle: str) -> str:
    """Return the token of a circle that the item is shown to, in whatever revision."""
    return f"in/{circle}"


def held_by(viewer: Viewer) -> frozenset[str]:
    """Return all tokens that a viewer holds."""
    found = {*viewer.circles, author(viewer.membership), *(desk(group) for group in viewer.decides_for)}
    return frozenset(found | {lead(viewer.school)} if viewer.leads else found)


def chosen_by(viewer: Viewer, ask: Ask) -> tuple[frozenset[str], ...]:
    """Return for each filter of a question the tokens of which a unit must have one."""
    found: list[frozenset[str]] = []
    if ask.child:
        found.append(frozenset({pupil(ask.child)}))
    if ask.group:
        found.append(frozenset(inside(one) for one in circles_in(viewer, ask.group)))
    if ask.where is not Where.ANYWHERE:
        found.append(frozenset(kind(one) for one in kinds_in(ask.where)))
    return tuple(found)
