"""Who is in the large demo's school: seven classes of thirty, a choir, their families, their teachers.

Everybody is invented. All grown-ups share one password and all pupils one pass phrase, hashed once: five hundred
hashes would take longer than everything else.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from journal.demo.cast_of import HELP_LINES
from journal.demo.large_folk import Folk, Pupil
from journal.demo.large_rows import id_at
from journal.demo.secrets import pass_phrase, password
from journal.passwords import Cost, hash_secret, tidy_class_code, tidy_phrase
from journal.records import Credential, Enrolment, FamilyLink, Group, Membership, Person, School, Teaching
from journal.viewers import viewer_for
from journal.words import Role

SCHOOL = "Longmeadow Primary"
KEY = "longmeadow"
PASSWORD, PHRASE = password(KEY), pass_phrase(KEY)
CLASS_SIZE = 30
CLASSES = (
    ("Otters", "Year 1", "OTTER-MARBLE-73"),
    ("Swifts", "Year 2", "FALCON-TEAPOT-46"),
    ("Badgers", "Year 3", "HAZEL-LADDER-92"),
    ("Dippers", "Year 4", "RIVER-PEBBLE-38"),
    ("Foxes", "Year 5", "FOREST-KETTLE-64"),
    ("Kites", "Year 6", "KITE-HARBOUR-29"),
    ("Hares", "Year 6", "MEADOW-ACORN-87"),
)
CHOIR = ("Choir", "all years", "CELLO-LANTERN-34")

_GIVEN = (  # noqa: SIM905 - a page of words reads better than a list
    "Aadam Abigail Ada Ahmed Aisling Alfie Alice Aliyah Amber Ana Anders Angus Anika Arjun Asha Ava Ayub Bea Beth Bibi "
    "Bronwen Caleb Carys Chidi Clara Cora Daisy Daniyal Dara Dewi Dora Edie Eira Eli Elif Emeka Erin Esme Etta Ewan "
    "Farah Finn Flora Fraser George Gethin Grace Gus Hamza Hari Hattie Hazel Hugh Ida Ikram Imran Ines Iona Isaac Ivy "
    "Jaya Jess Jonah Joss Kamal Kasia Kezia Kit Lena Lewis Lila Lowri Mabel Magda Malik Marek Mariam Mina Morgan Nadim "
    "Neve Nico Nora Ola Orla Otis Owen Pia Rabia Rahul Ravi Reuben Rowan Sabine Safa Saskia Seren Silas Simran Sunil "
    "Tariq Tess Una Uzma Viktor Wilf Wren Yasmin Yusra Zara Zofia"
).split()
_FAMILY = (  # noqa: SIM905 - as above
    "Abbott Achebe Ahmed Ali Aziz Baker Begum Brand Carter Chaudhry Cohen Costa Cross Davies Dean Ellison Evans Farooq "
    "Field Flynn Gill Gower Haque Hart Hussain Islam Jones Kaur Khan Kowalski Lane Lewis Mahmood Moss Nair Nowak Oakes "
    "Obi Parry Patel Quinn Rahman Rees Roberts Shah Singh Stone Tan Uddin Vaughan Walsh Webb Yates Yilmaz Zaman"
).split()
_TEACHERS = ("Mr Adair", "Miss Birch", "Mr Dorsey", "Mrs Estrin", "Mr Gale", "Miss Hobday", "Mrs Iveson")
_ASSISTANTS = ("Mrs Jarrold", "Mr Keane", "Ms Lomax")
FIRST, QUIET = "Marlow", "Quill"
"""The pupil whose parent has two children here, and the one who hardly ever writes; both in the first class."""
_CARERS = ("Mum", "Dad")
_OTHERS = ("Nan", "Grandad", "Auntie", "Nani", "Taid", "Dadu")
_LANGUAGES = ("cy", "ur", "bn")
_KINDS = (School, Group, Person, Credential, Membership, Enrolment, Teaching, FamilyLink)
"""What is added, in an order in which nothing points at what is not there yet."""

PARENT, TEACHER, HEAD, LEAD = (f"{one}.{KEY}@example.org" for one in ("parent", "teacher", "head", "lead"))
"""With whom to sign in: a parent of two, a teacher of a class and the choir, the head, the safeguarding lead."""

_T = TypeVar("_T")


def add_people(session: Session, draw: Random, at: datetime, faces: Sequence[str], cost: Cost) -> Folk:
    """Add the school with everybody in it, and return them as viewers of this moment."""
    builder = _Builder(draw, at, faces, cost)
    builder.build()
    for kind in _KINDS:
        session.add_all(builder.rows[kind])
        session.flush()
    return builder.folk(session)


def large_accounts() -> list[dict[str, str]]:
    """Return whom one can sign in as, in the words of ``journal.demo.build.accounts``."""
    grown = (("head", "Mrs Fairweather", HEAD), ("lead", "Mr Pike", LEAD))
    taught = (("teacher", "Mr Adair", TEACHER), ("relative", "Robin Ashdown", PARENT))
    found = [
        {"role": role, "school": SCHOOL, "name": name, "email": email, "password": PASSWORD}
        for role, name, email in grown + taught
    ]
    code = {"class_code": tidy_class_code(CLASSES[0][2]), "pass_phrase": PHRASE}
    return found + [{"role": "pupil", "school": SCHOOL, "name": name, **code} for name in (FIRST, QUIET)]


class _Builder:
    """Draws the school as rows. The first pupil has a sibling in another class; the last of the class writes rarely."""

    def __init__(self, draw: Random, at: datetime, faces: Sequence[str], cost: Cost) -> None:
        self.draw, self.at, self.faces = draw, at, faces
        self.phrase, self.password = hash_secret(tidy_phrase(PHRASE), cost), hash_secret(PASSWORD, cost)
        self.rows: dict[type, list[Any]] = defaultdict(list)
        self.school = self._add(
            School(
                name=SCHOOL,
                class_families_may_comment=True,
                second_factor=False,  # it is for looking at and measuring, by whoever made it
                worries_read="Mr Pike reads worries on school days.",
                help_lines=HELP_LINES,
            )
        ).id
        self.links: dict[UUID, list[tuple[UUID, UUID]]] = {}
        self.busy: set[UUID] = set()
        """The two of whom somebody is the parent: their pages are full also in a school with a short past."""

    def build(self) -> None:
        """Draw everybody."""
        groups = [
            self._in(Group, name=name, label=label, year="2026-27", class_code=tidy_class_code(code))
            for name, label, code in (*CLASSES, CHOIR)
        ]
        pupils = [self._pupil(group, number) for group in groups[:-1] for number in range(CLASS_SIZE)]
        for one in pupils[::7]:
            self._in(Enrolment, pupil_id=one.id, group_id=groups[-1].id)
        self._teachers(groups)
        self._families(pupils)
        self._hat(Role.HEAD, "Mrs Fairweather", HEAD)
        self._hat(Role.LEAD, "Mr Pike", LEAD)
        self._hat(Role.OFFICE, "Ms Dunn", f"office.{KEY}@example.org")

    def folk(self, session: Session) -> Folk:
        """Return everybody as viewers, once they are in the database."""
        viewers = {hat.id: viewer_for(session, hat) for hat in self.rows[Membership]}
        enrolled: dict[UUID, list[UUID]] = {}
        for row in self.rows[Enrolment]:
            enrolled.setdefault(row.pupil_id, []).append(row.group_id)
        folk = Folk(self.school, next(one for one in viewers.values() if one.role is Role.LEAD))
        for number, (pupil, groups) in enumerate(enrolled.items()):
            family = [(viewers[relative], link) for relative, link in self.links[pupil]]
            language = _LANGUAGES[number % 3] if number % 11 == 3 else "en"
            made = Pupil(viewers[pupil], language, groups, family)
            made.rarely, made.busy = number == CLASS_SIZE - 1, pupil in self.busy
            folk.pupils.append(made)
        for group in self.rows[Group]:
            folk.of_group[group.id] = [one for one in folk.pupils if group.id in one.groups]
            folk.teachers[group.id] = [one for one in viewers.values() if group.id in one.decides_for]
        return folk

    def _add(self, row: _T) -> _T:
        row.id, row.created_at = id_at(self.at, self.draw), self.at  # type: ignore[attr-defined]
        self.rows[type(row)].append(row)
        return row

    def _in(self, kind: type[_T], **values: Any) -> _T:
        return self._add(kind(school_id=self.school, **values))  # type: ignore[call-arg] # rows of a school have it

    def _pupil(self, group: Group, number: int) -> Membership:
        name = f"{_GIVEN[(number * 4 + self.draw.randrange(4)) % len(_GIVEN)]} {self.draw.choice(_FAMILY)[0]}"
        if len(self.rows[Membership]) in (0, CLASS_SIZE - 1):
            name = QUIET if number else FIRST
        person = self._add(Person())
        self._add(Credential(person_id=person.id, secret_hash=self.phrase))
        pupil = self._in(Membership, person_id=person.id, role=Role.PUPIL, name=name, face=self._face())
        self._in(Enrolment, pupil_id=pupil.id, group_id=group.id)
        return pupil

    def _hat(self, role: Role, name: str, email: str, person: UUID | None = None) -> Membership:
        if person is None:
            person = self._add(Person()).id
            self._add(Credential(person_id=person, email=email, secret_hash=self.password))
        return self._in(Membership, person_id=person, role=role, name=name, face=self._face())

    def _face(self) -> str | None:
        return self.draw.choice(self.faces) if self.faces and self.draw.random() < 0.7 else None

    def _teachers(self, groups: Sequence[Group]) -> None:
        """One of each class, and one more for two or three of them; the first class's has the choir too."""
        for number, group in enumerate(groups[:-1]):
            hat = self._hat(Role.TEACHER, _TEACHERS[number], f"teacher{number or ''}.{KEY}@example.org")
            self._in(Teaching, teacher_id=hat.id, group_id=group.id)
        first = next(one for one in self.rows[Membership] if one.role is Role.TEACHER)
        self._in(Teaching, teacher_id=first.id, group_id=groups[-1].id)
        for number in range(3):
            hat = self._hat(Role.TEACHER, _ASSISTANTS[number], f"assistant{number}.{KEY}@example.org")
            for group in groups[number:-1:3]:
                self._in(Teaching, teacher_id=hat.id, group_id=group.id)

    def _families(self, pupils: Sequence[Membership]) -> None:
        """Two in five have a sibling. A class's teacher is the parent of one of its children."""
        rest = list(pupils[1:])
        parted = rest.pop(CLASS_SIZE - 2), rest.pop(CLASS_SIZE + 9), rest.pop(2 * CLASS_SIZE + 1)
        quiet, sibling, taught = parted
        self.draw.shuffle(rest)
        self.busy = {pupils[0].id, sibling.id}
        self._family([pupils[0], sibling], [("Robin Ashdown", "Mum", PARENT), ("", "Dad", ""), ("", "Nan", "")])
        self._family([quiet], [("", "Mum", f"quiet.{KEY}@example.org")])
        teachers = [one for one in self.rows[Membership] if one.role is Role.TEACHER]
        self._family([taught], [("", "Mum", "")])
        parent = self._hat(Role.RELATIVE, teachers[2].name, "", teachers[2].person_id)
        self._link(parent, taught, "Dad")
        while rest:
            size = 2 if self.draw.random() < 0.25 else 1
            children, rest = rest[:size], rest[size:]
            known = [
                *_CARERS[: self.draw.choice((1, 2, 2))],
                *self.draw.sample(_OTHERS, self.draw.choice((0, 0, 1, 2))),
            ]
            self._family(children, [("", one, "") for one in known])

    def _family(self, children: Sequence[Membership], relatives: Sequence[tuple[str, str, str]]) -> None:
        surname = self.draw.choice(_FAMILY)
        for name, known_as, email in relatives:
            number = len(self.rows[Membership])
            name = name or f"{self.draw.choice(_GIVEN)} {surname}"
            hat = self._hat(Role.RELATIVE, name, email or f"family{number}.{KEY}@example.org")
            for child in children:
                self._link(hat, child, known_as)

    def _link(self, relative: Membership, child: Membership, known_as: str) -> None:
        link = self._in(
            FamilyLink, relative_id=relative.id, pupil_id=child.id, known_as=known_as, carer=known_as in _CARERS
        )
        self.links.setdefault(child.id, []).append((relative.id, link.id))
