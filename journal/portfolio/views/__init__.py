"""Pages of the portfolio: what is in it, ordering it, how far it has come, who may take portfolios home."""

from journal.portfolio.views import entries, front, made, order, order_class, rights
from journal.portfolio.views.blueprint import blueprint

for page in (front, order, order_class, made, entries, rights):
    page.register(blueprint)

__all__ = ["blueprint"]
