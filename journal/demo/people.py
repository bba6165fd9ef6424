"""Who is in the demo: two schools, four classes, sixty pupils, their grown-ups and who belongs to whom."""

from __future__ import annotations

from journal.demo.secrets import pass_phrase, password
from journal.demo.shapes import FamilyLink, Group, Grownup, Hat, Pupil, Relation, School

SCHOOLS = (
    School("larkfield", "Larkfield Primary", "Larkfield", "en", False, True, "07700 900100"),
    School("saltmarsh", "Saltmarsh School", "Pendle Quay", "en", True, False, "07700 900200"),
)

GROUPS = (
    Group("kingfishers", "larkfield", "Kingfishers", "Year 4", "PLUM-RIVER-62"),
    Group("wrens", "larkfield", "Wrens", "Year 1", "OTTER-LANTERN-47"),
    Group("herons", "larkfield", "Herons", "Year 5", "CEDAR-TEAPOT-85"),
    Group("terns", "saltmarsh", "Terns", "Year 3", "PEBBLE-MITTEN-39"),
)

# key, given name, family name, age. A name with "-" behind the age has no picture: initials are shown.
_KINGFISHERS = (
    ("maya", "Maya", "Rahman-Ellis", 9),
    ("oscar", "Oscar", "Lindley", 8),
    ("priya", "Priya", "Menon", 9),
    ("tomasz", "Tomasz", "Kowal", 8),
    ("femi", "Femi", "Balogun", 9),
    ("ruby", "Ruby", "Tennant", 8),
    ("haroon", "Haroon", "Mirza", 8),
    ("ellie", "Ellie", "Marsh", 9),
    ("jun", "Jun", "Chen", 8),
    ("kofi", "Kofi", "Asante", 9),
    ("freya", "Freya", "Lund", 8),
    ("dilan", "Dilan", "Demir", 9),
    ("aisha", "Aisha", "Noor", 9),
    ("harjit", "Harjit", "Sandhu", 8),
    ("wikt", "Wiktoria", "Mazur", 9),
    ("noah", "Noah", "Baines", 8),
    ("imani", "Imani", "Clarke", 9),
    ("rhys", "Rhys", "Pugh", 8),
    ("sofia", "Sofia", "Duarte", 9),
    ("yusuf", "Yusuf", "Omar", 8),
    ("poppy", "Poppy", "Hale", 8),
    ("leo", "Leo", "Fenn", 9),
    ("anwen", "Anwen", "Bevan", 8),
    ("kian", "Kian", "Farrokh", 9),
)
_WRENS = (
    ("sami", "Sami", "Rahman-Ellis", 5),
    ("tobi", "Tobi", "Adeyemi", 6),
    ("hanna", "Hanna", "Mazur", 5),
    ("ibrahim", "Ibrahim", "Omar", 6),
    ("nia", "Nia", "Bevan", 5),
    ("arlo", "Arlo", "Hale", 6),
    ("tilly", "Tilly", "Grey", 5),
    ("zain", "Zain", "Malik", 6),
    ("adaeze", "Adaeze", "Obi", 5),
    ("rosa", "Rosa", "Duarte", 6),
    ("bertie", "Bertie", "Cole", 5),
    ("mei", "Mei", "Chen", 6),
)
_HERONS = (
    ("isla", "Isla", "Grant", 10),
    ("haniya", "Haniya", "Mirza", 10),
    ("jaspreet", "Jaspreet", "Sandhu", 10),
    ("callum", "Callum", "Tennant", 9),
    ("amara", "Amara", "Balogun", 10),
    ("luca", "Luca", "Romano", 10),
    ("niamh", "Niamh", "Kelly", 9),
    ("idris", "Idris", "Hughes", 10),
    ("tahmina", "Tahmina", "Akter", 10),
    ("bilal", "Bilal", "Hussain", 9),
    ("martha", "Martha", "Webb", 10),
    ("dev", "Dev", "Patel", 10),
)
_TERNS = (
    ("ailsa", "Ailsa", "Munro", 7),
    ("connor", "Connor", "Daley", 8),
    ("yara", "Yara", "Haddad", 8),
    ("mateusz", "Mateusz", "Zielony", 7),
    ("shanice", "Shanice", "Brown", 8),
    ("theo", "Theo", "Pellow", 7),
    ("amina", "Amina", "Siddiqui", 8),
    ("gwen", "Gwen", "Tregear", 7),
    ("rafi", "Rafi", "Levy", 8),
    ("lily", "Lily", "Sharpe", 7),
    ("hugo", "Hugo", "Marchant", 8),
    ("maya-t", "Maya", "Thorne", 7),
)
_ROLLS = (
    ("larkfield", "kingfishers", _KINGFISHERS),
    ("larkfield", "wrens", _WRENS),
    ("larkfield", "herons", _HERONS),
    ("saltmarsh", "terns", _TERNS),
)
_NO_FACE = frozenset(
    {
        "bertie",
        "martha",
        "hugo",
        "lily",
        "claire",
        "s-webb",
        "d-grey",
        "k-brown",
        "p-marchant",
        "m-kelly",
        "r-webb",
        "finch",
        "o-cole",
        "j-sharpe",
        "t-hussain",
        "e-daley",
        "s-aldous",
        "f-akter",
    }
)
_SPEAKS = {
    "nani": "ur",
    "s-mirza": "ur",
    "a-malik": "ur",
    "bilal": "ur",
}


def _face(key: str) -> str:
    """The art file of somebody's picture, or nothing for those who have none."""
    return "" if key in _NO_FACE else f"faces/{key}.jpg"


PUPILS = tuple(
    Pupil(key, school, group, given, family, age, pass_phrase(key), _face(key), _SPEAKS.get(key, "en"))
    for school, group, roll in _ROLLS
    for key, given, family, age in roll
)


def _grownup(key: str, name: str, known_as: str, email: str, *hats: Hat, phone: str = "") -> Grownup:
    """One account; the password, the face and the language follow from the key."""
    address = f"{email}@example.org"
    return Grownup(key, name, known_as, address, password(key), _face(key), hats, _SPEAKS.get(key, "en"), phone)


_AT_LARKFIELD = Hat("larkfield", "relative")
_AT_SALTMARSH = Hat("saltmarsh", "relative")

STAFF = (
    # His son Tobi is in Wrens.
    _grownup(
        "adeyemi",
        "Kunle Adeyemi",
        "Mr Adeyemi",
        "k.adeyemi",
        Hat("larkfield", "teacher", ("kingfishers",)),
        _AT_LARKFIELD,
    ),
    _grownup(
        "doyle",
        "Bernadette Doyle",
        "Mrs Doyle",
        "b.doyle",
        Hat("larkfield", "teacher", ("kingfishers",), "teaching assistant"),
    ),
    _grownup("lowe", "Harriet Lowe", "Miss Lowe", "h.lowe", Hat("larkfield", "teacher", ("wrens",))),
    # Her daughter Isla is in her own class.
    _grownup("grant", "Morag Grant", "Ms Grant", "m.grant", Hat("larkfield", "teacher", ("herons",)), _AT_LARKFIELD),
    _grownup("iqbal", "Samina Iqbal", "Miss Iqbal", "s.iqbal", Hat("larkfield", "teacher", ("herons",))),
    _grownup("kaur", "Surinder Kaur", "Mrs Kaur", "head.larkfield", Hat("larkfield", "head")),
    _grownup("penhale", "Martin Penhale", "Mr Penhale", "m.penhale", Hat("larkfield", "lead"), phone="07700 900118"),
    _grownup("bright", "Denise Bright", "Mrs Bright", "office.larkfield", Hat("larkfield", "office")),
    # He teaches at Saltmarsh; his daughter Priya is a Kingfisher at Larkfield.
    _grownup("menon", "Anil Menon", "Mr Menon", "a.menon", Hat("saltmarsh", "teacher", ("terns",)), _AT_LARKFIELD),
    _grownup("tully", "Ros Tully", "Mrs Tully", "head.saltmarsh", Hat("saltmarsh", "head")),
    _grownup("okafor", "Grace Okafor", "Mrs Okafor", "g.okafor", Hat("saltmarsh", "lead"), phone="07700 900218"),
    _grownup("finch", "Barry Finch", "Mr Finch", "office.saltmarsh", Hat("saltmarsh", "office")),
)

# key, name, how letters say it, e-mail (before the @)
_LARKFIELD_FAMILY = (
    ("nadia", "Nadia Rahman", "Nadia", "nadia.rahman"),
    ("tom", "Tom Ellis", "Tom", "tom.ellis"),
    ("joe", "Joe Ellis", "Joe", "joe.ellis"),
    ("nani", "Rukhsana Rahman", "Rukhsana", "rukhsana.rahman"),
    ("claire", "Claire Nolan", "Claire", "claire.nolan"),
    ("l-chen", "Lin Chen", "Lin", "lin.chen"),
    ("yeye", "Guowei Chen", "Mr Chen", "guowei.chen"),
    ("h-noor", "Hodan Noor", "Hodan", "h.noor"),
    ("ayeeyo", "Faduma Noor", "Faduma", "faduma.noor"),
    ("t-balogun", "Tunde Balogun", "Tunde", "t.balogun"),
    ("r-balogun", "Remi Balogun", "Remi", "r.balogun"),
    ("sandhu", "Manpreet Sandhu", "Manpreet", "sandhu.home"),
    ("baba", "Gurdev Sandhu", "Gurdev", "gurdev.sandhu"),
    ("a-mazur", "Agnieszka Mazur", "Agnieszka", "a.mazur"),
    ("babcia", "Halina Mazur", "Halina", "halina.mazur"),
    ("omar", "Asha Omar", "Asha", "omar.family"),
    ("s-aldous", "Sue Aldous", "Sue", "sue.aldous"),
    ("d-tennant", "Dawn Tennant", "Dawn", "dawn.tennant"),
    ("g-tennant", "Gary Tennant", "Gary", "gary.tennant"),
    ("s-mirza", "Saira Mirza", "Saira", "saira.mirza"),
    ("e-marsh", "Helen Marsh", "Helen", "helen.marsh"),
    ("a-asante", "Abena Asante", "Abena", "abena.asante"),
    ("k-lund", "Kirsten Lund", "Kirsten", "kirsten.lund"),
    ("z-demir", "Zeynep Demir", "Zeynep", "zeynep.demir"),
    ("d-clarke", "Desmond Clarke", "Desmond", "desmond.clarke"),
    ("c-pugh", "Carys Pugh", "Carys", "carys.pugh"),
    ("nan-pugh", "Beti Pugh", "Beti", "beti.pugh"),
    ("m-duarte", "Marta Duarte", "Marta", "marta.duarte"),
    ("j-hale", "Jess Hale", "Jess", "jess.hale"),
    ("b-fenn", "Ben Fenn", "Ben", "ben.fenn"),
    ("n-fenn", "Nick Harrow", "Nick", "nick.harrow"),
    ("e-bevan", "Elin Bevan", "Elin", "elin.bevan"),
    ("taid", "Gwilym Bevan", "Gwilym", "gwilym.bevan"),
    ("m-farrokh", "Mina Farrokh", "Mina", "mina.farrokh"),
    ("k-menon", "Kavita Menon", "Kavita", "kavita.menon"),
    ("p-kowal", "Piotr Kowal", "Piotr", "piotr.kowal"),
    ("y-adeyemi", "Yemi Adeyemi", "Yemi", "yemi.adeyemi"),
    ("d-grey", "Dan Grey", "Dan", "dan.grey"),
    ("a-malik", "Ayesha Malik", "Ayesha", "ayesha.malik"),
    ("c-obi", "Chidi Obi", "Chidi", "chidi.obi"),
    ("o-cole", "Olive Cole", "Olive", "olive.cole"),
    ("p-romano", "Paola Romano", "Paola", "paola.romano"),
    ("m-kelly", "Maeve Kelly", "Maeve", "maeve.kelly"),
    ("g-hughes", "Gareth Hughes", "Gareth", "gareth.hughes"),
    ("f-akter", "Farida Akter", "Farida", "farida.akter"),
    ("t-hussain", "Tariq Hussain", "Tariq", "tariq.hussain"),
    ("s-webb", "Stella Webb", "Stella", "stella.webb"),
    ("r-webb", "Rory Webb", "Rory", "rory.webb"),
    ("n-patel", "Nita Patel", "Nita", "nita.patel"),
)
_SALTMARSH_FAMILY = (
    ("i-munro", "Iain Munro", "Iain", "iain.munro"),
    ("e-daley", "Erin Daley", "Erin", "erin.daley"),
    ("r-haddad", "Rima Haddad", "Rima", "rima.haddad"),
    ("jiddo", "Nabil Haddad", "Nabil", "nabil.haddad"),
    ("k-zielony", "Kasia Zielony", "Kasia", "kasia.zielony"),
    ("k-brown", "Keisha Brown", "Keisha", "keisha.brown"),
    ("j-pellow", "Jory Pellow", "Jory", "jory.pellow"),
    ("n-siddiqui", "Nasreen Siddiqui", "Nasreen", "nasreen.siddiqui"),
    ("m-tregear", "Morwenna Tregear", "Morwenna", "morwenna.tregear"),
    ("d-levy", "Dina Levy", "Dina", "dina.levy"),
    ("j-sharpe", "Jo Sharpe", "Jo", "jo.sharpe"),
    ("p-marchant", "Paul Marchant", "Paul", "paul.marchant"),
    ("v-thorne", "Vicky Thorne", "Vicky", "vicky.thorne"),
)
GROWNUPS = (
    STAFF
    + tuple(_grownup(*row, _AT_LARKFIELD) for row in _LARKFIELD_FAMILY)
    + tuple(_grownup(*row, _AT_SALTMARSH) for row in _SALTMARSH_FAMILY)
)

# relative, the children, what the children call them, relation, household
_CARERS: tuple[tuple[str, str, str, Relation, str], ...] = (
    ("nadia", "maya sami", "Mum", "parent", "rahman"),
    ("tom", "maya sami", "Dad", "parent", "ellis"),
    ("l-chen", "jun mei", "Mum", "parent", "chen"),
    ("h-noor", "aisha", "Mum", "parent", "noor"),
    ("t-balogun", "femi amara", "Dad", "parent", "balogun"),
    ("r-balogun", "femi amara", "Mum", "parent", "balogun-north"),
    ("sandhu", "harjit jaspreet", "Mum", "parent", "sandhu"),
    ("a-mazur", "wikt hanna", "Mama", "parent", "mazur"),
    ("omar", "yusuf ibrahim", "Hooyo", "parent", "omar"),
    ("s-aldous", "noah", "Sue", "carer", "aldous"),
    ("d-tennant", "ruby callum", "Mum", "parent", "tennant"),
    ("g-tennant", "ruby callum", "Dad", "parent", "tennant-wharf"),
    ("s-mirza", "haroon haniya", "Ammi", "parent", "mirza"),
    ("e-marsh", "ellie", "Mum", "parent", "marsh"),
    ("a-asante", "kofi", "Mum", "parent", "asante"),
    ("k-lund", "freya", "Mor", "parent", "lund"),
    ("z-demir", "dilan", "Anne", "parent", "demir"),
    ("d-clarke", "imani", "Dad", "parent", "clarke"),
    ("c-pugh", "rhys", "Mum", "parent", "pugh"),
    ("m-duarte", "sofia rosa", "Mãe", "parent", "duarte"),
    ("j-hale", "poppy arlo", "Mum", "parent", "hale"),
    ("b-fenn", "leo", "Dad", "parent", "fenn"),
    ("n-fenn", "leo", "Papa Nick", "parent", "fenn"),
    ("e-bevan", "anwen nia", "Mam", "parent", "bevan"),
    ("m-farrokh", "kian", "Maman", "parent", "farrokh"),
    ("menon", "priya", "Achan", "parent", "menon"),
    ("k-menon", "priya", "Amma", "parent", "menon"),
    ("p-kowal", "tomasz", "Tata", "parent", "kowal"),
    ("adeyemi", "tobi", "Dad", "parent", "adeyemi"),
    ("y-adeyemi", "tobi", "Mum", "parent", "adeyemi"),
    ("d-grey", "tilly", "Dad", "parent", "grey"),
    ("a-malik", "zain", "Ammi", "parent", "malik"),
    ("c-obi", "adaeze", "Daddy", "parent", "obi"),
    ("grant", "isla", "Mum", "parent", "grant"),
    ("p-romano", "luca", "Mamma", "parent", "romano"),
    ("m-kelly", "niamh", "Mum", "parent", "kelly"),
    ("g-hughes", "idris", "Dad", "parent", "hughes"),
    ("f-akter", "tahmina", "Amma", "parent", "akter"),
    ("t-hussain", "bilal", "Abbu", "parent", "hussain"),
    ("s-webb", "martha", "Mum", "parent", "webb"),
    ("n-patel", "dev", "Mum", "parent", "patel"),
    ("i-munro", "ailsa", "Dad", "parent", "munro"),
    ("e-daley", "connor", "Mum", "parent", "daley"),
    ("r-haddad", "yara", "Mama", "parent", "haddad"),
    ("k-zielony", "mateusz", "Mama", "parent", "zielony"),
    ("k-brown", "shanice", "Mum", "parent", "brown"),
    ("j-pellow", "theo", "Dad", "parent", "pellow"),
    ("n-siddiqui", "amina", "Ammi", "parent", "siddiqui"),
    ("m-tregear", "gwen", "Mum", "parent", "tregear"),
    ("d-levy", "rafi", "Ima", "parent", "levy"),
    ("j-sharpe", "lily", "Mum", "parent", "sharpe"),
    ("p-marchant", "hugo", "Dad", "parent", "marchant"),
    ("v-thorne", "maya-t", "Mum", "parent", "thorne"),
)
_OTHERS: tuple[tuple[str, str, str, Relation, str], ...] = (
    ("joe", "maya sami", "Grandad Joe", "grandparent", "joe"),
    ("nani", "maya sami", "Nani", "grandparent", "nani"),
    ("yeye", "jun mei", "Ye-ye", "grandparent", "chen"),
    ("ayeeyo", "aisha", "Ayeeyo", "grandparent", "noor"),
    ("baba", "harjit jaspreet", "Baba ji", "grandparent", "sandhu"),
    ("babcia", "wikt hanna", "Babcia", "grandparent", "babcia"),
    ("nan-pugh", "rhys", "Nan", "grandparent", "nan-pugh"),
    ("taid", "anwen nia", "Taid", "grandparent", "taid"),
    ("o-cole", "bertie", "Granny Olive", "grandparent", "cole"),
    ("r-webb", "martha", "Rory", "sibling", "rory"),
    ("jiddo", "yara", "Jiddo", "grandparent", "jiddo"),
)
# Links that were ended: sight is gone, what they wrote stays under their name.
_ENDED: tuple[tuple[str, str, str, Relation, str], ...] = (("claire", "maya sami", "Claire", "friend", "ellis"),)


def _links(
    rows: tuple[tuple[str, str, str, Relation, str], ...], *, carer: bool, ended: bool = False
) -> tuple[FamilyLink, ...]:
    """One link for each child that a row names."""
    return tuple(
        FamilyLink(relative, pupil, known_as, relation, household, carer, ended)
        for relative, pupils, known_as, relation, household in rows
        for pupil in pupils.split()
    )


# Oscar has nobody yet: his letter was sent and not answered.
LINKS = _links(_CARERS, carer=True) + _links(_OTHERS, carer=False) + _links(_ENDED, carer=False, ended=True)
