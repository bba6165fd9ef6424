"""All tables, by subject."""

from journal.records.accounts import Credential, KeptWriting, ResetLink, SignIn
from journal.records.attachments import Attachment, NarrowedTo, Placement, Rendition
from journal.records.base import Base
from journal.records.entries import Choice, Comment, Entry, HiddenForMe, Item, LeftOut, Look, Revision, Shown
from journal.records.holds import Hold, HoldReview
from journal.records.moderation import Decision, KindReason, NoteAnswer, Waiting
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
    "Enrolment",
    "Entry",
    "Export",
    "ExportPart",
    "ExportRight",
    "FamilyLink",
    "Group",
    "HiddenForMe",
    "Hold",
    "HoldReview",
    "Item",
    "Job",
    "KeptWriting",
    "KindReason",
    "LeftOut",
    "Look",
    "Membership",
    "NarrowedTo",
    "NoteAnswer",
    "Notice",
    "Person",
    "Placement",
    "Rendition",
    "ResetLink",
    "Revision",
    "School",
    "SearchBuild",
    "SearchOutbox",
    "SearchUnit",
    "Shown",
    "SignIn",
    "SnapshotPicture",
    "Teaching",
    "Trail",
    "Waiting",
    "WorryReminder",
]
