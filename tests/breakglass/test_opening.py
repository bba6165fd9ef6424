"""Break-glass: a lead, a second factor, a reason, a time; and nothing but that."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from journal import clock
from journal.entries import acts as entries
from journal.records import Attachment, FamilyLink, Grant, GrantLook, Item, Membership, Revision, SignIn, Trail
from tests.breakglass.opening import WHY, form, opened, send, text, the
from tests.world import World


def just_hers(world: World, words: str = "I count the adverts on Fridays.") -> UUID:
    """Something that Maya wrote and showed nobody: a draft."""
    with world.acting("maya") as (session, me):
        entry = entries.begin(session, me)
        _, draft = entries.open_draft(session, me, entry.id)
        entries.save_draft(session, me, entry.id, entries.DraftInput(draft.version, words=words))
        return entry.id


def test_a_lead_opens_one_thing_for_a_time_and_nothing_beside_it(world: World) -> None:
    entry, other = just_hers(world), just_hers(world, "Another secret.")
    lead, grant = opened(world, entry)
    page = lead.get(f"/opened/{grant}")
    assert page.status_code == 200
    assert "I count the adverts" in text(page)
    assert "15:0" in text(page) or "14:5" in text(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert f"/opened/{grant}/record" in page.headers["Refresh"]
    assert lead.get(f"/opened/{grant}/items/{other}").status_code == 404
    assert lead.get(f"/entries/{entry}").status_code == 404
    assert str(entry) not in text(lead.get("/search?q=adverts"))
    assert lead.post("/worried", {"item": str(entry), "do": "send", "words": "x"}).status_code < 500


def test_it_ends_in_the_middle_of_looking_and_stays_ended(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead, grant = opened(world, entry)
    with world.session() as session:
        photo = session.scalars(select(Attachment.id).where(Attachment.item_id == entry).limit(1)).one()
    addresses = [f"/opened/{grant}", f"/opened/{grant}/items/{entry}", f"/opened/{grant}/media/{photo}/small"]
    assert [lead.get(one).status_code for one in addresses] == [200, 200, 200]
    with clock.at(clock.now() + timedelta(minutes=15)):
        nothing = text(lead.get("/nothing-was-ever-here")).split("<main")[1]
        for one in addresses:
            gone = lead.get(one)
            assert gone.status_code == 404
            assert text(gone).split("<main")[1].split("csrf_token")[0] == nothing.split("csrf_token")[0]
        assert "It is closed again" in text(lead.get(f"/opened/{grant}/record"))
    assert lead.get(addresses[0]).status_code == 404, "the clock was put back, and it is over all the same"


def test_a_clock_put_back_before_it_opens_nothing(world: World) -> None:
    lead, grant = opened(world, world.entry("snail-hotel"))
    with clock.at(clock.now() - timedelta(minutes=1)):
        assert lead.get(f"/opened/{grant}").status_code == 404


def test_it_can_be_closed_before_its_time(world: World) -> None:
    lead, grant = opened(world, world.entry("snail-hotel"))
    assert lead.post(f"/opened/{grant}/close").status_code == 303
    assert lead.get(f"/opened/{grant}").status_code == 404
    assert the(world, grant).told_at <= clock.now()  # type: ignore[operator]
    assert lead.post(f"/opened/{grant}/close").status_code == 303, "closed is closed"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": ""}, "at least one full sentence"),
        ({"reason": "worried about her"}, "at least one full sentence"),
        ({"minutes": "100000"}, "Nothing is chosen yet"),
        ({"what": "world"}, "Nothing is chosen yet"),
        ({"tell": ""}, "Nothing is chosen yet"),
        ({"tell": "no", "untold": "no"}, "at least one full sentence"),
        ({"tell": "no", "untold": WHY, "decide_on": "soon"}, "We do not know that day"),
        ({"tell": "no", "untold": WHY, "decide_on": "2020-01-01"}, "Choose a day that is to come"),
        ({"talks": "11111111-1111-4111-8111-111111111111"}, "Nothing is chosen yet"),
        ({"reason": "word " * 2000}, "This is too long"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(world: World, fields: dict[str, str], says: str) -> None:
    lead = world.client("penhale", "lead")
    sent = send(world, lead, f"/break-glass?item={world.entry('snail-hotel')}", **fields)
    assert sent.status_code == 400
    assert says in text(sent)
    kept = form(**fields)["reason"]
    assert kept.strip() in text(sent)
    with world.session() as session:
        assert session.scalars(select(Grant.id).where(Grant.pupil_id == world.member("maya"))).all() == []


def test_without_a_second_factor_lately_it_is_asked_for_first_and_nothing_typed_is_lost(world: World) -> None:
    lead, address = world.client("penhale", "lead"), f"/break-glass?item={world.entry('snail-hotel')}"
    with world.session() as session:
        session.execute(update(SignIn).values(second_at=clock.now() - timedelta(minutes=20)))
        session.commit()
    asked = lead.get(address)
    assert asked.status_code == 303
    assert "/second-step" in asked.headers["Location"]
    assert send(world, lead, address).status_code == 303, "one may write for a while"
    with world.session() as session:
        session.execute(update(SignIn).values(second_at=clock.now() - timedelta(minutes=40)))
        session.commit()
    late = send(world, lead, address)
    assert late.status_code == 400
    assert WHY in text(late)
    assert "Prove once more" in text(late)


def test_nobody_opens_what_is_their_own_child_s(world: World) -> None:
    with world.session() as session:
        lead = session.scalars(select(Membership).where(Membership.id == world.member("penhale", "lead"))).one()
        hat = Membership(school_id=lead.school_id, person_id=lead.person_id, role="relative", name="Dad")
        session.add(hat)
        session.flush()
        session.add(
            FamilyLink(school_id=lead.school_id, relative_id=hat.id, pupil_id=world.member("maya"), known_as="Dad")
        )
        session.commit()
    browser = world.client("penhale", "lead")
    assert send(world, browser, f"/break-glass?item={world.entry('snail-hotel')}").status_code == 404
    assert send(world, browser, f"/break-glass?pupil={world.member('maya')}", what="all").status_code == 404


def test_who_becomes_kin_or_is_no_lead_any_more_loses_it_at_once(world: World) -> None:
    lead, grant = opened(world, world.entry("snail-hotel"))
    with world.session() as session:
        session.execute(
            update(Membership).where(Membership.id == world.member("penhale", "lead")).values(ended_at=clock.now())
        )
        session.commit()
    assert lead.get(f"/opened/{grant}").status_code != 200


def test_all_things_of_a_pupil_in_all_states_are_listed_and_each_look_is_kept(world: World) -> None:
    entry = just_hers(world)
    lead, grant = opened(world)
    listed = text(lead.get(f"/opened/{grant}"))
    assert "I count the adverts" in listed
    assert f"/opened/{grant}/items/{entry}" in listed
    assert "Talking about it" in text(lead.get(f"/opened/{grant}/items/{world.entry('snail-hotel')}"))
    assert lead.get(f"/opened/{grant}/items/{world.entry('robot-suit')}").status_code in (200, 404)
    with world.session() as session:
        looks = set(session.scalars(select(GrantLook.item_id).where(GrantLook.grant_id == grant)))
        acts = session.scalars(select(Trail.act).where(Trail.membership_id == world.member("penhale", "lead"))).all()
    assert world.entry("snail-hotel") in looks
    assert entry not in looks, "an excerpt in a list is no look"
    assert {"open_unshared", "list_unshared", "look_unshared"} <= set(acts)


def test_under_a_grant_a_page_takes_eight_queries_and_is_flat(world_on_both: World) -> None:
    world = world_on_both
    lead, grant = opened(world)
    for address in (f"/opened/{grant}", f"/opened/{grant}/items/{world.entry('snail-hotel')}", "/opened"):
        lead.get(address)
        with world.counting() as asked:
            assert lead.get(address).status_code == 200
        reads = [one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))]
        assert len(reads) <= 8, [one[:90] for one in reads]


def test_another_s_grant_is_not_there(world: World) -> None:
    _, grant = opened(world, world.entry("snail-hotel"))
    for key, role in (("kaur", "head"), ("adeyemi", "teacher"), ("maya", "pupil"), ("bright", "office")):
        assert world.client(key, role).get(f"/opened/{grant}").status_code == 404


UNTOLD = {"tell": "no", "untold": WHY}


def test_no_page_says_that_a_child_is_told_who_is_not(world: World) -> None:
    lead, grant = opened(world, **UNTOLD)
    page = text(lead.get(f"/opened/{grant}"))
    assert "the child is not told" in page
    assert "told to the child" not in page
    lead, grant = opened(world)
    assert "told to the child by itself" in text(lead.get(f"/opened/{grant}"))


def test_the_asking_page_says_what_is_true_whatever_is_chosen(world: World) -> None:
    page = text(world.client("penhale", "lead").get(f"/break-glass?pupil={world.member('maya')}"))
    assert "and Maya is told, unless you say below that telling would put them at risk." in page
    before = page.split('id="f-untold"')[0]
    assert before.count("<details") == before.count("</details"), "the reason that is needed is folded away nowhere"


def test_it_stands_there_what_was_looked_at(world: World) -> None:
    """As it was called then; what stands in another child's space, and what is gone, without its title."""
    entry = world.entry("snail-hotel")
    with world.session() as session:
        said = session.scalars(select(Item.id).where(Item.entry_id == entry, Item.author_id == world.member("maya")))
        comment = said.first()
    secret = just_hers(world)
    lead, grant = opened(world)
    for one in (entry, comment, secret):
        assert lead.get(f"/opened/{grant}/items/{one}").status_code == 200
    page = text(lead.get(f"/opened/{grant}/record"))
    with world.session() as session:
        title = session.scalars(select(Revision.title).where(Revision.item_id == entry).limit(1)).one()
    assert f">{title}</span>:" in page
    assert f"A comment on “{title}”" in page
    assert "I count the adverts on Fridays." in page
    with clock.at(clock.now() + timedelta(minutes=1)), world.acting("maya") as (session, me):
        _, draft = entries.open_draft(session, me, secret)
        entries.save_draft(session, me, secret, entries.DraftInput(draft.version, words="Nobody read this."))
        entries.delete_entry(session, me, entry, 3600)
    page = text(lead.get(f"/opened/{grant}/record"))
    assert "Nobody read this." not in page
    assert "Something that was begun" in page
    assert "Something that was deleted since" in page


def test_a_picker_says_which_child_of_that_name_it_is(world: World) -> None:
    page = text(world.client("penhale", "lead").get("/break-glass?find=Maya"))
    assert "Kingfishers" in page.split("<main")[1]
    assert "There are more of that name" in text(world.client("penhale", "lead").get("/break-glass?find=a"))
