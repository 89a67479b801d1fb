"""What a host asks of programs that read it (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from protego import Protego

_NAME = "geokg"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a robots.txt; ``delay`` is how many seconds it wants between requests.

    ``problem`` says why the rules could not be had: then everything is forbidden.
    """

    rules: Protego | None
    delay: float = 0.0
    problem: str = ""

    @classmethod
    def of(cls, text: str) -> Self:
        """The rules of a text; raises ``ImportError`` without Protego."""
        from protego import Protego

        rules = Protego.parse(text)
        return cls(rules, float(rules.crawl_delay(_NAME) or 0.0))

    def allows(self, url: str) -> bool:
        """Whether an address may be read."""
        return self.rules is not None and bool(self.rules.can_fetch(url, _NAME))
