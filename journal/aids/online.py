"""Ways to somebody on the internet: e-mail addresses, names on apps, links."""

from collections.abc import Iterator

from journal.aids.reads import alone, pattern, set_of

_ENDS = (
    "com|co|uk|org|net|info|biz|edu|gov|ac|sch|io|tv|gg|app|dev|xyz|online|site|link|shop|cymru|wales|scot|pk|ie|fr|"
    "de|pl|eu|us"
)
_AT_POST = (
    "gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|virginmedia|sky|protonmail|proton|mail|msn|me"
)
_MAIL = pattern(r"[\p{L}0-9][\p{L}0-9._%+\-]*@[\p{L}0-9\-]+(?:\.[\p{L}0-9\-]+){1,4}")
_AT = r"(?:\s?[(\[{]\s?(?:at|@)\s?[)\]}]\s?|\s+at\s+|\s?@\s?|\s+ät\s+)"
_DOT = r"(?:\s?[(\[{]\s?(?:dot|\.|dotiau?)\s?[)\]}]\s?|\s+(?:dot|dotcom|dit)\s+|\s?\.\s?)"
_SAID_MAIL = pattern(
    rf"(?i)[\p{{L}}0-9][\p{{L}}0-9._+\-]+{_AT}"
    rf"(?:(?:{_AT_POST}){_DOT}|[\p{{L}}0-9\-]+(?:\s+dot\s+|\s?[(\[{{]\s?dot\s?[)\]}}]\s?)|[\p{{L}}0-9\-]+{_DOT}"
    rf"[\p{{L}}0-9\-]+(?:\s+dot\s+))(?:{_ENDS})(?:{_DOT}(?:uk|pk|{_ENDS}))?"
)
_URDU_MAIL = pattern(r"(?i)[a-z0-9._+\-]+ ?ایٹ ?[a-z0-9\-]+ ?ڈاٹ ?[a-z]+")
_LINK = pattern(r"(?i)(?:https?|hxxps?)\s?:\s?//[^\s<>\"]+|www\s?\.\s?[^\s<>\"]+")
_BARE = pattern(rf"(?i)[\p{{L}}0-9][\p{{L}}0-9\-]+(?:\.[\p{{L}}0-9\-]+){{0,3}}\.(?:{_ENDS})(?:/[^\s<>\"]*)?")
_SHORT = pattern(r"(?i)(?:youtu\.be|bit\.ly|t\.me|wa\.me|discord\.gg|tinyurl\.com|goo\.gl|m\.me)/[^\s<>\"]+")
_SAID_LINK = pattern(
    r"(?i)(?:www\s+dot\s+)?[\p{L}0-9\-]+(?:\s+dot\s+|\s?[(\[]\s?dot\s?[)\]]\s?)"
    r"(?:com|org|net|co|uk|info|tv|gg)(?:(?:\s+dot\s+)(?:uk|pk))?"
)
_AFTER = ".,;:!?'’”»…*_~)]}"

APPS = (
    r"snap ?chat|snap|insta ?gram|insta|ig|tik ?tok|whats ?app|discord|roblox|xbox|play ?station|psn|fortnite|"
    r"minecraft|you ?tube|yt|facebook|fb|messenger|telegram|kik|twitch|twitter|steam|nintendo|switch|brawl stars|"
    r"signal|اسنیپ چیٹ|انسٹاگرام|انسٹا|ٹک ٹاک|واٹس ایپ|ڈسکارڈ"
)
_HANDLE = pattern(r"@[A-Za-z0-9_][A-Za-z0-9_.]+")
_CALLED = r"[\p{L}0-9_][\p{L}0-9_.\-]+"
_ON_APP = pattern(
    rf"(?i)(?:{APPS})(?:['’]s)?(?:[ :,=\-–]+(?:user ?name|name|user|account|tag|id|handle|channel|code|is|it's|its|"
    rf"called|as|at|enw|yw|ydy|پر|ہے|نام)){{0,4}}"
    rf"[ :,=\-–\"“'‘]+({_CALLED})"
)
_MINE = pattern(
    rf"(?i)(?:my|our|fy|میرا|میری) (?:{APPS}|gamer ?tag|user ?name|screen ?name|friend code|enw defnyddiwr)"
    rf"(?: (?:user ?name|name|user|account|tag|id|handle|channel|code|i|نام))?"
    rf"(?: ?(?:is|:|=|yw|ydy|ہے)| [\-–])[ \"“'‘]*({_CALLED})"
)
_FIND_ME = pattern(
    rf"(?i)(?:add|follow|message|msg|dm|find|friend|text|search) (?:me|us) (?:on|in) (?:my )?(?:{APPS})"
    rf"(?:[ ,]*(?:as|at|under|my name is|i am|i'm|im|it's|its|:|-|–)[ :]*)+[\"“'‘]?({_CALLED})"
)
_NO_NAME = set_of(
    "a an the full broken not really so very fun better best private public new old my it and but because for off "
    "on to too good bad boring easy hard empty gone lost locked blocked banned secret working called finished "
    "level full with like amazing great cool always never only also just now still slow fast here there"
)
_NOBODY = set_of("home school work club church nans nanas grandmas mosque park all ysgol adre")


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Yield where e-mail addresses stand in a text that is read, spelled ones too."""
    for found in _MAIL.finditer(text):
        yield found.start(), found.end()
    for one in (_SAID_MAIL, _URDU_MAIL):
        for found in one.finditer(text):
            if alone(text, found.start(), found.end()):
                yield found.start(), found.end()


def links(text: str) -> Iterator[tuple[int, int]]:
    """Yield where links stand in a text that is read, bare and spelled ones too."""
    for one in (_LINK, _SHORT, _BARE, _SAID_LINK):
        for found in one.finditer(text):
            end = found.start() + len(found.group().rstrip(_AFTER))
            if alone(text, found.start(), end):
                yield found.start(), end


def handles(text: str) -> Iterator[tuple[int, int]]:
    """Yield where somebody's name on an app stands in a text that is read."""
    for found in _HANDLE.finditer(text):
        name = found.group()[1:].rstrip(".")
        named = len(name) > 2 and any(one.isalpha() for one in name) and name.casefold() not in _NOBODY
        if named and alone(text, found.start(), found.end()):
            yield found.start(), found.start() + len(name) + 1
    for one, sure in ((_MINE, True), (_FIND_ME, True), (_ON_APP, False)):
        for found in one.finditer(text):
            name = found.group(1).rstrip(".-")
            if _begins(text, found.start()) and (_like_a_name(name) or (sure and _may_be(name))):
                yield found.start(), found.start(1) + len(name)


def _begins(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _may_be(name: str) -> bool:
    return name.casefold() not in _NO_NAME and len(name) > 3


def _like_a_name(name: str) -> bool:
    """Letters with numbers or lines in them, as no word of a language has."""
    letters = sum(one.isalpha() for one in name)
    marked = "_" in name or any(one.isdecimal() for one in name) or "." in name.strip(".")
    return len(name) > 3 and letters > 2 and marked and name[0].isalpha()
