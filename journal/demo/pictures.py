"""The demo's pictures: each is made once and copied for every entry that has it."""

from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from journal.demo.content import art_path
from journal.images import SIZES, Rendition, preview, render
from journal.records import Attachment
from journal.records import Rendition as RenditionRow
from journal.seeing import Viewer
from journal.store.files import Files
from journal.words import PictureState


class Pictures:
    """Makes and copies pictures while the demo is built; use it as a context manager."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._work = TemporaryDirectory()
        self._made: dict[str, list[Rendition]] = {}

    def __enter__(self) -> "Pictures":
        return self

    def __exit__(self, *_: object) -> None:
        self._work.cleanup()

    def face(self, art: str) -> str:
        """Keep a face and return its kept name."""
        name = self.files.new_name(".jpg")
        preview(art_path(art), self.files.path(name))
        return name

    def photo(self, session: Session, owner: Viewer, art: str, item: UUID | None) -> Attachment:
        """Add a photo in all its sizes, ready to be placed."""
        made = self._sizes(art)
        master = next(one for one in made if one.size == "master")
        attachment = Attachment(
            school_id=owner.school,
            owner_id=owner.membership,
            item_id=item,
            state=PictureState.READY,
            width=master.width,
            height=master.height,
            done=len(made),
        )
        session.add(attachment)
        session.flush()
        for one in made:
            name = self.files.new_name(".jpg")
            copyfile(one.path, self.files.path(name))
            session.add(
                RenditionRow(
                    school_id=owner.school,
                    attachment_id=attachment.id,
                    size=one.size,
                    file=name,
                    width=one.width,
                    height=one.height,
                    length=one.bytes,
                    sha256=one.sha256,
                )
            )
        session.flush()
        return attachment

    def _sizes(self, art: str) -> list[Rendition]:
        if art not in self._made:
            folder = Path(self._work.name)
            names = {size: f"{len(self._made)}-{size}.jpg" for size in SIZES}
            self._made[art] = render(art_path(art), folder, names)
        return self._made[art]
