"""An article of which only the month of publication is known."""

from __future__ import annotations

import pytest

from pipeline.run import Extractor, article_of


@pytest.mark.parametrize(
    ("told", "start"),
    [
        ("was held in Lima last year", "1967"),
        ("was held in Lima in October", "1967-10"),
        ("will be held in Lima in October", "1968-10"),
        ("was held in Lima on Tuesday", None),
    ],
)
def test_it_tells_years_and_no_days(extractor: Extractor, told: str, start: str | None) -> None:
    text = f"THE TIN AND THE SALT\nThe Ore Review, March 1968\n\nThe Third Tin Congress {told}. Miners came."
    (conference,) = extractor(article_of(text)).records["conferences"]
    assert conference.model_dump()["start_date"] == start
