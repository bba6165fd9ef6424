"""A school, its groups, and who belongs to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, Everywhere, OfSchool, school_table, to, words_of
from journal.words import Role


class School(Everywhere, Base):
    """A school and what it chose."""

    __tablename__ = "school"
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(12), default="en")
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    family_checked_first: Mapped[bool] = mapped_column(default=False)
    """Whether what is for the child's own family only is read by the school first."""
    class_families_may_comment: Mapped[bool] = mapped_column(default=False)
    second_factor: Mapped[bool] = mapped_column(default=True)
    """Whether staff prove a second thing besides the password: numbers of an app, or a passkey."""
    flags_hold: Mapped[str] = mapped_column(String(200), default="")
    """Which flags keep back what would go straight to the family, until it is read: kinds, parted by commas."""
    worries_read: Mapped[str] = mapped_column(Text, default="")
    """Who reads worries and when, in the school's own words."""
    help_lines: Mapped[str] = mapped_column(Text, default="")
    """Where to get help at night: a line each, name and number parted by a bar."""
    second_lead_id: Mapped[UUID | None] = mapped_column()
    """The second safeguarding lead, as a membership: somebody of the staff whom the head named. Reads worries too."""
    worry_opens: Mapped[str] = mapped_column(String(5), default="08:30")
    worry_shuts: Mapped[str] = mapped_column(String(5), default="15:30")
    """From when to when somebody reads them on a day with school, by the school's clock."""
    worry_by: Mapped[str] = mapped_column(String(5), default="10:00")
    """When what came before is read at the latest; then the second lead is told."""
    reads_before: Mapped[str] = mapped_column(String(5), default="")
    """Until when teachers usually have looked on a school day, as "16:00"; empty where the school promises nothing."""
    school_days: Mapped[str] = mapped_column(String(7), default="12345")
    """The days of the week with school: 1 is Monday. All that hangs on days reads these (``journal.hours``)."""
    closed_days: Mapped[str] = mapped_column(Text, default="")
    """When there is no school: a line each, a day or the first and the last, as 2026-12-21 2027-01-04."""
    late_after: Mapped[int] = mapped_column(default=0)
    """After how many hours of school days something goes to a second moderator as well; 0 for never."""
    own_say_age: Mapped[int] = mapped_column(default=12)
    """From how many years on a pupil's own word about pictures counts beside the family's."""
    record_years: Mapped[int] = mapped_column(default=7)
    """How many years the record is kept (``journal.record.dropping``)."""


class Group(OfSchool, Base):
    """A class, club or trip of one school year."""

    __tablename__ = "group"
    __table_args__ = school_table()
    name: Mapped[str] = mapped_column(String(80))
    year: Mapped[str] = mapped_column(String(9))
    label: Mapped[str] = mapped_column(String(40), default="")
    class_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    """What pupils type to find their class; unique over all schools."""
    closed_at: Mapped[datetime | None] = mapped_column()
    """When its school year ended: its circles stay, nothing new comes in."""


class Person(Everywhere, Base):
    """Somebody with an account. Names and faces hang on the membership, contact details on the credential."""

    __tablename__ = "person"
    locale: Mapped[str | None] = mapped_column(String(12))
    theme: Mapped[str] = mapped_column(String(8), default="")
    letters: Mapped[str] = mapped_column(String(8), default="")
    keys: Mapped[bool] = mapped_column(default=True)
    """Whether single keys decide in the queue."""


class Membership(OfSchool, Base):
    """A person's role in a school: the hat they wear."""

    __tablename__ = "membership"
    __table_args__ = school_table(
        Index("ix_membership_person", "person_id"), Index("ix_membership_role", "school_id", "role")
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(words_of(Role))
    name: Mapped[str] = mapped_column(String(120))
    """How the school calls them: a pupil's first name, "Mr Adeyemi"."""
    face: Mapped[str | None] = mapped_column(String(80))
    """The kept file of their face, if there is one."""
    ended_at: Mapped[datetime | None] = mapped_column()


class Enrolment(OfSchool, Base):
    """A pupil in a group."""

    __tablename__ = "enrolment"
    __table_args__ = school_table(
        to("pupil_id", "membership"),
        to("group_id", "group"),
        Index("ix_enrolment_pupil", "pupil_id"),
        Index("ix_enrolment_group", "group_id"),
    )
    pupil_id: Mapped[UUID] = mapped_column()
    group_id: Mapped[UUID] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    """When the pupil left the group; one who stayed until its year ended has none."""


class Teaching(OfSchool, Base):
    """A teacher of a group."""

    __tablename__ = "teaching"
    __table_args__ = school_table(
        to("teacher_id", "membership"),
        to("group_id", "group"),
        Index("ix_teaching_teacher", "teacher_id"),
        Index("ix_teaching_group", "group_id"),
    )
    teacher_id: Mapped[UUID] = mapped_column()
    group_id: Mapped[UUID] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()


class FamilyLink(OfSchool, Base):
    """A relative of a pupil."""

    __tablename__ = "family_link"
    __table_args__ = school_table(
        to("relative_id", "membership"),
        to("pupil_id", "membership"),
        Index("ix_family_link_relative", "relative_id"),
        Index("ix_family_link_pupil", "pupil_id"),
    )
    relative_id: Mapped[UUID] = mapped_column()
    pupil_id: Mapped[UUID] = mapped_column()
    known_as: Mapped[str] = mapped_column(String(80))
    """What the pupil calls them: "Mum", "Grandad Joe"."""
    household: Mapped[str] = mapped_column(String(40), default="")
    carer: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column()
