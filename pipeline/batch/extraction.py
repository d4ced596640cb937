"""What a worker does with an article: read, extract, and put into the form that is written."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.batch.worker import Enter, Extract, Extracted
from pipeline.read import Item
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Extraction:
    """A factory of extractors with some settings."""

    settings: Settings

    def __call__(self) -> Extract:
        """Load model and rules; only a worker has to wait for the language library."""
        from pipeline.read import read_item
        from pipeline.run import Extractor
        from pipeline.write import to_json

        extractor = Extractor(self.settings)

        def extract(item: Item, enter: Enter) -> Extracted:
            with extractor.annotate.nlp.memory_zone():  # or the model would remember every word it ever saw
                article = read_item(item)
                content = extractor.content(extractor(article, enter))
                enter("write")
                counts = {t.plural: len(content[t.plural]) for t in extractor.selected}
                return Extracted(article.digest, to_json(content), counts, len(content["warnings"]))

        return extract
