"""Titles, page heads, furniture, captions, sign-offs, repetitions."""

from __future__ import annotations

import pytest

from pipeline.base import CleanText
from pipeline.clean import clean
from pipeline.clean.furniture import Furniture
from pipeline.read.text import read_text

LEAD = (
    "Nine river states founded a league for the care of their deltas on Monday, officials of the host said."
)
MORE = (
    "The league will have its seat in Chittagong, where an old customs house is being rebuilt for its staff."
)


def cleaned(text: str) -> CleanText:
    """What cleaning makes of a plain text."""
    return clean(read_text("x", "0", text, "utf-8"))


def paragraphs(text: str) -> list[str]:
    """Title and paragraphs of the cleaned text."""
    return cleaned(text).text.split("\n\n")


def page(*parts: str) -> str:
    return "\n\n".join(parts)


def test_the_first_line_is_the_title() -> None:
    result = cleaned(page("River states found league", LEAD))
    assert result.title and result.title.value == "River states found league"
    assert [zone.kind for zone in result.zones] == ["title", "body"]


def test_an_article_may_have_no_title() -> None:
    assert cleaned(page(LEAD, MORE)).title is None


def test_date_header_and_title_on_one_line() -> None:
    result = cleaned(page(" date 2023-05-09 River states found league", LEAD))
    assert result.title and result.title.value == "River states found league"
    assert result.published and result.published.value == "2023-05-09"


def test_a_title_cut_short_is_replaced_by_the_full_one() -> None:
    assert paragraphs(page("River states found…", "River states found league at last", LEAD)) == [
        "River states found league at last",
        LEAD,
    ]


def test_a_title_without_a_break_ends_where_the_sentence_begins() -> None:
    text = "Coast guards count more seals than ever More than 900 grey seals were seen there on Friday, "
    text += "which is the highest number since counting began, the harbour office said in a note on its page."
    assert paragraphs(text)[0] == "Coast guards count more seals than ever"


def test_a_long_first_sentence_is_not_parted_at_a_name() -> None:
    text = "Judges of the court that sits in The Hague heard on Friday how two states had quarrelled over "
    text += "an island of sand which the spring flood had moved from one bank of the river to the other."
    assert paragraphs(text) == [text]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("date May 9, 2023", "2023-05-09"),
        ("Published: 5 May 2021", "2021-05-05"),
        ("Updated: 2015-07-10 16:20:11", "2015-07-10"),
        ("Wednesday, 12 June 2024", "2024-06-12"),
        ("Posted On: 17 MAR 2025 4:12PM by the press desk", "2025-03-17"),
        ("Published on 14/07/2025 10h32 Updated on 15/07/2025 17h05", "2025-07-14"),
        ("date 9-APR-1987 02:18:23.02", "1987-04-09"),
        ("By MARA LIND | Nov 28, 2025", "2025-11-28"),
        ("6:34 am on 15 July 2022", "2022-07-15"),
        ("Culture 26/05 17:20 Print Version", "XXXX-05-26"),
    ],
)
def test_a_line_of_the_head_states_the_date(line: str, published: str) -> None:
    result = cleaned(page("River states found league", line, LEAD))
    assert result.published and result.published.value == published
    assert paragraphs(page("River states found league", line, LEAD))[1:] == [LEAD]


@pytest.mark.parametrize(
    "line",
    [
        "02:21",
        "Share on Facebook   Share on Twitter",
        "Previous Page 1 2 3 Next Page",
        "Editor: Wang Min",
        "ALSO READ: Seals",
        "The post River states found league appeared first on a partner page.",
        "Home > World > Rivers",
        "By Mara Lind",
        "Copyright 2023 Delta Post. All rights reserved.",
        "Contact the writer at mara@delta.example.",
    ],
)
def test_furniture_goes(line: str) -> None:
    assert paragraphs(page("River states found league", line, LEAD))[1:] == [LEAD]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of barge builders rose by 3 percent on the news.",
        "By Friday the league had a flag.",
        "Editors: they agreed.",
        "Related talks on fishing broke down in April, and no new date has been set.",
        "Source of the river is a spring.",
    ],
)
def test_sentences_that_look_like_furniture_stay(line: str) -> None:
    assert line in paragraphs(page("River states found league", LEAD, line, MORE))


def test_a_heading_takes_the_headlines_below_it_along_but_no_text() -> None:
    text = page(
        "River states found league", LEAD, "Related stories", "Seals counted again", "Fog over the bay", MORE
    )
    assert paragraphs(text)[1:] == [LEAD, MORE]


@pytest.mark.parametrize(
    ("end", "source"),
    [
        (
            "All Content by Delta News Agency is licensed under a Creative Commons Attribution License.",
            "Delta News Agency",
        ),
        (
            "AFM/MG All Content by Delta News Agency is licensed under a Creative Commons License.",
            "Delta News Agency",
        ),
        ("(Source: Press TV)", "Press TV"),
        ("(Xinhua News Agency August 9, 2008)", "Xinhua News Agency"),
        ("(China Daily USA 09/20/2013 page6)", "China Daily USA"),
        ("REUTER", "REUTER"),
    ],
)
def test_a_sign_off_states_the_source(end: str, source: str) -> None:
    result = cleaned(page("River states found league", f"{LEAD} {end}"))
    assert result.source and result.source.value == source
    assert result.text.endswith(LEAD)


@pytest.mark.parametrize(
    "caption",
    [
        "Envoys sign the charter. /Xinhua",
        "Envoys sign the charter. [Photo by Li Wei/China Daily]",
        "The old customs house [File photo]",
        "PHOTO: Envoys sign the charter. File",
        "The chair (left) hands over the flag",
        "The river at dusk. Photo: Mara Lind",
        "Envoys sign the charter in Dhaka, Sept. 18, 2015. (Xinhua/Li Wei)",
        "From left: Mara Lind, Omar Sy and R. Khan",
        "A flag flies over the customs house. Mara Lind / China Daily",
        "The river in spring © Delta Post / Mara Lind",
    ],
)
def test_captions_are_taken_out_and_kept(caption: str) -> None:
    text = page("River states found league", LEAD, caption, MORE)
    assert paragraphs(text)[1:] == [LEAD, MORE]
    assert [found.value for found in cleaned(text).captions] == [caption]


@pytest.mark.parametrize(
    "line",
    [
        "Photos of the flood were shown to the delegates.",
        "The left (of the council) voted no.",
        "He thanked Xinhua.",
    ],
)
def test_sentences_that_look_like_captions_stay(line: str) -> None:
    assert line in paragraphs(page("River states found league", LEAD, line, MORE))


def test_a_caption_that_stands_twice_is_one() -> None:
    doubled = "Envoys sign the charter. /Xinhua Envoys sign the charter. /Xinhua"
    result = cleaned(page("River states found league", LEAD, doubled, MORE))
    assert [found.value for found in result.captions] == ["Envoys sign the charter. /Xinhua"]
    plain = cleaned(
        page("River states found league", LEAD, "The flag of the league", "The flag of the league", MORE)
    )
    assert [found.value for found in plain.captions] == ["The flag of the league"]


def test_a_caption_within_a_paragraph_is_the_sentence_before_its_credit() -> None:
    text = f"{LEAD} Envoys sign on Sept. 18, 2015.[Photo: VCG] {MORE}"
    result = cleaned(page("River states found league", text))
    assert [found.value for found in result.captions] == ["Envoys sign on Sept. 18, 2015.[Photo: VCG]"]
    assert result.text.endswith(f"{LEAD} {MORE}")


def test_what_stands_twice_is_kept_once() -> None:
    assert paragraphs(page("River states found league", LEAD, MORE, LEAD, MORE))[1:] == [LEAD, MORE]
    assert paragraphs(page("River states found league", f"{LEAD} {MORE} {LEAD} {MORE}"))[1:] == [
        f"{LEAD} {MORE}"
    ]


def test_a_short_sentence_may_be_said_twice() -> None:
    assert (
        cleaned(page("Fair", "No, he said. It rained all day on the tents. No, he said.")).text.count(
            "No, he said."
        )
        == 2
    )


def test_of_a_quotation_set_twice_one_stays() -> None:
    quotation = "“A river asks no one for a passport.”"
    assert paragraphs(page("River states found league", LEAD, quotation, quotation, MORE))[1:] == [
        LEAD,
        quotation,
        MORE,
    ]


def test_a_pattern_with_a_group_that_nobody_reads_is_refused() -> None:
    with pytest.raises(ValueError, match="sorce"):
        Furniture(id="x", scope="line", pattern="from (?P<sorce>.*)")
