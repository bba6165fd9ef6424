"""All tables, by subject."""

from journal.records.accounts import (
    Authenticator,
    Credential,
    Device,
    Invitation,
    KeptWriting,
    Passkey,
    RecoveryCode,
    ResetLink,
    SignIn,
    SignInTry,
)
from journal.records.attachments import Attachment, NarrowedTo, Placement, Rendition
from journal.records.base import Base
from journal.records.care import Grant, GrantLook, GrantUntold, KeptWords, Pause
from journal.records.consent import Consent, PupilBorn, Tagged
from journal.records.entries import Choice, Comment, Entry, HiddenForMe, Item, LeftOut, Look, Revision, Shown
from journal.records.flags import Asked, Flag, WordList
from journal.records.holds import Hold, HoldReview
from journal.records.moderation import Cover, Decision, KindReason, NoteAnswer, Second, Waiting
from journal.records.portfolio import Export, ExportPart, ExportRight
from journal.records.safeguarding import (
    Concern,
    ConcernAbout,
    ConcernCase,
    ConcernNote,
    ConcernStep,
    SnapshotPicture,
    WorryReminder,
)
from journal.records.school import Enrolment, FamilyLink, Group, Membership, Person, School, Teaching
from journal.records.search import SearchBuild, SearchUnit
from journal.records.trail import Trail, TrailCheck, TrailDrop, TrailLink, TrailSegment, TrailUnsealed
from journal.records.work import Job, Notice, SearchOutbox

__all__ = [
    "Asked",
    "Attachment",
    "Authenticator",
    "Base",
    "Choice",
    "Comment",
    "Concern",
    "ConcernAbout",
    "ConcernCase",
    "ConcernNote",
    "ConcernStep",
    "Consent",
    "Cover",
    "Credential",
    "Decision",
    "Device",
    "Enrolment",
    "Entry",
    "Export",
    "ExportPart",
    "ExportRight",
    "FamilyLink",
    "Flag",
    "Grant",
    "GrantLook",
    "GrantUntold",
    "Group",
    "HiddenForMe",
    "Hold",
    "HoldReview",
    "Invitation",
    "Item",
    "Job",
    "KeptWords",
    "KeptWriting",
    "KindReason",
    "LeftOut",
    "Look",
    "Membership",
    "NarrowedTo",
    "NoteAnswer",
    "Notice",
    "Passkey",
    "Pause",
    "Person",
    "Placement",
    "PupilBorn",
    "RecoveryCode",
    "Rendition",
    "ResetLink",
    "Revision",
    "School",
    "SearchBuild",
    "SearchOutbox",
    "SearchUnit",
    "Second",
    "Shown",
    "SignIn",
    "SignInTry",
    "SnapshotPicture",
    "Tagged",
    "Teaching",
    "Trail",
    "TrailCheck",
    "TrailDrop",
    "TrailLink",
    "TrailSegment",
    "TrailUnsealed",
    "Waiting",
    "WordList",
    "WorryReminder",
]
