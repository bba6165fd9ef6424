"""Putting the demo's people into the database: schools, classes, accounts, family links."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.accounts.sealing import seal
from journal.clock import now
from journal.demo import shapes
from journal.demo.pictures import Pictures
from journal.demo.secrets import app_secret
from journal.passwords import Cost, hash_secret, tidy_class_code, tidy_phrase
from journal.records import (
    Authenticator,
    Credential,
    Enrolment,
    FamilyLink,
    Group,
    Membership,
    Person,
    School,
    Teaching,
)
from journal.words import STAFF, Role

HELP_LINES = "999||\nChildline|0800 1111|\nSHOUT (text)|85258|"


@dataclass(slots=True)
class Keys:
    """What stands in the database for each key of the demo."""

    schools: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    persons: dict[str, UUID] = field(default_factory=dict)
    members: dict[tuple[str, str, Role], UUID] = field(default_factory=dict)
    """Memberships by (key, school, role)."""
    links: dict[tuple[str, str], UUID] = field(default_factory=dict)
    """Family links by (relative, pupil)."""
    ended: list[UUID] = field(default_factory=list)
    """Links that end when all is written."""


def add_people(session: Session, cast: shapes.Cast, pictures: Pictures, cost: Cost, secret_key: str) -> Keys:
    """Add everybody, and return what stands for each key. Of the staff each has an app, its secret sealed."""
    keys = Keys()
    leads = {hat.school: one.known_as for one in cast.grownups for hat in one.hats if hat.role == "lead"}
    for school in cast.schools:
        keys.schools[school.key] = _add(session, _school(school, leads[school.key]))
    for group in cast.groups:
        keys.groups[group.key] = _add(
            session,
            Group(
                school_id=keys.schools[group.school],
                name=group.name,
                year="2026-27",
                label=group.year_name,
                class_code=tidy_class_code(group.class_code),
            ),
        )
    for pupil in cast.pupils:
        _add_pupil(session, keys, pupil, pictures, cost)
    for grownup in cast.grownups:
        _add_grownup(session, keys, grownup, pictures, cost)
        if any(Role(hat.role) in STAFF for hat in grownup.hats):
            _add_app(session, keys.persons[grownup.key], app_secret(grownup.key), secret_key)
    for link in cast.links:
        _add_link(session, keys, cast, link)
    _name_seconds(session, keys)
    return keys


def _name_seconds(session: Session, keys: Keys) -> None:
    """At Larkfield the head covers for the safeguarding lead."""
    second = update(School).where(School.id == keys.schools["larkfield"])
    session.execute(second.values(second_lead_id=keys.members["kaur", "larkfield", Role.HEAD]))


def _school(school: shapes.School, lead: str) -> School:
    return School(
        name=school.name,
        locale=school.language,
        family_checked_first=school.family_checked,
        class_families_may_comment=school.class_families_may_comment,
        reads_before="16:00",
        worries_read=f"{lead} reads worries on school days, from 8 in the morning to 5 in the afternoon.",
        help_lines=HELP_LINES,
        worry_opens="08:00",
        worry_shuts="17:00",
    )


def _add_pupil(session: Session, keys: Keys, pupil: shapes.Pupil, pictures: Pictures, cost: Cost) -> None:
    person = Person(locale=None if pupil.language == "en" else pupil.language)
    keys.persons[pupil.key] = _add(session, person)
    session.add(Credential(person_id=person.id, secret_hash=hash_secret(tidy_phrase(pupil.pass_phrase), cost)))
    school = keys.schools[pupil.school]
    member = Membership(
        school_id=school,
        person_id=person.id,
        role=Role.PUPIL,
        name=pupil.known_as,
        face=pictures.face(pupil.face) if pupil.face else None,
    )
    keys.members[pupil.key, pupil.school, Role.PUPIL] = _add(session, member)
    session.add(Enrolment(school_id=school, pupil_id=member.id, group_id=keys.groups[pupil.group]))


def _add_grownup(session: Session, keys: Keys, grownup: shapes.Grownup, pictures: Pictures, cost: Cost) -> None:
    person = Person(locale=None if grownup.language == "en" else grownup.language)
    keys.persons[grownup.key] = _add(session, person)
    session.add(Credential(person_id=person.id, email=grownup.email, secret_hash=hash_secret(grownup.password, cost)))
    face = pictures.face(grownup.face) if grownup.face else None
    for hat in grownup.hats:
        member = Membership(
            school_id=keys.schools[hat.school],
            person_id=person.id,
            role=Role(hat.role),
            name=grownup.name if hat.role == "relative" else grownup.known_as,
            face=face,
        )
        keys.members[grownup.key, hat.school, member.role] = _add(session, member)
        for group in hat.groups:
            session.add(Teaching(school_id=member.school_id, teacher_id=member.id, group_id=keys.groups[group]))


def _add_app(session: Session, person: UUID, secret: str, secret_key: str) -> None:
    session.add(Authenticator(person_id=person, secret=seal(secret, secret_key), set_up_at=now()))


def _add_link(session: Session, keys: Keys, cast: shapes.Cast, link: shapes.FamilyLink) -> None:
    school = next(one.school for one in cast.pupils if one.key == link.pupil)
    row = FamilyLink(
        school_id=keys.schools[school],
        relative_id=keys.members[link.relative, school, Role.RELATIVE],
        pupil_id=keys.members[link.pupil, school, Role.PUPIL],
        known_as=link.known_as,
        household=link.household,
        carer=link.carer,
    )
    keys.links[link.relative, link.pupil] = _add(session, row)
    if link.ended:
        keys.ended.append(row.id)


def _add(session: Session, row: School | Group | Person | Membership | FamilyLink) -> UUID:
    session.add(row)
    session.flush()
    return row.id
