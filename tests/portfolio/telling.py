"""People of the demo school ordering portfolios, and what is in what they get."""

import io
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from sqlalchemy import select

from journal.house import House
from journal.portfolio import acts, taking
from journal.portfolio.scope import EVERYTHING, Scope
from journal.records import Export
from tests.world import World


@dataclass
class Packed:
    """A portfolio that somebody took home."""

    data: bytes

    @cached_property
    def zip(self) -> ZipFile:
        """The file itself."""
        return ZipFile(io.BytesIO(self.data))

    @property
    def names(self) -> list[str]:
        """The files in its folder."""
        return [str(PurePosixPath(*PurePosixPath(one).parts[1:])) for one in self.zip.namelist()]

    @property
    def folder(self) -> str:
        """Its one folder."""
        (found,) = {PurePosixPath(one).parts[0] for one in self.zip.namelist()}
        return found

    def read(self, name: str) -> bytes:
        """One of its files."""
        return self.zip.read(f"{self.folder}/{name}")

    def words(self, name: str) -> str:
        """One of its files, as text."""
        return self.read(name).decode()

    @cached_property
    def json(self) -> Any:
        """What stands in its JSON."""
        return json.loads(self.read("class.json" if "class.json" in self.names else "portfolio.json"))

    @property
    def entries(self) -> dict[UUID, Any]:
        """Its entries, by id."""
        return {UUID(one["id"]): one for one in self.json["entries"]}

    @property
    def titles(self) -> list[str]:
        """What its entries are called."""
        return [one["title"] for one in self.json["entries"]]


@dataclass
class Teller:
    """What people do with portfolios."""

    world: World

    @property
    def house(self) -> House:
        """The house of the world's app."""
        found: House = self.world.app.config["HOUSE"]
        return found

    def orders(
        self, who: str, role: str = "", pupil: str = "maya", scope: Scope = EVERYTHING, lang: str = "en"
    ) -> UUID:
        """Somebody orders a pupil's portfolio."""
        with self.world.acting(who, role) as (session, me):
            return acts.order(session, me, self.house, self.world.member(pupil, "pupil"), scope, "en").id

    def orders_class(self, who: str, group: str = "kingfishers", role: str = "head", scope: Scope = EVERYTHING) -> UUID:
        """Somebody orders those of a class."""
        with self.world.acting(who, role) as (session, me):
            return acts.order_class(session, me, self.house, self.world.group(group), scope, "en").id

    def fetches(self, who: str, export: UUID, role: str = "") -> Packed | None:
        """Somebody fetches one; None: it is being made anew."""
        with self.world.acting(who, role) as (session, me):
            handed = taking.fetch(session, me, self.house, export)
            if handed.path is None:
                return None
            with handed.opened() as file:
                return Packed(file.read())

    def takes_home(self, who: str, role: str = "", pupil: str = "maya", scope: Scope = EVERYTHING) -> Packed:
        """Somebody orders one, it is made, and they fetch it."""
        export = self.orders(who, role, pupil, scope)
        self.world.work()
        packed = self.fetches(who, export, role)
        assert packed is not None
        return packed

    def row(self, export: UUID) -> Export:
        """How one stands."""
        with self.world.session() as session:
            return session.scalars(select(Export).where(Export.id == export)).one()

    def files(self) -> list[str]:
        """What lies in the folder of portfolios."""
        return sorted(one.name for one in (self.world.settings.media / "exports").glob("*"))
