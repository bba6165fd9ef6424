"""Saying yes, no, or "ask me each time". Each answer is a new row; what holds stands in ``journal.consents``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal.clock import now, zone_of
from journal.conditions import table
from journal.consent.tagging import picture
from journal.consents import AGAINST, counts, newest
from journal.reasons import beyond
from journal.records import Consent, FamilyLink, Membership, PupilBorn, School, Tagged
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.seeing import Viewer
from journal.trail import record
from journal.words import ASKED_WITH, Answer, Purpose, Role, SaidHow


@dataclass(frozen=True, slots=True)
class PaperInput:
    """One answer on paper, for one child: who said it, a carer's membership or the name of somebody who has none."""

    pupil: UUID
    purpose: Purpose
    answer: Answer
    said_on: date
    carer: UUID | None = None
    name: str = ""
    wording: int = ASKED_WITH[-1]


def answer(
    session: Session, actor: Viewer, pupil: UUID, purpose: Purpose, said: Answer, photo: UUID | None = None
) -> None:
    """A carer says something about all pictures of a child, or about one in which the child is named.

    Raises ``Unseen`` for whoever is no carer of that child today, and for a photo in which the child is not named.
    """
    link = session.scalars(
        select(FamilyLink).where(
            FamilyLink.relative_id == actor.membership,
            FamilyLink.pupil_id == pupil,
            FamilyLink.carer,
            FamilyLink.ended_at.is_(None),
        )
    ).first()
    if actor.role is not Role.RELATIVE or link is None:
        raise Unseen
    if photo is not None:
        _named(session, photo, pupil)
    known_as = (link.known_as, actor.membership)
    _add(session, actor, _Row(pupil, purpose, said, photo, known_as, _today(session, actor), SaidHow.ONLINE))


def note_yes(session: Session, actor: Viewer, photo: UUID, pupil: UUID, carer: UUID) -> None:
    """Who moderates a picture writes down that a carer said yes to it, in person or on paper.

    Only for who wants to be asked each time: nobody else's word is changed so. Raises ``Unseen`` for any other carer, a
    child who is not named in it, and who does not moderate it.
    """
    name = askers(session, photo).get(pupil, {}).get(carer)
    if name is None or picture(session, actor, photo).own:
        raise Unseen
    today = _today(session, actor)
    _add(session, actor, _Row(pupil, Purpose.CLASS_JOURNAL, Answer.YES, photo, (name, carer), today, SaidHow.PAPER))


def askers(session: Session, photo: UUID) -> dict[UUID, dict[UUID, str]]:
    """Return, for the pupils named in a picture, the carers who want to be asked each time and what each is called."""
    said, tagged = table(Consent), table(Tagged)
    with beyond(session, ACT):
        rows = session.execute(
            select(said.c.pupil_id, said.c.said_by_id, said.c.said_name)
            .join(tagged, tagged.c.pupil_id == said.c.pupil_id)
            .where(tagged.c.attachment_id == photo, said.c.about_id == said.c.pupil_id, said.c.answer == Answer.ASK)
            .where(said.c.purpose == Purpose.CLASS_JOURNAL, said.c.said_by_id != said.c.pupil_id)
            .where(newest(said), counts(said))
        ).all()
    found: dict[UUID, dict[UUID, str]] = {}
    for pupil, carer, name in rows:
        if carer is not None:
            found.setdefault(pupil, {})[carer] = name
    return found


def answer_own(session: Session, actor: Viewer, purpose: Purpose, said: Answer) -> None:
    """A pupil says something about pictures of themselves. Raises ``Unseen`` before the school's age."""
    if not has_own_say(session, actor):
        raise Unseen
    with beyond(session, ACT):
        name = session.scalars(select(Membership.name).where(Membership.id == actor.membership)).one()
    own = (name, actor.membership)
    _add(session, actor, _Row(actor.membership, purpose, said, None, own, _today(session, actor), SaidHow.ONLINE))


def has_own_say(session: Session, pupil: Viewer) -> bool:
    """Tell whether a pupil is old enough for their own word to count; not where no birthday is known."""
    if pupil.role is not Role.PUPIL:
        return False
    with beyond(session, ACT):
        born = session.scalar(select(PupilBorn.born_on).where(PupilBorn.pupil_id == pupil.membership))
        age = session.scalars(select(School.own_say_age).where(School.id == pupil.school)).one()
    today = _today(session, pupil)
    return born is not None and (today.year - age, today.month, today.day) >= (born.year, born.month, born.day)


def enter_paper(session: Session, actor: Viewer, rows: Collection[PaperInput]) -> int:
    """The office writes down what came on paper; returns how many answers were new.

    All or nothing. Raises Refusal(NOT_A_DAY) for a day to come, Refusal(NOT_UNDERSTOOD) for a version of the words that
    there never was or for nobody's name, and ``Unseen`` for a child or a carer who is none of this school.
    """
    _office(actor)
    today = _today(session, actor)
    for row in rows:
        if row.said_on > today:
            raise Refusal(Reason.NOT_A_DAY, "said_on")
        if row.wording not in ASKED_WITH or (row.carer is None and not row.name):
            raise Refusal(Reason.NOT_UNDERSTOOD, "who")
    carers = _carers(session, actor, {row.pupil for row in rows})
    new = 0
    for row in sorted(rows, key=lambda one: (str(one.pupil), one.purpose)):
        if row.pupil not in carers or (row.carer is not None and row.carer not in carers[row.pupil]):
            raise Unseen
        who = (carers[row.pupil][row.carer], row.carer) if row.carer is not None else (row.name, None)
        kept = _Row(row.pupil, row.purpose, row.answer, None, who, row.said_on, SaidHow.PAPER, row.wording)
        new += _add(session, actor, kept)
    return new


def set_birthdays(session: Session, actor: Viewer, days: Iterable[tuple[UUID, date]]) -> None:
    """The office writes down when pupils were born, for nothing but from when their own word counts."""
    _office(actor)
    found = dict(days)
    known = _carers(session, actor, set(found))
    if found.keys() - known.keys():
        raise Unseen
    with beyond(session, ACT):
        rows = {row.pupil_id: row for row in session.scalars(select(PupilBorn).where(PupilBorn.pupil_id.in_(found)))}
    for pupil, day in sorted(found.items()):
        if pupil in rows:
            rows[pupil].born_on = day
        else:
            session.add(PupilBorn(school_id=actor.school, pupil_id=pupil, born_on=day))
        record(session, actor, "pupil_born", pupil)
    session.flush()


def own_say_age(session: Session, actor: Viewer) -> int:
    """Return from how many years on a pupil's own word counts at the viewer's school."""
    return session.scalars(select(School.own_say_age).where(School.id == actor.school)).one()


def set_own_say_age(session: Session, actor: Viewer, age: int) -> None:
    """The school says from how many years on a pupil's own word counts. What was said before stays heard."""
    _office(actor)
    if not 4 <= age <= 18:
        raise Refusal(Reason.NOT_UNDERSTOOD, "age")
    with beyond(session, ACT):
        session.execute(update(School).where(School.id == actor.school).values(own_say_age=age))
    record(session, actor, "own_say_age", actor.school, age=age)


@dataclass(frozen=True, slots=True)
class _Row:
    pupil: UUID
    purpose: Purpose
    answer: Answer
    photo: UUID | None
    who: tuple[str, UUID | None]
    said_on: date
    how: SaidHow
    wording: int = ASKED_WITH[-1]


def _add(session: Session, actor: Viewer, row: _Row) -> bool:
    """Add an answer, unless the same speaker said the same last; returns whether it was added."""
    name, by = row.who
    speaker = by.hex if by is not None else f"name/{name.casefold()}"
    about = row.photo or row.pupil
    same = (Consent.pupil_id == row.pupil, Consent.purpose == row.purpose, Consent.about_id == about)
    with beyond(session, ACT):
        # Two may answer at once: the second one waits here, and then counts the first one too.
        session.execute(update(Membership).where(Membership.id == row.pupil).values(ended_at=Membership.ended_at))
        theirs = select(Consent).where(*same, Consent.speaker == speaker)
        last = session.scalars(theirs.order_by(Consent.number.desc()).limit(1)).one_or_none()
    before = last.answer if last is not None else None
    said = row.answer
    if said is Answer.NO and before in (Answer.YES, Answer.ASK):
        said = Answer.WITHDRAWN
    if before is said or (said in AGAINST and before in AGAINST):
        return False
    session.add(
        Consent(
            school_id=actor.school,
            pupil_id=row.pupil,
            purpose=row.purpose,
            about_id=about,
            speaker=speaker,
            number=last.number + 1 if last is not None else 1,
            answer=said,
            said_by_id=by,
            said_name=name,
            said_on=row.said_on,
            how=row.how,
            by_id=actor.membership,
            wording=row.wording,
        )
    )
    session.flush()
    record(session, actor, "consent", row.pupil, purpose=row.purpose, answer=said, how=row.how, about=str(about))
    return True


def _named(session: Session, photo: UUID, pupil: UUID) -> None:
    with beyond(session, ACT):
        here = select(func.count()).select_from(Tagged).where(Tagged.attachment_id == photo, Tagged.pupil_id == pupil)
        if not session.scalar(here):
            raise Unseen


def _carers(session: Session, actor: Viewer, pupils: set[UUID]) -> dict[UUID, dict[UUID, str]]:
    """The carers of pupils of the actor's school, with what the pupil calls each."""
    with beyond(session, ACT):
        here = select(Membership.id).where(
            Membership.id.in_(pupils), Membership.school_id == actor.school, Membership.role == Role.PUPIL
        )
        found: dict[UUID, dict[UUID, str]] = {pupil: {} for pupil in session.scalars(here)}
        links = select(FamilyLink).where(
            FamilyLink.pupil_id.in_(found), FamilyLink.carer, FamilyLink.ended_at.is_(None)
        )
        for link in session.scalars(links):
            found[link.pupil_id][link.relative_id] = link.known_as
    return found


def _office(actor: Viewer) -> None:
    if actor.role not in (Role.OFFICE, Role.HEAD):
        raise Unseen


def _today(session: Session, actor: Viewer) -> date:
    with beyond(session, ACT):
        zone = session.scalars(select(School.time_zone).where(School.id == actor.school)).one()
    return now().astimezone(zone_of(zone)).date()
