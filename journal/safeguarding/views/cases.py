"""The leads' list and the sealed snapshot, as the pages' parts want them."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from flask import url_for
from flask_babel import ngettext

from journal.circles import Kind
from journal.languages import listed
from journal.pages import face_url, locale, safe_words
from journal.records import Concern, Revision, SnapshotPicture
from journal.safeguarding.reading import Told
from journal.safeguarding.views.shown import day, moment, pick_labels, title_of
from journal.saying import gettext as _


def case(told: Told) -> SimpleNamespace:
    """One line of the leads' list."""
    concern = told.concern
    labels = pick_labels(concern.picks)
    tags = [SimpleNamespace(words=_("New"), icon="clock-countdown", tone="poppy")] if concern.read_at is None else []
    if concern.answered_at:
        due = _("Answered by %(name)s", name=told.answerer)
    elif concern.read_at:
        due = _("Read by %(name)s", name=told.reader)
    else:
        due = _("Not read yet")
    return SimpleNamespace(
        url=url_for(".concern", concern=concern.id),
        title=title_of(concern),
        meta=_("From %(name)s. %(at)s", name=teller(told), at=day(concern.created_at)),
        new=concern.read_at is None,
        name=teller(told),
        face_url=face_url(told.teller.id, bool(told.teller.face)) if told.teller else None,
        due=due,
        owner=SimpleNamespace(name=told.reader, face_url=None) if told.reader else None,
        tags=tags + [SimpleNamespace(words=one, icon="hand", tone="blossom") for one in labels[:2]],
    )


def teller(told: Told) -> str:
    """Who told it."""
    return told.concern.by_name or str(_("Somebody who did not say their name"))


def snapped(concern: Concern, pictures: Sequence[SnapshotPicture]) -> SimpleNamespace | None:
    """What was kept, for the lead."""
    kept = concern.snapshot
    if not kept:
        return None
    comment = kept["kind"] != "entry"
    facts = [SimpleNamespace(term=_("Who could see it then"), words=_circle_words(kept["circles"]))]
    facts += [SimpleNamespace(term=_("In whose space"), words=kept["pupil"])]
    facts += [SimpleNamespace(term=_("Which one"), words=_("Number %(num)s of what was handed in", num=kept["number"]))]
    return SimpleNamespace(
        title=_("A comment on “%(title)s”", title=kept["entry_title"])
        if comment and kept["entry_title"]
        else kept["title"],
        words=safe_words(Revision(html=kept["html"])),
        name=kept["author"],
        face_url=None,
        when=moment(kept["at"]),
        sealed=True,
        heading=_("As it was"),
        kept_when=_("Kept %(at)s", at=moment(kept["kept_at"])),
        facts=facts,
        photos=[_picture(concern, one) for one in pictures],
    )


def _picture(concern: Concern, picture: SnapshotPicture) -> SimpleNamespace:
    url = url_for(".picture", concern=concern.id, picture=picture.id)
    return SimpleNamespace(url=url, open_url=url, alt=picture.description, caption=picture.caption)


def _circle_words(circles: Sequence[dict[str, Any]]) -> str:
    words: dict[Kind, Callable[[str], str]] = {
        Kind.SELF: lambda name: _("%(name)s", name=name),
        Kind.FAMILY: lambda name: _("%(name)s’s family", name=name),
        Kind.RELATIVE: lambda name: name,
        Kind.TEACHERS: lambda name: _("Teachers of %(name)s", name=name),
        Kind.CLASS: lambda name: name,
        Kind.CLASS_FAMILIES: lambda name: _("Families of %(name)s", name=name),
    }
    said = [str(words[Kind(one["kind"])](one["name"])) for one in circles if Kind(one["kind"]) in words]
    return listed(said, locale()) or str(_("Nobody but who wrote it"))


def count_words(new: int) -> str:
    """How many on this page are new."""
    return str(ngettext("%(num)s is new.", "%(num)s are new.", new)) if new else str(_("Nothing is new."))
