"""Why there is a site count, or none: reasons and evidence. The records are tested by the examples."""

from __future__ import annotations

import pytest

from pipeline.base import Rejection
from pipeline.records.site_count import RECORD_TYPE
from pipeline.resolve import ArticleResolver
from pipeline.run import Extractor, article_of
from pipeline.settings import Settings


@pytest.fixture(scope="module")
def plain() -> Extractor:
    return Extractor(Settings())


def _reasons(extractor: Extractor, text: str) -> list[str]:
    document = extractor(article_of(text)).document
    built = (RECORD_TYPE.build(c, ArticleResolver(document)) for c in RECORD_TYPE.find(document))
    return [one.reason for one in built if isinstance(one, Rejection)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Only eleven countries have 25 or more World Heritage sites.", "a comparison"),
        ("Zambia hopes to have five World Heritage sites by then.", "hoped for or planned"),
        ("We visited six World Heritage sites in Poland.", "not counted as a stock"),
        ("Latvia will have four World Heritage sites by the end of the session.", "to come"),
        ("Rangers have worked in four protected areas of Nepal.", "a place, no stock"),
        ("It is Ghana's first coastal biosphere reserve.", "the first of a kind"),
    ],
)
def test_reason(plain: Extractor, text: str, reason: str) -> None:
    assert reason in _reasons(plain, text)


def test_every_value_leads_back_to_the_text(plain: Extractor) -> None:
    text = (
        "OSLO, May 4, 2022 (Agency) -- Norway now has eight World Heritage sites, seven cultural and one "
        "natural, ranking fifth in Europe, Culture Minister Kari Lund said."
    )
    (record,) = plain(article_of(text)).records["site_counts"]
    quotes = {(e.field, e.quote) for e in record.evidence}
    assert {
        ("holder", "Norway"),
        ("designation", "World Heritage sites"),
        ("count", "eight"),
        ("breakdown", "seven cultural"),
        ("breakdown", "one natural"),
        ("said_by", "Kari Lund"),
        ("as_of", "May 4, 2022"),
    } <= quotes
    assert {e.field for e in record.evidence} == {
        name for name, value in record if name != "evidence" and value not in (None, {}, ())
    }


def test_the_same_count_in_title_and_text_is_one_record(plain: Extractor) -> None:
    text = "Kenya now has eight World Heritage sites\n\nKenya has eight World Heritage sites, officials said."
    assert len(plain(article_of(text)).records["site_counts"]) == 1
