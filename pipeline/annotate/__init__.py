"""CleanText -> Document: parse, mentions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.annotate.bodies import BodyFinder
from pipeline.annotate.cities import CityFinder
from pipeline.annotate.countries import CountryFinder
from pipeline.annotate.dates import DateFinder
from pipeline.annotate.designations import DesignationFinder
from pipeline.annotate.entities import EntityFinder
from pipeline.annotate.gatherings import GatheringFinder
from pipeline.annotate.model import info, load
from pipeline.annotate.numbers import NumberFinder
from pipeline.annotate.sentences import set_boundaries
from pipeline.base import CleanText, Document, Finder

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The finders in the order in which they run; each sees the mentions of those before it.
FINDERS: tuple[Callable[[], Finder], ...] = (
    CountryFinder,
    CityFinder,
    DateFinder,
    NumberFinder,
    EntityFinder,
    GatheringFinder,
    BodyFinder,
    DesignationFinder,
)


class Annotator:
    """Parses cleaned text with the language model and gathers the mentions of all finders."""

    def __init__(self, model: str | None = None) -> None:
        self.nlp = load(model)
        self.model = info(self.nlp)
        self.finders: tuple[Finder, ...] = tuple(make() for make in FINDERS)

    def __call__(self, clean: CleanText) -> Document:
        """The document of a cleaned text."""
        document = Document(clean, self._parse(clean))
        for find in self.finders:
            document = document.adding(find(document))
        return document

    def _parse(self, clean: CleanText) -> Doc:
        """The model's parse of a text whose sentence boundaries are set by rule."""
        return self.nlp(set_boundaries(self.nlp.make_doc(clean.text), clean.zones))
