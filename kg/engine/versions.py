"""What must be the same on all machines for documents to be read alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Versions:
    """What reads documents: the versions of kg, of the language model and of the vocabulary."""

    kg: str
    model: str
    vocabulary: str

    def __str__(self) -> str:
        return f"kg {self.kg}, model {self.model}, vocabulary {self.vocabulary}"


def versions(model: str | None) -> Versions:
    """The versions of this process; raises ``ModelError`` when it does not have the model."""
    from kg import __version__
    from kg.knowledge import vocabulary_version
    from kg.text.models import model_identity

    return Versions(__version__, model_identity(model), vocabulary_version())
