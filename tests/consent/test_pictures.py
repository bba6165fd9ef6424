"""A picture is shown to a class only with a yes for everybody named in it: at once, everywhere, at every look."""

from uuid import UUID
from zipfile import ZipFile

from sqlalchemy import select, update

from journal import records as r
from journal.clock import now
from journal.words import Answer
from tests.consent.saying import gets, names, photo_of, says
from tests.portfolio.asking import Asker
from tests.world import World

SEEN, UNSEEN = {200}, {404}


def test_a_name_added_after_the_release_and_a_withdrawal_take_a_picture_out_at_once(world_on_both: World) -> None:
    world = world_on_both
    photo = photo_of(world, "cats-purr")  # Jun's, for the class, the teachers and the family
    assert gets(world, "maya", photo) == SEEN
    names(world, "adeyemi", photo, "aisha", role="teacher")
    assert gets(world, "maya", photo) == SEEN
    says(world, "h-noor", "aisha", Answer.NO)
    assert gets(world, "maya", photo) == UNSEEN
    assert str(photo) not in world.client("maya").get(f"/entries/{world.entry('cats-purr')}").get_data(as_text=True)
    # Who is shown it otherwise sees it as before: its author, the family, the teachers.
    for who, role in (("jun", ""), ("l-chen", "relative"), ("adeyemi", "teacher")):
        assert gets(world, who, photo, role) == SEEN
    says(world, "h-noor", "aisha", Answer.YES)
    assert gets(world, "maya", photo) == SEEN
    names(world, "adeyemi", photo, "aisha", "noah", role="teacher")
    assert gets(world, "maya", photo) == UNSEEN
    names(world, "adeyemi", photo, "aisha", role="teacher")
    assert gets(world, "maya", photo) == SEEN


def test_no_answer_is_a_no_and_two_who_disagree_are_a_no(world: World) -> None:
    photo = photo_of(world, "bramble-bread")
    for pupil, there in (("oscar", UNSEEN), ("wikt", UNSEEN), ("leo", UNSEEN), ("imani", UNSEEN), ("kofi", SEEN)):
        names(world, "adeyemi", photo, pupil, role="teacher")
        assert gets(world, "maya", photo) == there, pupil


def test_the_word_of_a_carer_goes_with_the_link(world: World) -> None:
    photo = photo_of(world, "bramble-bread")
    names(world, "adeyemi", photo, "leo", role="teacher")
    with world.session() as session:
        ended = update(r.FamilyLink).where(r.FamilyLink.id == world.link("n-fenn", "leo"))
        session.execute(ended.values(ended_at=now()))
        session.commit()
    assert gets(world, "maya", photo) == SEEN
    with world.session() as session:
        ended = update(r.FamilyLink).where(r.FamilyLink.id == world.link("b-fenn", "leo"))
        session.execute(ended.values(carer=False))
        session.commit()
    assert gets(world, "maya", photo) == UNSEEN


def test_a_caption_of_a_picture_that_is_kept_back_is_not_found(world: World) -> None:
    photo = photo_of(world, "onam")
    with world.session() as session:
        session.execute(update(r.Placement).where(r.Placement.attachment_id == photo).values(caption="Zanzibar lights"))
        session.add(r.SearchOutbox(school_id=_school(world), item_id=world.entry("onam")))
        session.commit()
    world.index()
    assert world.found("maya", "zanzibar").total == 1
    names(world, "adeyemi", photo, "noah", role="teacher")
    assert world.found("maya", "zanzibar").total == 0
    assert world.found("k-menon", "zanzibar", role="relative").total == 1


def test_a_pupil_who_moved_keeps_their_yes_and_no(world: World) -> None:
    photo = photo_of(world, "bramble-bread")
    names(world, "adeyemi", photo, "noah", role="teacher")
    with world.session() as session:
        gone = update(r.Enrolment).where(r.Enrolment.pupil_id == world.member("noah"))
        session.execute(gone.values(ended_at=now()))
        session.commit()
    assert gets(world, "maya", photo) == UNSEEN
    page = world.client("adeyemi", "teacher").get(f"/photos/{photo}/who").get_data(as_text=True)
    assert "Noah" in page


def _school(world: World) -> UUID:
    with world.session() as session:
        return session.scalars(select(r.Item.school_id).where(r.Item.id == world.entry("onam"))).one()


def test_a_portfolio_that_is_ready_is_judged_again(world: World) -> None:
    photo = photo_of(world, "bank-mud")  # Ellie's, for the class and its families alone
    head = Asker(world, "kaur", "head")
    place = head.made("ellie")
    with head.take_home(place) as book:
        before = _pictures(book)
    names(world, "adeyemi", photo, "noah", role="teacher")
    assert head.browser.get(f"{place}/file").status_code != 200
    with head.take_home(head.made("ellie")) as book:
        assert 0 < len(_pictures(book)) < len(before)


def _pictures(book: ZipFile) -> list[str]:
    return [name for name in book.namelist() if name.endswith(".jpg")]
