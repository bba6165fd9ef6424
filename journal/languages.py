"""The languages that ship, whole or not at all."""

LANGUAGES = {"en": "English", "ur": "اردو"}
"""Language codes, each with the language's own name."""

RIGHT_TO_LEFT = frozenset({"ur"})


def direction_of(language: str) -> str:
    """Return the direction in which a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
