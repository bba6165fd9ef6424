"""The demo school that tests share is there, on both databases."""

from tests.world import World


def test_the_demo_school_is_served_on_both_databases(world_on_both: World) -> None:
    assert world_on_both.client().get("/nothing-here").status_code == 404
    with world_on_both.acting("nadia") as (_, viewer):
        assert len([one for one in viewer.circles if one.startswith("family/")]) == 2
