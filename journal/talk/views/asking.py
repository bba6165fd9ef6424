"""The kind question before something is said: do you want to keep this in? It never blocks."""

from collections.abc import Collection

from journal.doors import db, viewer
from journal.flagging import digest_of, to_ask
from journal.noticed import Question, questions
from journal.talk.acts import SayInput
from journal.words import Role


def questions_about(said: SayInput, kept: Collection[str], before: str = "") -> tuple[Question, ...]:
    """Return what a writer is asked about; nothing, if they were asked about all of it.

    ``kept`` are the marks of what they were asked; ``before`` is what they had said already.
    """
    texts = {"words": said.words, "before": before}
    for number, one in enumerate(said.photos, start=1):
        texts |= {f"caption-{number}": one.caption, f"description-{number}": one.description}
    marks = [(one, digest_of(one, texts)) for one in to_ask(db(), viewer(), texts)]
    answered = {*kept, *(mark for one, mark in marks if one.where == "before")}
    here = [(one, mark) for one, mark in marks if one.where != "before"]
    if answered.issuperset(mark for _one, mark in here):
        return ()
    return tuple(questions(here, texts, pupil=viewer().role is Role.PUPIL))
