"""A teacher's first page: what waits to be read, what came for them, and who has not heard from them yet."""

from datetime import timedelta
from types import SimpleNamespace

from babel.dates import format_date, format_timedelta
from flask import Blueprint, render_template
from flask_babel import ngettext

from journal.circles import Kind, circle
from journal.clock import now
from journal.doors import account, db, open_to, viewer
from journal.faces import Face
from journal.flagging import flags_of
from journal.languages import formats_of, in_a_row, listed
from journal.moderation.reading import MOST_COUNTED, Queue, Waits, queue
from journal.names import Named, called
from journal.pages import face_url, locale, when_within, zone
from journal.saying import gettext as _
from journal.school.groups import Covered, Held, covered, groups_of
from journal.school.reading import Unheard, cards, not_heard, page_of
from journal.school.views.said import called_so, greeting, marked_new, names, news_words, said
from journal.search.reading import half_term
from journal.site import url_for
from journal.text import excerpt
from journal.words import Role
from journal.wroteback import News, talk_about

NEWEST = 5
"""How many of the newest things that were shared with a teacher stand on this page."""
MOST_FACES = 8
NAMED_FIRST = 2
"""How many of the things at which an aid pointed are named."""


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule("/today", "today", open_to(Role.TEACHER)(today), methods=["GET"])


def today() -> str:
    """What waits, what came for this teacher, who has not heard back yet, their classes; in eight queries."""
    me, here = viewer(), account()
    groups = [one for one in groups_of(db(), me, Kind.TEACHERS) if one.closed_at is None]
    circles = [circle(Kind.TEACHERS, one.id) for one in groups]
    read, more = page_of(db(), me, circles, None)
    shown = read[:NEWEST]
    talk = talk_about(db(), [one.mark.item for one in shown], notices=True)
    unheard = not_heard(db(), me, circles, half_term(now(), zone()))
    return render_template(
        "school/today.html",
        hello=greeting(here.name if here else ""),
        day=_day_words(groups),
        tray=_tray(queue(db())),
        news=_news(talk.news),
        shared=[marked_new(one) for one in said(me, cards(db(), me, shown, talk), "small", mark_new=True)],
        all_url=url_for("school.shared_with_me") if more or len(read) > NEWEST else None,
        unheard=[_unheard(one) for one in unheard[:MOST_FACES]],
        classes=[(url_for("school.class_page", group=one.id), one.name) for one in groups],
        covers=[_covers(one) for one in covered(db())],
    )


def _day_words(groups: list[Held]) -> str:
    date = format_date(now().astimezone(zone()).date(), "EEEE d MMMM", locale=formats_of(locale()))
    if not groups:
        return str(date)
    return str(_("%(day)s. %(groups)s.", day=date, groups=names(one.name for one in groups)))


def _tray(found: Queue) -> SimpleNamespace | None:
    """What waits for this teacher, in words; None where nothing does."""
    if found.oldest is None:
        return None
    much = _("More than %(num)s things to read before others see them", num=MOST_COUNTED)
    some = ngettext(
        "%(num)s thing to read before others see it", "%(num)s things to read before others see them", found.total
    )
    ago = format_timedelta(found.oldest - now(), add_direction=True, locale=locale())
    flags = flags_of(db(), {one.revision.id for one in found.rows})
    marked = [_title(one) for one in found.rows if one.revision.id in flags]
    return SimpleNamespace(
        title=much if found.total > MOST_COUNTED else some,
        words=" ".join([*_marked_words(marked), str(_("The oldest came in %(ago)s.", ago=ago))]),
    )


def _marked_words(titles: list[str]) -> list[str]:
    if not titles:
        return []
    first = titles[:NAMED_FIRST]
    if len(titles) > NAMED_FIRST:
        return [str(_("Marked: %(names)s and others.", names=in_a_row(first, locale())))]
    return [str(_("Marked: %(names)s.", names=listed(first, locale())))]


def _title(waits: Waits) -> str:
    if waits.item.entry_id is not None:
        return str(_("What %(name)s wrote", name=waits.author.name))
    return waits.revision.title or excerpt(waits.revision.words, 40) or str(_("A picture"))


def _news(news: list[News]) -> list[tuple[str, str]]:
    """What notices tell, and where it stands."""
    return [(news_words(one, _called(one)), url_for("talk.show", comment=one.comment)) for one in news]


def _called(one: News) -> str:
    return called_so(called(viewer(), one.author, Named(one.pupil, one.child, Role.PUPIL, None), one.word))


def _unheard(one: Unheard) -> tuple[str, Face]:
    pupil = one.pupil
    return url_for("entries.show", entry=one.entry), Face(pupil.name, face_url(pupil.id, bool(pupil.face)))


def _covers(one: Covered) -> str:
    last = when_within(one.ends_at - timedelta(seconds=1))
    if one.starts_at <= now():
        return str(_("You read first for %(group)s. Last day: %(day)s.", group=one.name, day=last))
    first = when_within(one.starts_at)
    return str(_("You read first for %(group)s. First day: %(first)s. Last day: %(last)s.", group=one.name, first=first,
                 last=last))  # fmt: skip
