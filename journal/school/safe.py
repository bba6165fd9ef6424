"""What a school says about worries: who reads them, and where to get help at night."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.records import School


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Help by telephone."""

    title: str
    number: str
    words: str = ""
    icon: str = "phone"


def safe_words_of(session: Session) -> tuple[str, str, list[HelpLine]]:
    """Return who reads worries and when, in the school's own words, their language, and its help lines."""
    school = session.scalars(select(School)).one()
    return school.worries_read, school.locale, help_lines(school.help_lines)


def help_lines(kept: str) -> list[HelpLine]:
    """Return the help lines that a school keeps: a line each, name, number and words parted by bars."""
    parted = [[part.strip() for part in line.split("|", 2)] for line in kept.splitlines() if line.strip()]
    return [HelpLine(one[0], one[1] if len(one) > 1 else "", one[2] if len(one) > 2 else "") for one in parted]
