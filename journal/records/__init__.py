"""All tables, by subject."""

from journal.records.accounts import Credential, KeptWriting, ResetLink, SignIn
from journal.records.attachments import Attachment, NarrowedTo, Placement, Rendition
from journal.records.base import Base
from journal.records.entries import Choice, Comment, Entry, HiddenForMe, Item, LeftOut, Look, Revision, Shown
from journal.records.moderation import Cover, Decision, Second, Waiting
from journal.records.portfolio import Export, ExportPart, ExportRight
from journal.records.safeguarding import Concern, SnapshotPicture
from journal.records.school import Enrolment, FamilyLink, Group, Membership, Person, School, Teaching
from journal.records.search import SearchBuild, SearchUnit
from journal.records.work import Job, Notice, SearchOutbox, Trail

__all__ = [
    "Attachment",
    "Base",
    "Choice",
    "Comment",
    "Concern",
    "Cover",
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
    "Item",
    "Job",
    "KeptWriting",
    "LeftOut",
    "Look",
    "Membership",
    "NarrowedTo",
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
    "Second",
    "Shown",
    "SignIn",
    "SnapshotPicture",
    "Teaching",
    "Trail",
    "Waiting",
]
