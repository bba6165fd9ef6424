"""A grant opens what it names, to whom it was given, until it ends: in all faces of the rule, whatever the school."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from journal import records as r
from journal.facts import facts_of
from journal.net import open_session
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.viewers import under_grant, viewer_for
from journal.visibility import may_see
from journal.words import Role
from tests.gate.oracle import Oracle
from tests.gate.schools import LONG_AGO, Town, keep, seeing_all, towns

# Built once: making the key under which a statement is kept takes longer than running it.
ITEMS, REVISIONS = select(r.Item.id), select(r.Revision.id)
PLACES, SIZES, GRANTS = select(r.Placement.id), select(r.Rendition.id), select(r.Grant.id)
THE_CHILD_S = [select(own.id) for own in (r.Choice, r.LeftOut, r.Shown, r.Waiting, r.Look, r.Notice)]


def allowed(oracle: Oracle, town: Town, grant: r.Grant, minutes: int) -> bool:
    """Whether somebody may look under a grant at a moment, in plain words."""
    hat = next(one for one in town.of(r.Membership) if one.id == grant.by_id)
    lead = hat.role is Role.LEAD and not hat.ended_at
    time = not grant.ended_at and grant.created_at <= LONG_AGO + timedelta(minutes=minutes) < grant.until
    return lead and time and not oracle.related(hat.person_id, grant.pupil_id)


@settings(max_examples=25)
@given(town=towns(), minutes=st.sampled_from([-1, 0, 59, 60, 90, 121]))
def test_a_grant_opens_exactly_what_it_names_while_it_runs(engine: Engine, town: Town, minutes: int) -> None:
    keep(engine, town)
    oracle = Oracle(town)
    for grant in town.of(r.Grant):
        hat = next(one for one in town.of(r.Membership) if one.id == grant.by_id)
        with seeing_all(engine) as session:
            who = viewer_for(session, hat)
            facts = facts_of(session, town.of(r.Item))
        moment = LONG_AGO + timedelta(minutes=minutes)
        if not allowed(oracle, town, grant, minutes):
            with pytest.raises(Unseen):
                under_grant(who, grant, moment)
            continue
        looker = under_grant(who, grant, moment)
        expected = oracle.opened(grant)
        assert {one for one, about in facts.items() if may_see(looker, about)} == expected
        assert_seen(engine, looker, town, expected)


def assert_seen(engine: Engine, looker: Viewer, town: Town, expected: set[object]) -> None:
    """All revisions, and all photos that ever stood in them, and nothing else."""
    revisions = {row.id for row in town.of(r.Revision) if row.item_id in expected}
    placed = [row for row in town.of(r.Placement) if row.revision_id in revisions]
    photos = {row.attachment_id for row in placed}
    with open_session(engine, looker) as eyes:
        assert set(eyes.scalars(ITEMS)) == expected
        assert set(eyes.scalars(REVISIONS)) == revisions
        assert set(eyes.scalars(PLACES)) == {row.id for row in placed}
        sizes = {row.id for row in town.of(r.Rendition) if row.attachment_id in photos}
        assert set(eyes.scalars(SIZES)) == sizes
        # Who else is let in, left out or asked stays the child's own: the page under a grant says why it asks.
        for own in THE_CHILD_S:
            assert not eyes.scalars(own).all()


@settings(max_examples=15)
@given(town=towns())
def test_of_a_grant_read_its_school_s_leads_and_head_and_the_child_once_told(engine: Engine, town: Town) -> None:
    for number, grant in enumerate(town.of(r.Grant)):
        grant.told_at = LONG_AGO if number % 2 else None
    keep(engine, town)
    oracle = Oracle(town)
    for hat in town.of(r.Membership):
        with seeing_all(engine) as session:
            viewer = viewer_for(session, hat)
        expected = set()
        for grant in town.of(r.Grant):
            staff = hat.role in (Role.LEAD, Role.HEAD) and not hat.ended_at and hat.school_id == grant.school_id
            kin = oracle.related(hat.person_id, grant.pupil_id)
            if (staff and not kin) or (grant.pupil_id == hat.id and grant.told_at):
                expected.add(grant.id)
        with open_session(engine, viewer) as theirs:
            assert set(theirs.scalars(GRANTS)) == expected
