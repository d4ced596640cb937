"""Datelines and what they state; sentences that begin like one."""

from __future__ import annotations

import pytest

from pipeline.base import CleanText
from pipeline.clean import clean
from pipeline.clean.dates import to_edtf, with_year
from pipeline.read.text import read_text

STORY = "Envoys of nine states met here on Tuesday to talk about sand, and they parted as friends."


def cleaned(text: str) -> CleanText:
    """What cleaning makes of a plain text."""
    return clean(read_text("x", "0", text, "utf-8"))


@pytest.mark.parametrize(
    ("dateline", "place", "date", "agency"),
    [
        ("BEIJING, June 11 (Xinhua) -- ", "BEIJING", "XXXX-06-11", "Xinhua"),
        ("TEHRAN – ", "TEHRAN", None, None),
        ("TEHRAN- ", "TEHRAN", None, None),
        ("MACAO, Dec. 20 -- ", "MACAO", "XXXX-12-20", None),
        ("Geneva, 3 March 2023 – ", "Geneva", "2023-03-03", None),
        ("COLOMBO (News 1st) – ", "COLOMBO", None, "News 1st"),
        ("Colombo, April 30 (Daily Mirror) - ", "Colombo", "XXXX-04-30", "Daily Mirror"),
        ("New Delhi, Jul 18 (PTI) ", "New Delhi", "XXXX-07-18", "PTI"),
        ("New Delhi: ", "New Delhi", None, None),
        ("KOTA BHARU, Malaysia, Feb. 28 -- ", "KOTA BHARU, Malaysia", "XXXX-02-28", None),
        ("La Paz, Bolivia — ", "La Paz, Bolivia", None, None),
        ("MANAMA, 24 June 2018 (GNS): ", "MANAMA", "2018-06-24", "GNS"),
        ("Riyadh, Shawwal 19, 1446, April 17, 2025, SPA -- ", "Riyadh", "2025-04-17", "SPA"),
        ("ATHENS, April 25 (ANA-MPA/D. Panagos) - ", "ATHENS", "XXXX-04-25", "ANA-MPA"),
        ("Tehran, IRNA – ", "Tehran", None, "IRNA"),
        ("ULAANBAATAR – ", "ULAANBAATAR", None, None),
        ("ECONOMYNEXT – ", None, None, "ECONOMYNEXT"),
    ],
)
def test_a_dateline_is_taken_out_and_kept(
    dateline: str, place: str | None, date: str | None, agency: str | None
) -> None:
    result = cleaned(f"Envoys meet over sand\n\n{dateline}{STORY}")
    found = result.dateline
    assert [part.value if part else None for part in (found.place, found.date, found.agency)] == [
        place,
        date,
        agency,
    ]
    assert result.text == f"Envoys meet over sand\n\n{STORY}"


@pytest.mark.parametrize(
    "story",
    [
        "NATO – the alliance of 32 states – has no ships of its own, its spokesman said on Monday.",
        "HISTORY: In 1985 the country joined the convention that protects the heritage of the world.",
        "China, Japan and Mongolia agreed on a joint list of dunes worth seeing, a ministry said.",
        "Well-known singers, June among them, performed at the gala that closed the congress.",
        "Mara Lind (25) - she is the youngest of the envoys - was the last to arrive on Monday.",
    ],
)
def test_a_sentence_is_none(story: str) -> None:
    result = cleaned(f"Envoys meet over sand\n\n{story}")
    assert result.dateline.place is None and result.dateline.agency is None
    assert result.text.endswith(story)


def test_the_year_comes_from_the_date_of_publication() -> None:
    text = f"Envoys meet over sand\ndate 2024-01-02\n\nDHAKA, Dec. 30 -- {STORY}"
    date = cleaned(text).dateline.date
    assert date and date.value == "2023-12-30"


def test_a_dateline_with_its_year_dates_the_article() -> None:
    result = cleaned(f"Envoys meet over sand\n\nDHAKA, 30 December 2023 – {STORY}")
    assert result.published and result.published.value == "2023-12-30"


def test_what_stands_before_the_dateline_is_a_caption() -> None:
    result = cleaned(
        f"Envoys meet over sand\n\nEnvoys walk on the beach. (Xinhua/Li Wei) DHAKA, Dec. 30 -- {STORY}"
    )
    assert [caption.value for caption in result.captions] == ["Envoys walk on the beach. (Xinhua/Li Wei)"]
    assert result.dateline.place and result.dateline.place.value == "DHAKA"


def test_a_sign_off_may_state_place_and_date() -> None:
    found = cleaned(f"Envoys meet over sand\n\nECONOMYNEXT – {STORY} (Colombo/Oct22/2024)").dateline
    assert [p.value for p in (found.place, found.date, found.agency) if p] == [
        "Colombo",
        "2024-10-22",
        "ECONOMYNEXT",
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("June 11", "XXXX-06-11"),
        ("Sept. 18, 2015", "2015-09-18"),
        ("3 March 2023", "2023-03-03"),
        ("14/07/2025", "2025-07-14"),
        ("07/14/2025", "2025-07-14"),
        ("2015-07-10", "2015-07-10"),
        ("11th October, 2021", "2021-10-11"),
        ("31 April 2020", None),
        ("29 February 2023", None),
        ("45.45.2020", None),
    ],
)
def test_dates_become_edtf(text: str, edtf: str | None) -> None:
    assert to_edtf(text) == edtf


def test_month_first_where_the_paper_writes_so() -> None:
    assert to_edtf("09/04/2013", month_first=True) == "2013-09-04"


def test_without_a_full_date_of_publication_the_year_stays_open() -> None:
    assert with_year("XXXX-06-11", None) == with_year("XXXX-06-11", "XXXX-06-12") == "XXXX-06-11"
    assert (
        with_year("XXXX-02-29", "2025-03-01") == "2024-02-29"
        or with_year("XXXX-02-29", "2025-03-01") == "XXXX-02-29"
    )
