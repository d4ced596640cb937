"""CleanText -> Document: sentences and mentions, each found when a rule first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from pipeline.annotate.reading import Model, Reading
from pipeline.base import CleanText, Document, Finder, Mention, in_order
from pipeline.literals import SCREEN

if TYPE_CHECKING:
    from spacy.language import Language

# The finders in the order in which they run; each sees the mentions of those before it.
FINDERS: tuple[Callable[[], Finder], ...] = (
    CountryFinder,
    CityFinder,
    DateFinder,
    NumberFinder,
    GatheringFinder,
    BodyFinder,
    DesignationFinder,
)


class Annotator:
    """Makes documents of cleaned texts."""

    def __init__(self, model: str | None = None) -> None:
        self.nlp: Language = load(model)
        self.model = info(self.nlp)
        self.finders: tuple[Finder, ...] = tuple(make() for make in FINDERS)
        self._model = Model(self.nlp)
        self._entities = EntityFinder()

    def __call__(self, clean: CleanText) -> Document:
        """The document of a cleaned text."""
        reading = Reading(self._model, clean)
        annotations = Annotations(clean, reading, self.finders, self._entities)
        if not SCREEN.get():
            reading.parse([(0, len(clean.text))])
            for label in annotations.labels:
                annotations.of(label)
        return Document(clean, reading, source=annotations)


class Annotations:
    """The mentions of one text: a finder runs when one of its labels is first asked for."""

    def __init__(
        self, clean: CleanText, reading: Reading, finders: Sequence[Finder], entities: EntityFinder
    ) -> None:
        self._clean = clean
        self._reading = reading
        self._finders = finders
        self._entities = entities
        self._owner = {label: at for at, finder in enumerate(finders) for label in finder.labels}
        self._found: dict[str, tuple[Mention, ...]] = {}
        self.labels = (*self._owner, *entities.labels)

    def of(self, label: str) -> tuple[Mention, ...]:
        """All mentions that bear a label, in text order."""
        if label in self._entities.labels:
            return self.near(label, 0, len(self._clean.text))
        if label in self._owner and label not in self._found:
            self._run(self._owner[label])
        return self._found.get(label, ())

    def near(self, label: str, start: int, end: int) -> tuple[Mention, ...]:
        """Those in [start, end) at least; for names, the model reads no more than is asked for."""
        if label not in self._entities.labels:
            return self.of(label)
        found = self._entities(self._clean.text, self._reading.entities(start, end))
        return in_order(m for m in found if m.label == label)

    def precedes(self, label: str, at: int) -> bool:
        """Whether a label's mentions are found before the finder at an index runs."""
        return self._owner.get(label, -1) < at

    def _run(self, at: int) -> None:
        finder = self._finders[at]
        document = Document(self._clean, self._reading, source=_Earlier(self, at))
        found = document.adding(finder(document)).mentions
        if undeclared := found.keys() - set(finder.labels):
            raise ValueError(f"{type(finder).__name__}.labels lacks {', '.join(sorted(undeclared))}")
        self._found.update({label: found.get(label, ()) for label in finder.labels})


class _Earlier:
    """What a finder sees: the mentions of those before it."""

    def __init__(self, annotations: Annotations, at: int) -> None:
        self._annotations = annotations
        self.labels = tuple(label for label in annotations.labels if annotations.precedes(label, at))

    def of(self, label: str) -> tuple[Mention, ...]:
        return self._annotations.of(label) if label in self.labels else ()

    def near(self, label: str, start: int, end: int) -> tuple[Mention, ...]:
        return self._annotations.near(label, start, end) if label in self.labels else ()
