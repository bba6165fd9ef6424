"""SQL that was compiled before, found again without looking through the statement.

SQLAlchemy finds it by all that a statement consists of: ten thousand pieces in a list of cards, for the rule stands in
it, and to hash them takes as long as to draw some cards. A page's statements are made once, and so is the key of
each; whether it is the same object is seen at once.
"""

from typing import Any

from sqlalchemy.util import LRUCache

SIZE = 500
"""Statements that are kept, as many as SQLAlchemy itself would keep."""
NEAR = 128
"""Those of them that are found by their key's identity. Their keys are large, and are held as long."""


class CompiledStatements(LRUCache[Any, Any]):
    """What SQLAlchemy takes for its ``compiled_cache``."""

    def __init__(self) -> None:
        super().__init__(SIZE)
        self._near: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what was compiled for a key: (dialect, the statement's own key, what else SQL depends on)."""
        _, statement, *rest = key
        near = (id(statement), *rest)
        kept = self._near.get(near)
        # Held here, a key keeps its identity to itself; one that went may have left it to another.
        if kept is not None and kept[0] is statement:
            return kept[1]
        found = super().get(key, default)
        if found is not None:
            if len(self._near) >= NEAR:
                self._near.clear()
            self._near[near] = (statement, found)
        return found
