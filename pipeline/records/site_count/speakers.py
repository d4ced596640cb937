"""Who is said to have said what: the speaker of each stretch of an article."""

from __future__ import annotations

from pipeline.base import Document, Mention


class Voices:
    """The speakers of one article."""

    def at(self, offset: int) -> Mention | None:
        """Who says what stands at an offset; None when the article speaks itself."""
        return None


class Speakers:
    """Finds the speakers of an article."""

    def of(self, document: Document) -> Voices:
        """The speakers of a document."""
        return Voices()
