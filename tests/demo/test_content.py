"""The demo's content holds together: keys resolve, nobody writes what they could not see, nothing is real."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest
from PIL import Image

from journal import text
from journal.demo import hostile
from journal.demo.content import ART, LATEST, art_path, cast, made_at, said_at
from journal.demo.shapes import Comment, Entry, FateKind
from journal.words import MOST_PHOTOS, Learned

CAST = cast()
PUPILS = {one.key: one for one in CAST.pupils}
GROWNUPS = {one.key: one for one in CAST.grownups}
GROUPS = {one.key: one for one in CAST.groups}
SCHOOLS = {one.key: one for one in CAST.schools}
ENTRIES = {one.key: one for one in CAST.entries}
COMMENTS = {one.key: one for one in CAST.comments}
RELATIVES = {(link.relative, link.pupil): link for link in CAST.links}
GROUP_DOORS = {"class", "class_families"}
DOORS = {"me", "family", "teachers"} | GROUP_DOORS
UNSEEN_BY_GROUP = {"draft", "handed_in", "sent_back", "passed_on", "withdrawn"}


def teaches(person: str, group: str) -> bool:
    return person in GROWNUPS and any(group in hat.groups for hat in GROWNUPS[person].hats)


def has_child_in(person: str, group: str) -> bool:
    return any(who == person and PUPILS[child].group == group for who, child in RELATIVES)


def own_family_sees(entry: Entry, person: str) -> bool:
    return (person, entry.author) in RELATIVES and bool({"family", f"picked:{person}"} & set(entry.doors))


def group_sees(entry: Entry, person: str) -> bool:
    if entry.fate.kind in UNSEEN_BY_GROUP:
        return False
    group, doors = PUPILS[entry.author].group, set(entry.doors)
    if person in PUPILS:
        return "class" in doors and PUPILS[person].group == group
    return bool(doors & (GROUP_DOORS | {"teachers"})) and (
        teaches(person, group) or ("class_families" in doors and has_child_in(person, group))
    )


def sees(entry: Entry, person: str) -> bool:
    if person == entry.author:
        return True
    if person in entry.left_out or entry.fate.kind in {"draft", "withdrawn"}:
        return False
    return own_family_sees(entry, person) or group_sees(entry, person)


def test_everybody_is_there() -> None:
    assert len(CAST.schools) == 2
    assert len(CAST.groups) == 4
    assert len(CAST.pupils) == 60
    assert Counter(one.group for one in CAST.pupils) == {
        "kingfishers": 24, "wrens": 12, "herons": 12, "terns": 12,
    }  # fmt: skip
    assert 150 <= len(CAST.entries) <= 175
    assert len(CAST.comments) >= 200


def test_keys_are_unique_and_resolve() -> None:
    assert len(PUPILS) + len(GROWNUPS) == len(CAST.pupils) + len(CAST.grownups) == len(PUPILS | GROWNUPS)
    assert len(ENTRIES) == len(CAST.entries)
    assert len(COMMENTS) == len(CAST.comments)
    assert len(RELATIVES) == len(CAST.links)
    for pupil in CAST.pupils:
        assert GROUPS[pupil.group].school == pupil.school
    for grownup in CAST.grownups:
        for hat in grownup.hats:
            assert hat.school in SCHOOLS
            assert {GROUPS[group].school for group in hat.groups} <= {hat.school}
    for link in CAST.links:
        at = PUPILS[link.pupil].school
        assert any(hat.school == at and hat.role == "relative" for hat in GROWNUPS[link.relative].hats)


def test_every_school_has_its_staff() -> None:
    roles = {(hat.school, hat.role) for one in CAST.grownups for hat in one.hats}
    assert roles >= {(school, role) for school in SCHOOLS for role in ("teacher", "head", "lead", "office")}
    assert all(any(teaches(one, group) for one in GROWNUPS) for group in GROUPS)


def test_families_are_real() -> None:
    households = {(link.pupil, link.household) for link in CAST.links if link.carer}
    assert max(Counter(pupil for pupil, _ in households).values()) == 2
    classes = {(link.relative, PUPILS[link.pupil].group) for link in CAST.links}
    assert max(Counter(relative for relative, _ in classes).values()) >= 2, "siblings in two classes"
    assert {link.relation for link in CAST.links} >= {"parent", "grandparent", "carer", "sibling"}
    assert any(link.ended for link in CAST.links)
    assert set(PUPILS) - {link.pupil for link in CAST.links} == {"oscar"}


@pytest.mark.parametrize(("teacher", "child", "in_own_class"), [("adeyemi", "tobi", False), ("grant", "isla", True)])
def test_teachers_who_are_parents(teacher: str, child: str, in_own_class: bool) -> None:
    assert (teacher, child) in RELATIVES
    assert teaches(teacher, PUPILS[child].group) is in_own_class


def test_one_person_has_a_hat_in_each_school() -> None:
    menon = {(hat.school, hat.role) for hat in GROWNUPS["menon"].hats}
    assert menon == {("saltmarsh", "teacher"), ("larkfield", "relative")}


@pytest.mark.parametrize("entry", CAST.entries, ids=lambda one: one.key)
def test_an_entry_holds_together(entry: Entry) -> None:
    assert set(entry.learned) <= {str(place) for place in Learned}
    assert entry.learned
    own = {f"picked:{relative}" for relative, child in RELATIVES if child == entry.author}
    for doors in (entry.doors, *(photo.narrowed_to for photo in entry.photos)):
        assert set(doors) <= DOORS | own
        assert len(doors) == len(set(doors))
    assert entry.doors == ("me",) or (entry.doors and "me" not in entry.doors)
    assert all(set(photo.narrowed_to) <= set(entry.doors) for photo in entry.photos), "never wider"
    assert set(entry.left_out) <= PUPILS.keys() | GROWNUPS.keys()
    assert len(entry.photos) <= MOST_PHOTOS
    assert made_at(entry) <= LATEST


@pytest.mark.parametrize("entry", CAST.entries, ids=lambda one: one.key)
def test_a_fate_is_possible(entry: Entry) -> None:
    fate, doors = entry.fate, set(entry.doors)
    changed = fate.kind in {"edited_waiting", "edited_shared", "mended"}
    assert bool(fate.title and fate.words) is changed
    assert bool(fate.note) is (fate.kind in {"sent_back", "put_away", "mended"})
    assert bool(fate.reason) is (fate.kind in {"put_away", "passed_on"})
    checked = SCHOOLS[PUPILS[entry.author].school].family_checked
    if fate.kind not in {"draft", "shared", "deleted", "withdrawn"}:
        assert doors & GROUP_DOORS or (checked and fate.kind == "handed_in")
    if fate.kind == "class_taken_away":
        assert doors - GROUP_DOORS
    if fate.kind not in {"draft", "shared"}:
        assert doors != {"me"}


@pytest.mark.parametrize("comment", CAST.comments, ids=lambda one: one.key)
def test_a_comment_is_possible(comment: Comment) -> None:
    entry = ENTRIES[comment.entry]
    assert sees(entry, comment.author)
    assert said_at(comment, entry) <= LATEST
    assert bool(comment.then_words) is (comment.fate == "edited")
    of_family = comment.author == entry.author or own_family_sees(entry, comment.author)
    assert comment.reach == "everyone" or of_family
    link = RELATIVES.get((comment.author, entry.author))
    assert link is None or not link.ended or entry.days_ago >= 10, "written before the link was ended"
    if comment.reply_to:
        parent = COMMENTS[comment.reply_to]
        assert parent.entry == comment.entry
        assert parent.hours_after < comment.hours_after
        assert parent.fate in {"shown", "edited"}
        assert parent.reach == "everyone" or (comment.reach == "family" and of_family)


def test_every_fate_is_there() -> None:
    fates = Counter(entry.fate.kind for entry in CAST.entries)
    assert set(fates) == set(get_args(FateKind))
    assert fates["handed_in"] >= 12
    assert {comment.fate for comment in CAST.comments} == {"shown", "waiting", "taken_back", "edited"}


def test_threads_are_long_and_adults_write_at_length() -> None:
    threads = Counter(comment.entry for comment in CAST.comments)
    assert sum(3 <= length <= 8 for length in threads.values()) >= 35
    adults = [one.words for one in CAST.comments if one.author in GROWNUPS]
    assert sum(len(words) > 120 for words in adults) / len(adults) > 0.6
    assert sum("?" in words or "؟" in words for words in adults) / len(adults) > 0.7


def test_hostile_strings_are_there() -> None:
    everything = "\n".join(
        [
            *(said for one in CAST.entries for said in (one.title, one.words, one.fate.title, one.fate.words)),
            *(said for one in CAST.entries for photo in one.photos for said in (photo.caption, photo.description)),
            *(said for one in CAST.comments for said in (one.words, one.then_words)),
        ]
    )
    names = [name for name in vars(hostile) if name.isupper() and isinstance(vars(hostile)[name], str)]
    assert len(names) >= 17
    for name in names:
        assert vars(hostile)[name] in everything, name
    assert "\u202e" in everything
    assert "\u200d" in everything
    assert "null" in {one.title for one in CAST.entries}
    assert len(hostile.LONG_WORD) == 300
    assert len(hostile.LONG_TITLE) == 120


def test_several_scripts_and_directions_are_there() -> None:
    words = [one.words for one in CAST.entries]
    for script in (r"[\u0600-\u06ff]{3}", r"[\u0980-\u09ff]{3}", r"[\u0a00-\u0a7f]{3}", r"[\u4e00-\u9fff]{2}"):
        assert any(re.search(script, text) for text in words), script
    assert any(re.match(r"[\u0600-\u06ff]", text) for text in words), "a whole text from right to left"


def test_every_picture_exists_and_is_used() -> None:
    photos = [photo for one in CAST.entries for photo in one.photos]
    photos += [one.photo for one in CAST.comments if one.photo]
    used = {photo.art for photo in photos} | {one.face for one in (*CAST.pupils, *CAST.grownups) if one.face}
    there = {str(path.relative_to(ART)) for path in ART.rglob("*") if path.is_file()}
    assert used == there
    assert all(photo.description for photo in photos)
    assert len({photo.art for photo in photos}) >= 40
    assert sum(art_path(name).stat().st_size for name in there) < 6_000_000


def test_faces_are_each_their_own() -> None:
    faces = [one.face for one in (*CAST.pupils, *CAST.grownups) if one.face]
    assert len(faces) == len(set(faces))
    assert len({art_path(face).read_bytes() for face in faces}) == len(faces)
    assert 0 < sum(not one.face for one in CAST.pupils) <= 6


def test_one_picture_still_carries_where_it_was_taken() -> None:
    with Image.open(art_path("sunflower.jpg")) as picture:
        exif = picture.getexif()
        assert exif[0x0112] == 6, "turned on its side"
        assert exif.get_ifd(0x8825), "a place"
        assert picture.info["comment"]


def test_sign_in_words_are_each_their_own() -> None:
    phrases = [one.pass_phrase for one in CAST.pupils]
    assert len(set(phrases)) == len(phrases)
    assert all(len(phrase.split()) == 3 for phrase in phrases)
    passwords = [one.password for one in CAST.grownups]
    assert len(set(passwords)) == len(passwords)
    assert min(map(len, passwords)) >= 12
    codes = [one.class_code for one in CAST.groups]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]+-[A-Z]+-\d\d", code) for code in codes)


def test_nothing_is_real() -> None:
    everything = repr(CAST)
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", everything)
    assert all(address.endswith("@example.org") for address in addresses)
    assert len({one.email for one in CAST.grownups}) == len(CAST.grownups)
    numbers = re.findall(r"\b0\d{4} ?\d{6}\b", everything)
    assert numbers
    assert all(re.fullmatch(r"07700 ?900\d{3}", number) for number in numbers)
    assert "http://" not in everything
    assert "https://" not in everything


def test_everything_is_within_the_limits_of_what_one_may_type() -> None:
    for one in CAST.entries:
        for title, words in ((one.title, one.words), (one.fate.title, one.fate.words)):
            assert bool(text.clean_line(title, text.TITLE)) is bool(title)
            assert bool(text.clean_words(words, text.ENTRY_WORDS)) is bool(words)
        for photo in one.photos:
            text.clean_line(photo.caption, text.CAPTION)
            text.clean_line(photo.description, text.DESCRIPTION)
        text.clean_words(one.fate.note, text.NOTE)
    for one in CAST.comments:
        if one.author in GROWNUPS:
            assert text.words_from_html(text.safe_html(one.words)).strip()
