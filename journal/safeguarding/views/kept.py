"""What was told, and what was kept with it under its seal, as the page's parts want it."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from flask import url_for
from flask_babel import ngettext

from journal.circles import Kind
from journal.languages import listed
from journal.pages import locale, safe_words
from journal.records import Concern, Revision, SnapshotPicture
from journal.safeguarding.acts import Contact
from journal.safeguarding.reading import Told
from journal.safeguarding.sealing import Seal
from journal.safeguarding.shapes import Case
from journal.safeguarding.views.shown import day, moment, pick_labels
from journal.saying import gettext as _


def tellings(found: Case, seal: Seal | None) -> list[SimpleNamespace]:
    """The worry, and those that were joined to it: each as it was told, with its answer."""
    return [_telling(found, one, seal if one is found.told[0] else None) for one in found.told]


def teller(concern: Concern) -> str:
    """Who told it."""
    return concern.by_name or str(_("Somebody who did not say their name"))


def _telling(found: Case, told: Told, seal: Seal | None) -> SimpleNamespace:
    concern, hat = told.concern, told.teller
    pictures = [one for one in found.pictures if one.concern_id == concern.id]
    return SimpleNamespace(
        id=concern.id,
        name=teller(concern),
        when=day(concern.created_at),
        picks=pick_labels(concern.picks),
        words=[line for line in concern.words.split("\n") if line],
        wishes=_wishes(found, concern),
        snapped=snapped(found, concern, pictures, seal),
        read=_("%(name)s read it. %(at)s", name=found.name(concern.read_by_id), at=day(concern.read_at)),
        answer=concern.answer.split("\n") if concern.answer else [],
        answered=_("%(name)s answered. %(at)s", name=told.answerer, at=day(concern.answered_at))
        if concern.answered_at
        else "",
        can_answer=hat is not None and hat.ended_at is None and concern.answered_at is None,
        why_not=_("Whoever told us this was not signed in. An answer cannot reach them.")
        if hat is None
        else _("%(name)s has left the school. An answer cannot reach them here.", name=hat.name),
    )


def _wishes(found: Case, concern: Concern) -> list[str]:
    """What the teller asked for."""
    wishes = []
    if concern.talk_with_id is not None:
        who = found.name(concern.talk_with_id)
        wishes.append(_("%(name)s would like to talk with %(who)s.", name=teller(concern), who=who))
    contacts = {
        Contact.RING.value: _("You may ring them."),
        Contact.WRITE.value: _("You may write to them here."),
        Contact.NO.value: _("Please do not contact them."),
    }
    wishes += [contacts[concern.contact]] if concern.contact in contacts else []
    return wishes


def snapped(
    found: Case, concern: Concern, pictures: Sequence[SnapshotPicture], seal: Seal | None
) -> SimpleNamespace | None:
    """What was kept, for its readers."""
    kept = concern.snapshot
    if not kept:
        return None
    comment = kept["kind"] != "entry"
    facts = [(_("Who could see it then"), _circle_words(kept["circles"])), (_("In whose space"), kept["pupil"])]
    facts += [(_("Which one"), _("Number %(num)s of what was handed in", num=kept["number"]))]
    facts += [(_("Now"), _now(found, concern))]
    title = _("A comment on “%(title)s”", title=kept["entry_title"])
    return SimpleNamespace(
        title=title if comment and kept["entry_title"] else kept["title"],
        words=safe_words(Revision(html=kept["html"])),
        name=kept["author"],
        face_url=None,
        when=moment(kept["at"]),
        sealed=True,
        heading=_("As it was"),
        kept_when=_("Kept %(at)s", at=moment(kept["kept_at"])),
        facts=[SimpleNamespace(term=term, words=words) for term, words in facts],
        seal=_seal(seal) if seal else None,
        photos=[_picture(concern, one) for one in pictures if not seal or one.position not in seal.missing],
        put_away=url_for("moderation.put_away", item=concern.item_id) if concern.item_id in found.shown else None,
    )


def _now(found: Case, concern: Concern) -> str:
    deleted = found.items.get(concern.item_id) if concern.item_id else None
    if deleted is None:
        return str(_("Gone for good. This copy is what is left."))
    if deleted:
        return str(_("Whoever made it has deleted it. Nobody sees it."))
    if concern.item_id in found.shown:
        return str(_("It is still shown."))
    return str(_("It is shown to nobody."))


def _seal(seal: Seal) -> SimpleNamespace:
    """The seal, and how it stands, in words."""
    said = _("broken: what is kept here was changed since") if seal.broken else _("unbroken")
    missing = len(seal.missing)
    lost = ngettext("%(num)s picture is missing.", "%(num)s pictures are missing.", missing) if missing else ""
    return SimpleNamespace(
        short=" ".join(seal.words[at : at + 4] for at in (0, 4, 8)), whole=seal.words, said=said, lost=str(lost)
    )


def _picture(concern: Concern, picture: SnapshotPicture) -> SimpleNamespace:
    url = url_for(".picture", concern=concern.id, picture=picture.id)
    return SimpleNamespace(id=picture.id, url=url, open_url=url, alt=picture.description, caption=picture.caption)


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
