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
from journal.records.entries import Choice, Comment, Entry, HiddenForMe, Item, LeftOut, Look, Revision, Shown
from journal.records.holds import Hold, HoldReview
from journal.records.moderation import Decision, Waiting
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
from journal.records.work import Job, Notice, SearchOutbox, Trail

__all__ = [
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
    "Credential",
    "Decision",
    "Device",
    "Enrolment",
    "Entry",
    "Export",
    "ExportPart",
    "ExportRight",
    "FamilyLink",
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
    "LeftOut",
    "Look",
    "Membership",
    "NarrowedTo",
    "Notice",
    "Passkey",
    "Pause",
    "Person",
    "Placement",
    "RecoveryCode",
    "Rendition",
    "ResetLink",
    "Revision",
    "School",
    "SearchBuild",
    "SearchOutbox",
    "SearchUnit",
    "Shown",
    "SignIn",
    "SignInTry",
    "SnapshotPicture",
    "Teaching",
    "Trail",
    "Waiting",
    "WorryReminder",
]
