"""The app: all rooms put together, behind one front door."""

from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from journal import doors, errors, limits, pages, restbar
from journal.accounts.views import blueprint as accounts
from journal.attachments.views import blueprint as attachments
from journal.breakglass.views import blueprint as breakglass
from journal.consent.views import blueprint as consent
from journal.drawing import form_token
from journal.entries.views import blueprint as entries
from journal.house import open_house
from journal.moderation.views import blueprint as moderation
from journal.pausing.views import blueprint as pausing
from journal.portfolio.views import blueprint as portfolio
from journal.record.views import blueprint as record
from journal.safeguarding.views import blueprint as safeguarding
from journal.school.views import blueprint as school
from journal.search.views import blueprint as search
from journal.settings import Settings, from_environment
from journal.site import Site
from journal.store.database import open_engine
from journal.talk.views import blueprint as talk
from journal.worker import Worker

ROOMS = (
    accounts,
    attachments,
    breakglass,
    consent,
    entries,
    moderation,
    pausing,
    portfolio,
    record,
    safeguarding,
    school,
    search,
    talk,
)


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """Put the house together. Raises RuntimeError where a page does not say who may open it."""
    settings = settings or from_environment()
    here = Path(__file__).parent
    top = here if (here / "templates").is_dir() else here.parent
    app = Site(
        "journal",
        template_folder=str(top / "templates"),
        static_folder=str(top / "static"),
        instance_relative_config=False,
    )
    engine = engine or open_engine(settings.database_url)
    house = open_house(settings, engine)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SETTINGS=settings,
        ENGINE=engine,
        HOUSE=house,
        QUEUE=house.queue,
        MAX_CONTENT_LENGTH=settings.largest_request,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_NAME="__Host-thirdspace" if settings.https else "thirdspace",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_TRANSLATION_DIRECTORIES=str(here / "translations"),
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    doors.add_login(app)
    pages.add_page_parts(app)
    restbar.add_bars(app)
    errors.add_pages(app)
    for room in ROOMS:
        app.register_blueprint(room)
    doors.seal(app)
    CSRFProtect(app)
    app.jinja_env.globals["csrf_token"] = form_token
    limits.add_limits(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    worker = Worker(engine, house)
    house.queue.serve(worker.run, worker.sweep, worker.index_beside)
    app.config["WORKER"] = worker
    return app
