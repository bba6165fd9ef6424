"""Pages and fragments, and what is the same on all of them."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Protocol

from flask import Flask, current_app, g, render_template, request, session
from flask_babel import Babel
from markupsafe import Markup

from journal.doors import account, at_the_door
from journal.drawing import add_words
from journal.languages import LANGUAGES, direction_of, locale_of
from journal.moments import clock, day_and_time, weekday, when, when_within, zone
from journal.nav import NavItem, ways_on
from journal.saying import locale
from journal.settings import Settings
from journal.site import url_for
from journal.text import trusted
from journal.words import Role


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page shows around its own content (see ``templates/_parts/base.html``)."""

    locale: str
    dir: str
    theme: str
    letters: str
    density: str
    languages: list[tuple[str, str]]
    nav: list[NavItem]
    person: dict[str, str | None] | None
    person_id: str
    school_name: str | None
    here: str
    searching: bool
    links: dict[str, str | None]


def chosen_locale() -> str:
    """Return the language of this request: the person's choice, else the session's, else the browser's."""
    found = at_the_door()
    for choice in (found.locale if found else None, session.get("locale")):
        if choice in LANGUAGES:
            return str(choice)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def direction() -> str:
    """Return the direction of the page's language."""
    return direction_of(locale())


def fragment(template: str, block: str, **context: Any) -> str:
    """Return one block of a page by itself, so that a page and its fragment share a file."""
    found = current_app.jinja_env.get_template(template)
    current_app.update_template_context(context)
    return "".join(found.blocks[block](found.new_context(context)))


def wants_fragment() -> bool:
    """Tell whether a script asks, and wants a piece of the page."""
    return bool(request.headers.get("X-Fragment"))


class Cleaned(Protocol):
    """A revision, as far as its words go."""

    @property
    def html(self) -> str:
        """Its words as HTML, cleaned when they were written."""


def safe_words(revision: Cleaned) -> Markup:
    """Return a revision's words as HTML."""
    return trusted(revision.html)


def with_link(words: str, address: str, label: str) -> Markup:
    """Return words that end in a link, as HTML; all three are escaped."""
    return Markup('{} <a href="{}">{}</a>').format(words, address, label)


def local_path(raw: str | None, default: str) -> str:
    """Return an address to go on to, if it is one of this site's own; else the default."""
    if raw and raw.isprintable() and "\\" not in raw and raw.startswith("/") and not raw.startswith("//"):
        return raw
    return default


def csp_nonce() -> str:
    """Return this request's nonce for the editor's style element."""
    if "nonce" not in g:
        g.nonce = token_urlsafe(16)
    return str(g.nonce)


HOME = {
    Role.PUPIL: "entries.my_space",
    Role.RELATIVE: "school.family_home",
    Role.TEACHER: "school.today",
    Role.LEAD: "safeguarding.concerns",
    Role.HEAD: "school.people",
    Role.OFFICE: "school.people",
}


def shell() -> Shell:
    """Return what stands around the page of this request."""
    found, somebody = account(), at_the_door()
    hat = found.viewer if found else None
    here = request.full_path.rstrip("?") if request.method == "GET" and request.endpoint else "/"
    return Shell(
        locale=locale(),
        dir=direction(),
        theme=somebody.theme if somebody else session.get("theme", ""),
        letters=somebody.letters if somebody else session.get("letters", ""),
        density="desk" if hat and hat.role in (Role.TEACHER, Role.HEAD, Role.LEAD, Role.OFFICE) else "",
        languages=list(LANGUAGES.items()),
        nav=ways_on(hat.role, named=found.named, reads_worries=found.reads_worries) if found and hat else [],
        person={"name": found.name, "face_url": face_url(hat.membership, found.face)} if found and hat else None,
        person_id=found.person.hex if found else "",
        school_name=found.school_name if found and hat else None,
        here=here,
        searching=request.endpoint == "search.results",
        links={
            "home": url_for("accounts.home"),
            "help": url_for("school.help_page"),
            "safe": url_for("school.keeping_safe"),
            "worried": url_for("safeguarding.worried"),
            "easier": url_for("accounts.easier"),
            "me": url_for("accounts.me"),
            "language": url_for("accounts.language"),
            "sign_out": url_for("accounts.sign_out") if found else None,
            "search": url_for("search.results") if hat else None,
        },
    )


def face_url(membership: object, has_face: bool) -> str | None:
    """Return the address of somebody's face, or None for the initials."""
    return url_for("attachments.face", membership=membership) if has_face else None


def add_page_parts(app: Flask) -> None:
    """Give the templates what they need, and every answer its headers."""
    Babel(app, locale_selector=lambda: locale_of(chosen_locale()))
    add_words(app)
    app.jinja_env.globals.update(csp_nonce=csp_nonce)
    app.context_processor(lambda: {} if "broken" in g else {"shell": shell()})
    app.after_request(_headers)


def _headers(response):  # type: ignore[no-untyped-def] # Flask's own type, whatever it is here
    settings: Settings = current_app.config["SETTINGS"]
    style = f"'self' 'nonce-{g.nonce}'" if "nonce" in g else "'self'"
    policy = (
        f"default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' blob:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(), interest-cohort=()"
    if settings.https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


__all__ = [
    "HOME",
    "LANGUAGES",
    "add_page_parts",
    "clock",
    "day_and_time",
    "direction",
    "face_url",
    "fragment",
    "local_path",
    "locale",
    "render_template",
    "safe_words",
    "wants_fragment",
    "weekday",
    "when",
    "when_within",
    "with_link",
    "zone",
]
