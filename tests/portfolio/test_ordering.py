"""Ordering portfolios and taking them home: who may, what is in them, and what becomes of them."""

from datetime import date, timedelta
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal import clock
from journal.entries import acts as entries
from journal.entries.doors_of import Doors
from journal.ids import new_id
from journal.portfolio import acts, choosing, reading, rights, rounds
from journal.portfolio.archive import Archive
from journal.portfolio.scope import MOST_CHOSEN, Scope
from journal.portfolio.shapes import Preview, Why
from journal.records import (
    Attachment,
    Entry,
    ExportPart,
    HiddenForMe,
    Item,
    Look,
    Placement,
    Rendition,
    Revision,
    Trail,
)
from journal.refusals import Reason, Refusal, Unseen
from journal.seeing import Viewer
from journal.words import ExportState, Learned, LookKind, Stand
from tests.gate.people import Story
from tests.portfolio.telling import Packed, Teller


def preview(session: Session, viewer: Viewer, pupil: UUID, scope: Scope) -> Preview:
    """What would be in it, as the page asks."""
    return choosing.preview(session, choosing.open_book(session, viewer, pupil, scope))


def held(packed: Packed, name: str) -> object:
    """What is in one of a class's portfolios."""
    return Packed(packed.read(name)).json["entries"]


def reason(tell: Teller, scope: Scope) -> Reason:
    with pytest.raises(Refusal) as refused:
        tell.orders("maya", scope=scope)
    return refused.value.reason


# --- who may, and what they get ----------------------------------------------------------------------------------


def test_each_gets_what_they_may_see(tell_on_both: Teller) -> None:
    tell = tell_on_both
    own, family, school = (tell.takes_home(who) for who in ("maya", "nani", "kaur"))
    assert "My secret song" in own.titles
    assert "My secret song" not in family.titles + school.titles
    assert set(school.titles) < set(own.titles)
    assert "Parathas with Nani" in family.titles
    assert "Parathas with Nani" not in school.titles
    assert own.json["made_for"]["as"] == "pupil"
    assert family.json["made_for"] == {"as": "relative", "name": "Nani"}
    assert school.json["made_for"] == {"as": "school", "name": "Mrs Kaur"}
    words = school.words("whole-book.html")
    assert "Maya’s Grandad Joe" in words or "Grandad Joe" not in words, "as the reader calls them"


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("priya", "pupil"),
        ("bright", "office"),
        ("penhale", "lead"),
        ("adeyemi", "teacher"),
        ("adeyemi", "relative"),
        ("tully", "head"),
        ("sandhu", "relative"),
        ("v-thorne", "relative"),
    ],
)
def test_others_cannot_tell_that_there_is_anything(tell: Teller, who: str, role: str) -> None:
    with pytest.raises(Unseen):
        tell.orders(who, role)
    with pytest.raises(Unseen):
        tell.orders_class(who, role=role)
    made = tell.orders("maya")
    tell.world.work()
    with pytest.raises(Unseen):
        tell.fetches(who, made, role)


def test_whom_the_head_names_may_until_they_are_not_named_any_more(tell: Teller) -> None:
    member = tell.world.member("doyle", "teacher")
    with tell.world.acting("kaur", "head") as (session, me):
        rights.name(session, me, member)
        rights.name(session, me, member)
        assert [one.name for one in reading.rights(session, me)] == ["Mrs Doyle"]
        assert member not in [one.id for one in reading.nameable(session, me)]
    export = tell.orders("doyle", "teacher")
    tell.world.work()
    assert tell.fetches("doyle", export, "teacher") is not None
    with tell.world.acting("kaur", "head") as (session, me):
        rights.unname(session, me, tell.house.files, member)
        (history,) = reading.rights(session, me)
        assert (history.given_by, history.ended_by) == ("Mrs Kaur", "Mrs Kaur")
        assert history.ended_at is not None
    for attempt in (lambda: tell.fetches("doyle", export, "teacher"), lambda: tell.orders("doyle", "teacher")):
        with pytest.raises(Unseen):
            attempt()
    assert tell.files() == []
    with tell.world.session() as session:
        acted = set(session.scalars(select(Trail.act).where(Trail.subject_id == member)))
    assert {"name_to_export", "unname_to_export"} <= acted
    with tell.world.acting("doyle", "teacher") as (session, me), pytest.raises(Unseen):
        rights.name(session, me, member)


def test_a_teacher_who_is_left_out_keeps_it_from_the_school_too(tell: Teller) -> None:
    story = Story(tell.world)
    entry = story.posts("maya", "Not for him.", story.doors("teachers", left_out=("adeyemi",)))
    assert entry in tell.takes_home("maya").entries
    assert entry not in tell.takes_home("kaur").entries


# --- scope ------------------------------------------------------------------------------------------------------------


def test_scope_chooses_by_day_by_place_and_one_by_one(tell: Teller) -> None:
    everything = tell.takes_home("maya")
    day = date.fromisoformat(everything.json["entries"][0]["made_at"][:10])
    first = tell.takes_home("maya", scope=Scope(since=day, until=day))
    assert 0 < len(first.entries) < len(everything.entries)
    home = tell.takes_home("maya", scope=Scope(learned=frozenset({Learned.HOME})))
    assert set(home.entries) == {one for one, said in everything.entries.items() if "home" in said["learned"]}
    one = tell.world.entry("snail-hotel")
    chosen = tell.takes_home("maya", scope=Scope(entries=frozenset({one, tell.world.entry("ruby-dive")})))
    assert set(chosen.entries) == {one}, "somebody else's is not there, chosen or not"


def test_a_scope_that_makes_no_sense_is_said(tell: Teller) -> None:
    today = clock.now().date()
    assert reason(tell, Scope(since=today, until=today - timedelta(days=1))) is Reason.DATES_TURNED
    assert reason(tell, Scope(since=date(1999, 1, 1), until=date(1999, 1, 2))) is Reason.NOTHING_IN_IT
    assert reason(tell, Scope(since=date.max)) is Reason.NOTHING_IN_IT
    assert reason(tell, Scope(until=date.max)) is Reason.NOT_UNDERSTOOD
    assert reason(tell, Scope(until=date.min)) is Reason.NOTHING_IN_IT
    assert reason(tell, Scope(entries=frozenset())) is Reason.NOTHING_CHOSEN
    many = frozenset(new_id() for _ in range(MOST_CHOSEN + 1))
    assert reason(tell, Scope(entries=many)) is Reason.TOO_MANY_CHOSEN


def test_no_room_is_said_before_anything_is_made(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": acts.SPARE + 1000})())
    assert reason(tell, Scope()) is Reason.NO_ROOM


def test_what_the_pupil_keeps_out_is_in_nobodys_but_where_they_tick_it(tell: Teller) -> None:
    entry = tell.world.entry("snail-hotel")
    before = tell.orders("joe")
    tell.world.work()
    with tell.world.acting("maya") as (session, me):
        rights.keep_out(session, me, entry, True)
        assert preview(session, me, me.membership, Scope()).left_out[Why.KEPT_OUT] == 1
        assert [one.entry for one in reading.kept_out(session, me).entries] == [entry]
    assert tell.fetches("joe", before) is None, "it works at once"
    tell.world.work()
    again = tell.fetches("joe", before)
    assert again is not None
    assert entry not in again.entries
    assert again.json["left_out"] == {"kept_out": 1}
    assert "keeps out" in again.words("left-out.html")
    assert entry not in tell.takes_home("kaur", scope=Scope(kept_out_too=True)).entries
    assert entry not in tell.takes_home("maya").entries
    assert tell.takes_home("maya", scope=Scope(kept_out_too=True)).entries[entry]["kept_out_of_portfolio"]
    with tell.world.acting("maya") as (session, me):
        rights.keep_out(session, me, entry, False)
    assert entry in tell.takes_home("maya").entries
    with tell.world.acting("priya") as (session, me), pytest.raises(Unseen):
        rights.keep_out(session, me, entry, True)


def test_what_one_has_hidden_stays_out(tell: Teller) -> None:
    comment = tell.world.comment("snail-hotel.1")
    with tell.world.acting("maya") as (session, me):
        session.add(HiddenForMe(school_id=me.school, item_id=comment, membership_id=me.membership))
    packed = tell.takes_home("maya")
    said = [one["id"] for entry in packed.json["entries"] for one in entry["comments"]]
    assert str(comment) not in said
    assert packed.json["left_out"]["hidden"] == 1
    gaps = [one for entry in packed.json["entries"] for one in entry["comments"] if one["answers_something_left_out"]]
    assert all(one["answers"] is None for one in gaps)


# --- ordered twice, changed, over -----------------------------------------------------------------------------------


def test_ordered_twice_is_one(tell: Teller) -> None:
    first = tell.orders("joe")
    assert tell.orders("joe") == first
    tell.world.work()
    assert tell.orders("joe") == first
    assert tell.orders("joe", scope=Scope(learned=frozenset({Learned.HOME}))) != first
    assert tell.orders("nani") != first
    whole = tell.orders_class("kaur")
    assert tell.orders_class("kaur") == whole


def test_ordered_twice_at_the_same_moment_is_one(tell_on_both: Teller) -> None:
    made = []
    people = [Thread(target=lambda: made.append(tell_on_both.orders("joe"))) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(made) == 2
    assert len(set(made)) == 1


def test_ordered_again_when_there_is_more_it_is_made_anew(tell: Teller) -> None:
    export = tell.orders("joe")
    tell.world.work()
    story = Story(tell.world)
    entry = story.posts("maya", "Something new.", story.doors("family"))
    assert tell.orders("joe") == export
    assert tell.row(export).state is ExportState.WAITING
    tell.world.work()
    packed = tell.fetches("joe", export)
    assert packed is not None
    assert entry in packed.entries


def _shut(tell: Teller) -> None:
    with tell.world.acting("maya") as (session, me):
        entries.set_doors(session, me, tell.world.entry("snail-hotel"), Doors())


def _deleted(tell: Teller) -> None:
    with tell.world.acting("maya") as (session, me):
        entries.delete_entry(session, me, tell.world.entry("snail-hotel"), 3600)


def _link_ended(tell: Teller) -> None:
    Story(tell.world).link_ends("joe", "maya")


@pytest.mark.parametrize("change", [_shut, _deleted])
def test_what_was_narrowed_after_it_was_made_is_not_handed_out(tell: Teller, change) -> None:  # type: ignore[no-untyped-def]
    export = tell.orders("joe")
    tell.world.work()
    lying = tell.files()
    change(tell)
    assert tell.fetches("joe", export) is None
    assert not set(lying) & set(tell.files()), "its file is gone at once"
    assert tell.row(export).made_anew
    tell.world.work()
    packed = tell.fetches("joe", export)
    assert packed is not None
    assert tell.world.entry("snail-hotel") not in packed.entries
    assert not tell.row(export).made_anew


@pytest.mark.parametrize("change", [_shut, _deleted])
def test_what_was_narrowed_while_it_is_made_is_not_in_it(  # type: ignore[no-untyped-def]
    tell: Teller, monkeypatch: pytest.MonkeyPatch, change
) -> None:
    finish = Archive.finish
    changes = [change]

    def narrowed(self: Archive) -> tuple[int, str]:
        while changes:
            changes.pop()(tell)
        return finish(self)

    export = tell.orders("joe")
    monkeypatch.setattr(Archive, "finish", narrowed)
    tell.world.work()
    assert tell.row(export).state is ExportState.READY
    packed = tell.fetches("joe", export)
    assert packed is not None
    assert tell.world.entry("snail-hotel") not in packed.entries
    assert len(tell.files()) == 1


def test_whose_link_ended_gets_nothing_and_nothing_of_it_stays(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = tell.orders("joe")
    tell.world.work()
    waits = tell.orders("joe", scope=Scope(learned=frozenset({Learned.HOME})))
    finish = Archive.finish
    monkeypatch.setattr(Archive, "finish", lambda self: (_link_ended(tell), finish(self))[1])
    tell.world.work()
    assert tell.row(waits).state is ExportState.EXPIRED
    assert tell.row(waits).file is None
    with pytest.raises(Unseen):
        tell.fetches("joe", ready)


def test_one_of_a_class_that_changed_takes_the_class_along(tell: Teller) -> None:
    whole = tell.orders_class("kaur")
    tell.world.work()
    before = tell.fetches("kaur", whole)
    assert before is not None
    with tell.world.acting("maya") as (session, me):
        rights.keep_out(session, me, tell.world.entry("snail-hotel"), True)
    assert tell.fetches("kaur", whole) is None
    tell.world.work()
    after = tell.fetches("kaur", whole)
    assert after is not None
    assert before.names == after.names
    books = [one for one in before.names if one.endswith(".zip")]
    assert [one for one in books if held(before, one) != held(after, one)] == ["portfolio-maya.zip"]
    assert [one["left_out"] for one in after.json["portfolios"] if one["pupil"] == "Maya"] == [{"kept_out": 1}]


def test_what_goes_for_good_takes_finished_portfolios_along(tell: Teller) -> None:
    export = tell.orders("joe")
    whole = tell.orders_class("kaur")
    tell.world.work()
    _deleted(tell)
    with clock.at(clock.now() + timedelta(seconds=tell.world.settings.undo_time + 3601)):
        tell.world.work()
        assert [tell.row(one).state for one in (export, whole)] == [ExportState.EXPIRED] * 2
        assert tell.files() == []
        with tell.world.session() as session:
            assert session.scalars(select(ExportPart.id)).all() == []
        with tell.world.acting("joe") as (session, me):
            again = acts.make_again(session, me, tell.house, export)
            assert (again.id, again.state) == (export, ExportState.WAITING)


def test_after_its_time_it_is_gone(tell: Teller) -> None:
    export = tell.orders("joe")
    tell.world.work()
    with clock.at(clock.now() + timedelta(seconds=tell.world.settings.export_time + 60)):
        with pytest.raises(Unseen):
            tell.fetches("joe", export)
        tell.world.work()
        assert tell.row(export).state is ExportState.EXPIRED
        assert tell.files() == []
        assert tell.orders("joe") != export


def test_made_again_in_time_it_is_not_removed_by_the_first_ones_time(tell: Teller) -> None:
    export = tell.orders("joe")
    tell.world.work()
    later = clock.now() + timedelta(seconds=tell.world.settings.export_time - 60)
    with clock.at(later):
        with tell.world.acting("joe") as (session, me):
            acts.make_again(session, me, tell.house, export)
        tell.world.work()
    with clock.at(later + timedelta(seconds=120)):
        tell.world.work()
        assert tell.fetches("joe", export) is not None


def test_a_file_that_is_gone_is_made_anew(tell: Teller) -> None:
    export = tell.orders("joe")
    tell.world.work()
    (tell.world.settings.media / str(tell.row(export).file)).unlink()
    assert tell.fetches("joe", export) is None
    tell.world.work()
    assert tell.fetches("joe", export) is not None


def test_nothing_left_to_put_in_is_said(tell: Teller) -> None:
    export = tell.orders("joe", scope=Scope(entries=frozenset({tell.world.entry("snail-hotel")})))
    _shut(tell)
    tell.world.work()
    assert (tell.row(export).state, tell.row(export).problem) == (ExportState.FAILED, "nothing")


def test_what_goes_wrong_again_and_again_is_said(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_self: Archive) -> tuple[int, str]:
        raise LookupError

    export = tell.orders("joe")
    monkeypatch.setattr(Archive, "finish", breaks)
    monkeypatch.setattr(rounds, "Every", lambda _seconds, _call: lambda _done: None)
    for _ in range(6):
        tell.world.work()
    assert (tell.row(export).state, tell.row(export).problem) == (ExportState.FAILED, "broken")
    assert tell.files() == []


# --- what is left behind ----------------------------------------------------------------------------------------------


def test_taking_home_counts_as_a_look_that_the_pupil_sees(tell_on_both: Teller) -> None:
    tell = tell_on_both
    packed = tell.takes_home("joe")
    with tell.world.session() as session:
        looked = select(Look.item_id).where(Look.kind == LookKind.EXPORTED)
        assert set(session.scalars(looked)) == set(packed.entries)
        acted = list(session.scalars(select(Trail.act).where(Trail.subject_id == tell.world.member("maya"))))
    assert "order_portfolio" in acted
    assert "take_home" in acted
    assert tell.fetches("joe", tell.orders("joe")) is not None, "a second time is the same look"
    tell.takes_home("maya")
    with tell.world.acting("maya") as (session, me):
        (taken,) = reading.taken_home(session, me)
    assert (taken.who.name, taken.stand, taken.entries) == ("Grandad Joe", Stand.RELATIVE, len(packed.entries))
    with tell.world.session() as session:
        who = set(session.scalars(select(Look.membership_id).where(Look.kind == LookKind.EXPORTED)))
    assert who == {tell.world.member("joe")}


def test_a_class_counts_for_each_of_its_pupils(tell: Teller) -> None:
    whole = tell.orders_class("kaur")
    tell.world.work()
    assert tell.fetches("kaur", whole) is not None
    with tell.world.acting("maya") as (session, me):
        (taken,) = reading.taken_home(session, me)
    assert taken.stand is Stand.SCHOOL
    with tell.world.session() as session:
        pupils = select(Item.pupil_id).join(Look, Look.item_id == Item.id).where(Look.kind == LookKind.EXPORTED)
        assert len(set(session.scalars(pupils))) == 23


def test_a_photo_without_its_file_is_named_and_the_rest_is_there(tell: Teller) -> None:
    with tell.world.session() as session:
        file = session.scalars(
            select(Rendition.file)
            .join(Attachment, Attachment.id == Rendition.attachment_id)
            .where(Attachment.item_id == tell.world.entry("snail-hotel"), Rendition.size == "master")
            .order_by(Rendition.id)
        ).first()
    (tell.world.settings.media / str(file)).unlink()
    packed = tell.takes_home("maya")
    photos = packed.entries[tell.world.entry("snail-hotel")]["photos"]
    assert [one["missing"] for one in photos].count(True) == 1
    assert len(photos) > 1
    (gone,) = (one for one in photos if one["missing"])
    assert (gone["file"], gone["sha256"]) == (None, None)
    page = packed.words("left-out.html")
    assert "-the-snail-hotel.jpg" in page
    assert packed.json["left_out"] == {"draft": 1, "missing": 1}
    assert "could not be found" in packed.words("whole-book.html")


def test_a_photo_that_is_not_ready_is_counted(tell: Teller) -> None:
    with tell.world.session() as session:
        session.execute(
            update(Attachment).where(Attachment.item_id == tell.world.entry("snail-hotel")).values(state="waiting")
        )
        number = len(
            session.scalars(
                select(Placement.id)
                .join(Revision, Revision.id == Placement.revision_id)
                .join(Entry, Entry.revision_id == Revision.id)
                .where(Entry.id == tell.world.entry("snail-hotel"))
            ).all()
        )
        session.commit()
    packed = tell.takes_home("maya")
    assert packed.json["left_out"]["not_ready"] == number
    assert packed.entries[tell.world.entry("snail-hotel")]["photos"] == []


# --- what pages ask -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "role", "most"), [("maya", "pupil", 5), ("joe", "relative", 4), ("kaur", "head", 6)])
def test_a_preview_takes_few_queries_however_much_there_is(tell: Teller, who: str, role: str, most: int) -> None:
    for _ in range(2):
        with tell.world.acting(who, role) as (session, me), tell.world.counting() as seen:
            preview(session, me, tell.world.member("maya", "pupil"), Scope())
        assert len(seen) <= most
        story = Story(tell.world)
        for number in range(3):
            story.posts("maya", f"One more, number {number}.", story.doors("family", "teachers"))


def test_a_class_of_one_group_is_previewed_in_few_queries(tell: Teller) -> None:
    with tell.world.acting("kaur", "head") as (session, me), tell.world.counting() as seen:
        _, pupils = reading.class_of(session, me, tell.world.group("kingfishers"))
        would_be = choosing.preview_of_class(session, me, [one.id for one in pupils], Scope())
    assert len(seen) <= 6
    assert would_be.entries > 20


def test_choosing_goes_page_by_page(tell: Teller) -> None:
    story = Story(tell.world)
    for number in range(25):
        story.posts("maya", f"Number {number}.", story.doors())
    found = []
    before = None
    with tell.world.acting("maya") as (session, me):
        while True:
            page = choosing.listed(session, choosing.open_book(session, me, me.membership, Scope()), before)
            found += [one.entry for one in page.rows]
            before = page.older
            if before is None:
                break
        everything = set(session.scalars(select(Entry.id).where(Entry.revision_id.is_not(None))))
    assert len(found) == len(set(found))
    assert set(found) <= everything
    assert len(found) == 10 + 25


def test_the_lists_of_the_pages(tell: Teller) -> None:
    whole = tell.orders_class("kaur")
    tell.world.work()
    with tell.world.acting("kaur", "head") as (session, me):
        assert reading.may_take_for_school(session, me)
        assert [(one.export.id, one.about) for one in reading.exports(session, me)] == [(whole, "Kingfishers")]
        assert reading.export(session, me, whole).about == "Kingfishers"
        parts = reading.of_class(session, me, whole)
        assert [one.about for one in parts] == sorted(one.about for one in parts)
        assert reading.export(session, me, parts[0].export.id).about == parts[0].about
        assert {group.name: number for group, number in reading.classes(session, me)}["Kingfishers"] == len(parts)
        assert len(reading.class_of(session, me, tell.world.group("kingfishers"))[1]) == len(parts)
        book = choosing.open_book(session, me, tell.world.member("maya", "pupil"), Scope())
        assert (book.pupil.name, book.stand) == ("Maya", Stand.SCHOOL)
    with tell.world.acting("joe") as (session, me):
        assert [one.name for one in reading.children(session, me)] == ["Maya", "Sami"]
        with pytest.raises(Unseen):
            reading.export(session, me, whole)
    with tell.world.acting("bright", "office") as (session, me):
        assert not reading.may_take_for_school(session, me)
