"""The date that a page states of itself, in its first and last lines."""

from __future__ import annotations

import pytest

from pipeline.clean import clean
from pipeline.run import article_of

NEWS = "Ministers from nine countries talked about the price of fish. They said that it was too high."


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By Mara Oduya | Harbour Post | 22 July 2025", "2025-07-22"),
        ("14 Jul 2023 Posted in [Speeches]", "2023-07-14"),
        ("Updated 0234 GMT (1034 HKT) June 3, 2022", "2022-06-03"),
        ("Fri, 12 May 2023 09:00:00 +0000", "2023-05-12"),
        ("Source: Harbour Post | Date: 2023/05/12", "2023-05-12"),
        ("12 May 2023, Sydney", "2023-05-12"),
        ("Harbour Post\n30 July 2016 — Page 4", "2016-07-30"),
        ("The Quarterly, April-June 2019", "2019-04"),
        ("SUVA (Coral News), Tuesday 31 January 2023 — Six months later they met again.", "2023-01-31"),
    ],
)
def test_a_date_beside_other_words_above_the_text(line: str, day: str) -> None:
    published = clean(article_of(f"Nine ministers talk about fish prices\n\n{line}\n\n{NEWS}")).published
    assert published is not None
    assert published.value == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("MINISTRY OF FISHERIES\nPORT LOUIS\n24 JULY 2024", "2024-07-24"),
        ("(From our issue of March 2024)", "2024-03"),
        ("This story was first published on February 4, 2025.", "2025-02-04"),
        ("(Winter issue, 2023)", "2023"),
    ],
)
def test_a_date_at_the_foot(line: str, day: str) -> None:
    published = clean(article_of(f"Nine ministers talk about fish prices\n\n{NEWS}\n\n{line}")).published
    assert published is not None
    assert published.value == day


@pytest.mark.parametrize(
    "line",
    [
        "Their last meeting took place in Suva on 3 May 2019.",
        "The working visit to Vientiane, 25 to 28 July 2024",
        "Fish has been dear since 5 May 1992, when the treaty was signed.",
    ],
)
def test_the_date_of_an_event_is_not_the_page_s(line: str) -> None:
    assert clean(article_of(f"Nine ministers talk about fish prices\n\n{line}\n\n{NEWS}")).published is None
