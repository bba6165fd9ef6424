"""The floors of the house as a contract that import-linter checks: imports only go down.

Every module stands on the floor that its name says (the table is in pyproject.toml, under importlinter). A
module may import from its own floor and from those below. The rooms have two floors: their pages (``views``,
``forms``) and, further down, everything else in them. Down there a room knows no other room, save the few
that are ``shared``; a room's pages may ask what other rooms' ``reading`` says and do their ``acts``, never
ask their pages. Web
libraries stop at a floor of their own. A module that the table does not name breaks the contract, so nobody
can build between the floors.
"""

from dataclasses import dataclass

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

PAGES = ("views", "forms")
OPEN_TO_PAGES = ("reading", "acts")


@dataclass(frozen=True)
class House:
    """The table, parsed. ``floors`` maps a name below the root package, or a room, to its floor."""

    root: str
    floors: dict[str, int]
    rooms: frozenset[str]
    rooms_floor: int
    pages_floor: int
    shared: frozenset[str]
    web: frozenset[str]
    web_floor: int

    def room_of(self, module: str) -> str:
        """The room that the module belongs to, or an empty string."""
        parts = module.split(".")
        return parts[1] if len(parts) > 1 and parts[1] in self.rooms else ""

    def floor_of(self, module: str) -> int | None:
        """The floor that the module stands on; None if the table does not say."""
        if module == self.root:
            return max(self.floors.values())
        parts = module.split(".")
        if parts[1] in self.rooms:
            return self.pages_floor if len(parts) > 2 and parts[2] in PAGES else self.rooms_floor
        return self.floors.get(parts[1])

    def complaint(self, importer: str, imported: str) -> str:
        """What is wrong with this import, in words; an empty string if nothing is."""
        here = self.floor_of(importer)
        if here is None:
            return "stands on no floor; give it one in pyproject.toml"
        if not imported.startswith(self.root + ".") and imported != self.root:
            is_web = imported.split(".")[0] in self.web
            return f"is on floor {here}, where the web is unknown" if is_web and here < self.web_floor else ""
        there = self.floor_of(imported)
        if there is not None and there > here:
            return f"is on floor {here}, below floor {there}"
        return self._complaint_of_rooms(importer, imported)

    def _complaint_of_rooms(self, importer: str, imported: str) -> str:
        mine, theirs = self.room_of(importer), self.room_of(imported)
        if not mine or not theirs or mine == theirs or imported in self.shared:
            return ""
        if self.floor_of(importer) == self.rooms_floor:
            return "may not know another room"
        tail = imported.split(".")[2:3]
        allowed = len(tail) == 1 and tail[0] in OPEN_TO_PAGES
        return "" if allowed else f"may ask another room's {' and '.join(OPEN_TO_PAGES)} only"


class FloorsContract(Contract):
    """See the top of this file. Each of ``floors`` is ``number: names``, ROOMS and PAGES among the names."""

    type_name = "floors"

    floors = fields.ListField(subfield=fields.StringField())
    rooms = fields.SetField(subfield=fields.StringField())
    shared = fields.SetField(subfield=fields.StringField(), required=False)
    web = fields.SetField(subfield=fields.StringField())
    web_from = fields.IntegerField(minimum=0)

    def house(self) -> House:
        """The contract's table, parsed."""
        floors: dict[str, int] = {}
        for line in self.floors:
            number, names = line.split(":")
            floors.update(dict.fromkeys(names.split(), int(number)))
        return House(
            root=self.session_options["root_packages"][0],
            floors=floors,
            rooms=frozenset(self.rooms),
            rooms_floor=floors.pop("ROOMS"),
            pages_floor=floors.pop("PAGES"),
            shared=frozenset(self.shared or ()),
            web=frozenset(self.web),
            web_floor=int(self.web_from),
        )

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import that any module of the house makes."""
        house = self.house()
        broken: list[str] = []
        for importer in sorted(graph.modules):
            if importer.split(".")[0] != house.root:
                continue
            if house.floor_of(importer) is None:
                broken.append(f"{importer} {house.complaint(importer, house.root)}")
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if trouble := house.complaint(importer, imported):
                    details = graph.get_import_details(importer=importer, imported=imported)
                    lines = ", ".join(str(each["line_number"]) for each in details)
                    broken.append(f"{importer} imports {imported} (line {lines}), but {trouble}")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say each wrong import on a line."""
        for line in check.metadata["broken"]:
            output.print_error(f"- {line}", bold=False)
