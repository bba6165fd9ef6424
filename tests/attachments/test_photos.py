"""Pictures through the front door: taken in, made, served to whom they are for, and removed without a trace."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.attachments import work
from journal.images import SIZES, PictureProblem
from journal.records import Attachment, Job, Placement, Rendition
from journal.words import PictureState
from tests.fixtures import pictures
from tests.world import Browser, World

HERE = {"X-Fragment": "1"}


def begin(world: World, who: str = "maya") -> tuple[Browser, UUID]:
    """A new draft, and the browser in which it is written."""
    browser = world.client(who)
    return browser, UUID(browser.post("/make").headers["Location"].split("/")[2])


def send(browser: Browser, entry: UUID, data: bytes, name: str = "photo.jpg") -> Any:
    """Send one picture, as the page's script does."""
    return browser.post(f"/entries/{entry}/photos", {"photo": (BytesIO(data), name)}, headers=HERE)


def photos_in(world: World, entry: UUID) -> list[Attachment]:
    """The photos that were brought for an entry."""
    with world.session() as session:
        return list(session.scalars(select(Attachment).where(Attachment.item_id == entry).order_by(Attachment.id)))


def files(world: World) -> set[str]:
    """All kept files."""
    top = world.settings.media
    return {str(one.relative_to(top)) for one in top.rglob("*") if one.is_file()}


def the_page(answer: Any) -> str:
    """What a page says, without the frame, whose forms hold the address."""
    return str(answer.get_data(as_text=True).split("<main")[1].split("</main>")[0])


def hand_in(browser: Browser, entry: UUID, version: int = 1, **more: Any) -> Any:
    """Hand an entry in."""
    return browser.post(f"/entries/{entry}/edit", {"version": str(version), "words": "Look", "do": "hand-in", **more})


def test_every_kind_of_picture_and_nothing_private_in_any_size(world: World) -> None:
    browser, entry = begin(world)
    before = files(world)
    sent = (
        pictures.jpeg(
            gps=True, orientation=6, comment=pictures.PRIVATE, trailing=b"PK\x03\x04" + pictures.PRIVATE.encode()
        ),
        pictures.png(gps=True, comment=pictures.PRIVATE),
        pictures.webp(gps=True),
        pictures.gif(comment=pictures.PRIVATE),
        pictures.heic(gps=True),
        pictures.avif(gps=True),
    )
    for data in sent:
        answer = send(browser, entry, data, "../../x.exe")
        assert answer.status_code == 201, answer.get_data(as_text=True)
        assert "data-pic" in answer.get_data(as_text=True)
    small = [browser.get(f"/media/{one.id}/master") for one in photos_in(world, entry)]
    assert all(one.status_code == 200 for one in small), "the small size stands in for the big ones at once"
    world.work()
    for photo in photos_in(world, entry):
        assert photo.state is PictureState.READY
        assert photo.upload is None
        for size in SIZES:
            body = browser.get(f"/media/{photo.id}/{size}").data
            assert body.startswith(b"\xff\xd8\xff")
            for secret in (pictures.PRIVATE.encode(), b"Exif", b"GPS", b"Phone", b"PK\x03\x04", b"adobe"):
                assert secret not in body
    assert len(files(world) - before) == len(sent) * len(SIZES), "the uploaded files are gone"


def test_headers_of_a_picture(world: World) -> None:
    with world.session() as session:
        photo = session.scalars(
            select(Placement.attachment_id)
            .join(Attachment, Attachment.id == Placement.attachment_id)
            .where(Attachment.item_id == world.entry("snail-hotel"))
            .limit(1)
        ).one()
    browser = world.client("maya")
    answer = browser.get(f"/media/{photo}/large")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Last-Modified" not in answer.headers
    again = browser.get(f"/media/{photo}/large", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    stranger = world.client("menon", "teacher").get(
        f"/media/{photo}/large", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert stranger.status_code == 404, "the gate is asked before the browser's copy"


def test_every_size_is_gated_and_all_that_is_not_there_looks_alike(world: World) -> None:
    browser, entry = begin(world)
    send(browser, entry, pictures.jpeg())
    photo = photos_in(world, entry)[0].id
    world.work()
    hand_in(browser, entry, audience=["family"])
    nani, aisha, out = world.client("nani"), world.client("aisha"), world.client()
    nothing = aisha.get(f"/media/{entry}/large")
    for size in SIZES:
        assert nani.get(f"/media/{photo}/{size}").status_code == 200
        answer = aisha.get(f"/media/{photo}/{size}")
        assert answer.status_code == nothing.status_code == 404
        assert the_page(answer) == the_page(nothing)
        assert out.get(f"/media/{photo}/{size}").status_code in (302, 404)
    for bad in ("huge", "..", "small.jpg", "SMALL"):
        assert browser.get(f"/media/{photo}/{bad}").status_code == 404


def test_a_photo_kept_for_the_family_is_not_for_teachers(world: World) -> None:
    browser, entry = begin(world)
    send(browser, entry, pictures.jpeg())
    photo = photos_in(world, entry)[0].id
    hand_in(browser, entry, audience=["family", "teachers"], order=[str(photo)], **{f"only-{photo}": "family"})
    assert world.client("nani").get(f"/media/{photo}/small").status_code == 200
    assert world.client("adeyemi", "teacher").get(f"/media/{photo}/small").status_code == 404
    assert world.client("adeyemi", "teacher").get(f"/entries/{entry}").status_code == 200


def test_a_door_that_shuts_shuts_every_size_at_once(world: World) -> None:
    browser, entry = begin(world)
    send(browser, entry, pictures.jpeg())
    photo = photos_in(world, entry)[0].id
    hand_in(browser, entry, audience=["family"])
    nani = world.client("nani")
    assert nani.get(f"/media/{photo}/small").status_code == 200
    assert browser.post(f"/entries/{entry}/doors", {"do": "set"}).status_code == 303
    assert all(nani.get(f"/media/{photo}/{size}").status_code == 404 for size in SIZES)


def test_what_is_no_picture_is_said_kindly_and_leaves_nothing(world: World) -> None:
    browser, entry = begin(world)
    before = files(world)
    whole = pictures.jpeg()
    wrong = {
        b"": "This picture is empty",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>": "not a picture that we know",
        b"MZ" + b"x" * 900: "not a picture that we know",
        whole[: len(whole) // 2]: "This picture is broken",
        pictures.bomb_png(9000): "too large",
    }
    for data, words in wrong.items():
        answer = send(browser, entry, data)
        assert answer.status_code == 400
        assert words in answer.get_json()["message"]
    assert photos_in(world, entry) == []
    assert files(world) == before


def test_a_file_over_the_limit(world: World) -> None:
    browser, entry = begin(world)
    before = files(world)
    answer = send(browser, entry, pictures.jpeg() + b"\0" * (25 * 1024 * 1024))
    assert answer.status_code == 400
    assert "The most is 25 megabytes" in answer.get_json()["message"]
    assert files(world) == before


def test_a_request_over_the_limit_gets_a_kind_page(world: World) -> None:
    world.app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    browser, entry = begin(world)
    token = browser.token()
    sent = {"csrf_token": token, "version": "1", "do": "keep", "photo": (BytesIO(b"\0" * 1_100_000), "a.jpg")}
    page = browser.client.post(f"/entries/{entry}/edit", data=sent)
    assert page.status_code == 413
    assert "Send fewer pictures at a time" in page.get_data(as_text=True)
    sent = {"csrf_token": token, "photo": (BytesIO(b"\0" * 1_100_000), "a.jpg")}
    script = browser.client.post(f"/entries/{entry}/photos", data=sent, headers=HERE)
    assert script.status_code == 413
    assert "Send fewer pictures" in script.get_json()["message"]


def test_the_thirteenth_picture(world: World) -> None:
    browser, entry = begin(world)
    browser.post(f"/entries/{entry}/save", {"version": "1", "words": "Twelve"}, headers=HERE)
    data = pictures.jpeg(pictures.scene(64, 48))
    for _ in range(12):
        assert send(browser, entry, data).status_code == 201
    before = files(world)
    answer = send(browser, entry, data)
    assert answer.status_code == 400
    assert "There is room for 12 pictures" in answer.get_json()["message"]
    form = {"version": "2", "words": "Twelve", "do": "keep", "photo": (BytesIO(data), "x.jpg")}
    page = browser.post(f"/entries/{entry}/edit", form)
    assert page.status_code == 400
    assert "There is room for 12 pictures" in page.get_data(as_text=True)
    assert "Twelve" in page.get_data(as_text=True)
    assert len(photos_in(world, entry)) == 12
    assert files(world) == before


def test_without_scripts_the_good_ones_are_kept_and_the_bad_one_is_named(world: World) -> None:
    browser, entry = begin(world)
    good = pictures.jpeg(pictures.scene(64, 48))
    sent = [(BytesIO(good), "a.jpg"), (BytesIO(b"not a picture"), "b.jpg"), (BytesIO(good), "c.jpg")]
    answer = browser.post(f"/entries/{entry}/edit", {"version": "1", "words": "Kept", "do": "hand-in", "photo": sent})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "2. This is not a picture that we know" in page
    assert "Kept" in page
    assert len(photos_in(world, entry)) == 2
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404


def test_order_words_and_taking_away_without_scripts(world: World) -> None:
    browser, entry = begin(world)
    for _ in range(3):
        send(browser, entry, pictures.jpeg(pictures.scene(64, 48)))
    one, two, three = (str(photo.id) for photo in photos_in(world, entry))
    said = {f"caption-{two}": "Second", f"description-{two}": "A den", "order": [one, two, three]}
    assert browser.post(f"/entries/{entry}/edit", {"version": "1", "do": f"earlier:{two}", **said}).status_code == 303
    page = browser.get(f"/entries/{entry}/edit").get_data(as_text=True)
    assert page.index(f'data-pic="{two}"') < page.index(f'data-pic="{one}"') < page.index(f'data-pic="{three}"')
    assert 'value="Second"' in page
    assert 'value="A den"' in page
    asked = browser.post(
        f"/entries/{entry}/edit", {"version": "2", "do": f"take-away:{one}", "order": [two, one, three]}
    )
    page = browser.get(asked.headers["Location"]).get_data(as_text=True)
    assert asked.headers["Location"].endswith("#sure")
    assert "Take this picture away? The words under it go too.</p>" in page
    assert len(photos_in(world, entry)) == 3, "it is asked before anything goes"
    sent = {"version": "3", "do": f"take-away-now:{one}", "order": [two, one, three]}
    gone = browser.post(f"/entries/{entry}/edit", sent)
    assert gone.headers["Location"].endswith("#pictures")
    assert "The picture is taken away." in browser.get(gone.headers["Location"]).get_data(as_text=True)
    world.work()
    assert browser.get(f"/media/{one}/small").status_code == 404
    assert one not in browser.get(f"/entries/{entry}/edit").get_data(as_text=True)
    assert len(photos_in(world, entry)) == 2


def test_a_caption_that_is_too_long_stays_in_its_field(world: World) -> None:
    browser, entry = begin(world)
    send(browser, entry, pictures.jpeg(pictures.scene(64, 48)))
    photo = str(photos_in(world, entry)[0].id)
    sent = {"version": "1", "do": "keep", "order": [photo], f"caption-{photo}": "snail" * 100}
    answer = browser.post(f"/entries/{entry}/edit", sent)
    assert answer.status_code == 400
    assert "snail" * 100 in answer.get_data(as_text=True)
    assert "300" in answer.get_data(as_text=True)


def test_making_sizes_again_after_an_interruption(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, entry = begin(world)
    before = files(world)
    send(browser, entry, pictures.jpeg(pictures.scene(2000, 1500)))
    photo = photos_in(world, entry)[0]
    whole = work.render

    class Killed(BaseException):
        pass

    def killed(source: Any, out: Any, names: Any, progress: Any) -> Any:
        def then_die(size: str) -> None:
            progress(size)
            raise Killed

        # As a kill leaves it: the files that were written stay.
        for name in names.values():
            (out / name).write_bytes(b"half")
        return whole(source, out, {"master": "never.jpg"}, then_die)

    house = world.app.config["HOUSE"]
    monkeypatch.setattr(work, "render", killed)
    with world.session() as session, pytest.raises(Killed):
        work.make_sizes(session, house, photo.id)
    assert photos_in(world, entry)[0].done == 2, "how far it came shows"
    monkeypatch.setattr(work, "render", whole)
    for _ in range(2):
        with world.session() as session:
            work.make_sizes(session, house, photo.id)
            session.commit()
    made = photos_in(world, entry)[0]
    assert (made.state, made.done, made.upload) == (PictureState.READY, 4, None)
    with world.session() as session:
        rows = session.scalars(select(Rendition).where(Rendition.attachment_id == photo.id)).all()
    assert sorted(row.size for row in rows) == sorted(SIZES)
    assert files(world) - before == {row.file for row in rows}
    for row in rows:
        assert (world.settings.media / row.file).stat().st_size == row.length


def test_a_picture_that_breaks_later_is_told_and_not_handed_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, entry = begin(world)
    send(browser, entry, pictures.jpeg())

    def breaks(*_: Any) -> Any:
        raise PictureProblem("too_hard")

    monkeypatch.setattr(work, "render", breaks)
    world.work()
    photo = photos_in(world, entry)[0]
    assert (photo.state, photo.problem, photo.upload) == (PictureState.BROKEN, "too_hard", None)
    tile = browser.get(f"/entries/{entry}/photos/{photo.id}").get_data(as_text=True)
    assert "too hard for us" in tile
    answer = hand_in(browser, entry, audience=["family"])
    assert answer.status_code == 400
    assert "This picture is broken" in answer.get_data(as_text=True)
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404


def test_a_picture_for_a_comment_that_is_never_sent(world: World) -> None:
    nani = world.client("nani")
    before = files(world)
    answer = nani.post("/photos", {"photo": (BytesIO(pictures.jpeg()), "x.jpg")}, headers=HERE)
    assert answer.status_code == 201
    with world.session() as session:
        photo = session.scalars(select(Attachment).order_by(Attachment.id.desc()).limit(1)).one()
    assert "data-pic" in nani.get(f"/photos/{photo.id}").get_data(as_text=True)
    assert world.client("maya").get(f"/photos/{photo.id}").status_code == 404
    assert world.client("maya").get(f"/media/{photo.id}/small").status_code == 404
    assert nani.post("/photos", {"photo": (BytesIO(b"x"), "x.jpg")}, headers=HERE).status_code == 400
    world.work()
    with world.session() as session:
        assert session.scalars(select(Job).where(Job.about_id == photo.id, Job.kind == "remove_photo")).one()
        work.remove_photo(session, world.app.config["HOUSE"], photo.id)
        session.commit()
        assert session.scalar(select(Rendition.id).where(Rendition.attachment_id == photo.id)) is None
    assert files(world) == before


def test_a_change_that_is_not_kept_keeps_no_files(world: World) -> None:
    browser, entry = begin(world)
    before = files(world)
    other = world.entry("snail-hotel")
    assert send(world.client("aisha"), other, pictures.jpeg()).status_code == 404
    assert files(world) == before
    assert send(browser, entry, pictures.jpeg()).status_code == 201


def test_faces(world: World) -> None:
    maya = world.member("maya")
    inside = world.client("aisha").get(f"/faces/{maya}")
    assert inside.status_code == 200
    assert inside.headers["Cache-Control"] == "private, no-cache"
    assert world.client("menon", "teacher").get(f"/faces/{maya}").status_code == 404
    assert world.client().get(f"/faces/{maya}").status_code == 404
    assert world.client("aisha").get(f"/faces/{world.group('kingfishers')}").status_code == 404
