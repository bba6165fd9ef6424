"""What a viewer may read of each table: the conditions that the net adds to every query.

A mapped class that is missing here cannot be read at all.
"""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import ColumnElement, and_, false

from journal import onrecord, opened, owned, worries
from journal import records as r
from journal.seeing import ME, MY_PERSON, MY_SCHOOL
from journal.visibility import EVERY_WAY, SEEN, Sight, seen

COVERED: Mapping[type, ColumnElement[bool]] = {
    # What the rule is about, by every way.
    **{entity: seen(entity, EVERY_WAY) for entity in SEEN},
    # What only its author reads directly; others through acts that say why.
    r.Choice: owned.on_my_item(r.Choice),
    r.LeftOut: owned.on_my_item(r.LeftOut),
    r.Shown: owned.on_my_item(r.Shown),
    r.Waiting: owned.on_my_item(r.Waiting),
    r.Decision: owned.on_my_item(r.Decision),
    r.NoteAnswer: owned.on_my_item(r.NoteAnswer),
    r.NarrowedTo: owned.on_my_placement(),
    r.Asked: owned.on_my_item(r.Asked),
    # For those who are about to decide.
    r.Flag: owned.on_what_i_decide(r.Flag),
    r.Look: (r.Look.membership_id == ME) | owned.on_my_item(r.Look),
    # One's own.
    r.HiddenForMe: r.HiddenForMe.membership_id == ME,
    r.Notice: r.Notice.membership_id == ME,
    r.Person: r.Person.id == MY_PERSON,
    r.Credential: r.Credential.person_id == MY_PERSON,
    r.SignIn: r.SignIn.person_id == MY_PERSON,
    r.Device: r.Device.person_id == MY_PERSON,
    r.KeptWriting: r.KeptWriting.person_id == MY_PERSON,
    r.FamilyLink: and_(
        r.FamilyLink.school_id == MY_SCHOOL, (r.FamilyLink.relative_id == ME) | (r.FamilyLink.pupil_id == ME)
    ),
    # For those who read worries, and for whoever was worried.
    r.Concern: worries.CONCERN_SEEN,
    **worries.HANGS_ON_A_WORRY,
    r.Hold: worries.HOLD_SEEN,
    r.HoldReview: worries.REVIEW_SEEN,
    # Who is in a picture: for whose picture it is. What was said to pictures: for who said it, and whom it is about.
    r.Tagged: owned.on_my_photo(),
    r.Consent: and_(r.Consent.school_id == MY_SCHOOL, (r.Consent.said_by_id == ME) | (r.Consent.pupil_id == ME)),
    # What was opened without being shared: for leads and the head, and for the pupil whose it is.
    r.Grant: opened.GRANT_SEEN,
    r.GrantLook: opened.LOOK_SEEN,
    r.GrantUntold: opened.UNTOLD_SEEN,
    # What is told of it to everybody else goes through ``journal.pauses``.
    r.Pause: owned.pause_of_others(),
    r.KeptWords: r.KeptWords.membership_id == ME,
    # Of the school, for everybody in it.
    r.School: r.School.id == MY_SCHOOL,
    r.Group: r.Group.school_id == MY_SCHOOL,
    r.WordList: r.WordList.school_id == MY_SCHOOL,
    r.Membership: r.Membership.school_id == MY_SCHOOL,
    r.Enrolment: r.Enrolment.school_id == MY_SCHOOL,
    r.Teaching: r.Teaching.school_id == MY_SCHOOL,
    r.Cover: r.Cover.school_id == MY_SCHOOL,
    r.Second: r.Second.school_id == MY_SCHOOL,
    r.KindReason: r.KindReason.school_id == MY_SCHOOL,
    # Portfolios: of the person who ordered them.
    r.Export: and_(r.Export.school_id == MY_SCHOOL, r.Export.person_id == MY_PERSON),
    r.ExportPart: owned.in_my_export(),
    r.ExportRight: r.ExportRight.school_id == MY_SCHOOL,
    # The house's own: no viewer reads them.
    r.ResetLink: false(),
    r.Authenticator: false(),
    r.Passkey: false(),
    r.RecoveryCode: false(),
    r.SignInTry: false(),
    r.Invitation: false(),
    r.Trail: onrecord.LINE_SEEN,
    r.TrailLink: onrecord.LINK_SEEN,
    r.TrailCheck: onrecord.CHECK_SEEN,
    r.SearchOutbox: false(),
    r.SearchBuild: false(),
    r.SearchUnit: false(),
    r.Job: false(),
    r.TrailUnsealed: false(),
    r.TrailSegment: false(),
    r.TrailDrop: false(),
    r.WorryReminder: false(),
    r.PupilBorn: false(),
}
"""The condition of each class, for whomever it is."""


@cache
def condition_of(entity: type, sight: Sight) -> ColumnElement[bool]:
    """Return the condition of a class for a viewer to whom these ways are open. Raises KeyError for one not covered."""
    return seen(entity, sight) if entity in SEEN and sight != EVERY_WAY else COVERED[entity]
