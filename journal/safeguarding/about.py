"""Whom a worry is about: those who are named, whoever made what it is about, and those near to them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.reasons import beyond
from journal.records import Concern, ConcernAbout
from journal.release import ACT
from journal.safeguarding.people import may_name
from journal.safeguarding.snapshot import Snapshot
from journal.seeing import Viewer
from journal.words import About
from journal.worries import near, readers


def named_in(session: Session, actor: Viewer | None, school: UUID, people: Collection[UUID]) -> list[UUID]:
    """Return those of some people whom the teller can name. Somebody on the street can name those who read it."""
    if not people:
        return []
    if actor is not None:
        return [one.id for one in may_name(session, actor, people)]
    return [one.id for one in readers(session, school).there if one.id in people]


def about_of_item(named: Collection[UUID], seen: Snapshot | None) -> dict[UUID, About]:
    """Return whom a worry is about: those who were named, whoever made what it is about, and in whose space it is."""
    if seen is None:
        return dict.fromkeys(named, About.NAMED)
    author, pupil = UUID(hex=seen.kept["author_id"]), UUID(hex=seen.kept["pupil_id"])
    return {pupil: About.SPACE, author: About.AUTHOR, **dict.fromkeys(named, About.NAMED)}


def write_about(session: Session, concern: Concern, about: Mapping[UUID, About]) -> None:
    """Write down whom a worry is about, with those near to them. Who is there already stays as they are."""
    found = near(session, concern.school_id, about)
    with beyond(session, ACT):
        before = session.scalars(select(ConcernAbout).where(ConcernAbout.concern_id == concern.id)).all()
    there = {one.membership_id: one for one in before}
    for member, person in {**found.near, **found.about}.items():
        how = about.get(member, About.NEAR)
        if member not in there:
            row = {"membership_id": member, "person_id": person, "how": how}
            session.add(ConcernAbout(school_id=concern.school_id, concern_id=concern.id, **row))
        elif there[member].how is About.NEAR and how is not About.NEAR:
            there[member].how = how
    session.flush()
