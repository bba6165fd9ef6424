def test_a_pupil_finds_their_own_words(world) -> None:
    assert [hit.entry for hit in world.found("maya", "snail hotel").hits][0] == world.entry("snail-hotel")
