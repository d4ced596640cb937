"""Mojibake, control characters, white space, wrapped lines, sentences run together."""

from __future__ import annotations

import pytest

from pipeline.base import CleanText
from pipeline.clean import clean
from pipeline.read.text import read_text


def cleaned(text: str) -> CleanText:
    """What cleaning makes of a plain text."""
    return clean(read_text("x", "0", text, "utf-8"))


def paragraphs(text: str) -> list[str]:
    """Title and paragraphs of the cleaned text."""
    return cleaned(text).text.split("\n\n")


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("the forum ¨C the third ¨C ended", "the forum – the third – ended"),
        ("the chair¡¯s ¡°draft¡±", "the chair’s “draft”"),
        ("MÃ¼nchen and CÃ´te dâ€™Ivoire", "München and Côte d’Ivoire"),
        ("said â\x80\x9cwelcomeâ\x80\x9d", "said “welcome”"),
    ],
)
def test_mojibake_is_mended(broken: str, meant: str) -> None:
    assert cleaned(broken).text == meant


@pytest.mark.parametrize(
    "text", ["Müller's café in Łódź", "£5 and ¡Hola!", "Cabo Verde, São Tomé and “Príncipe”"]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert cleaned(text).text == text


def test_a_mended_character_leads_back_to_what_it_was() -> None:
    source = "talks ¨C the last"
    result = cleaned(source)
    at = result.text.index("–")
    assert source[slice(*result.to_source(at, at + 1))] == "¨C"


def test_invisible_characters_go() -> None:
    assert cleaned("\ufeffA\u200b sum\xadmit\x00 \ud800was held").text == "A summit \ufffdwas held"


def test_white_space_is_evened_out() -> None:
    assert paragraphs("A  title\r\n\r\n\r\n Some\tbody\xa0text. \n Next.\n") == [
        "A title",
        "Some body text.",
        "Next.",
    ]


WRAPPED = """PORT MINISTERS MEET

    Ministers of the five river states agreed yesterday to
lower the fees that barges pay at locks, sources said
in a statement. A further round of talks is planned
for June.
    No date was given.
"""


def test_wrapped_lines_are_joined_at_paragraphs() -> None:
    assert paragraphs(WRAPPED) == [
        "PORT MINISTERS MEET",
        "Ministers of the five river states agreed yesterday to lower the fees that barges pay at locks,"
        " sources said in a statement. A further round of talks is planned for June.",
        "No date was given.",
    ]


def test_lists_are_not_joined() -> None:
    items = [
        "- Norway, which has twelve of them on its coast",
        "- Denmark, which has seven, two in Greenland",
        "- Iceland",
    ]
    assert paragraphs("\n".join(["Who has how many", *items]))[1:] == items


def test_a_sentence_run_into_the_next_gets_its_space() -> None:
    assert cleaned("The talks came to an end.The next round is due.").text.endswith(
        "an end. The next round is due."
    )
    assert cleaned("It was held in 2019.A year later it failed.").text.endswith(
        "in 2019. A year later it failed."
    )


@pytest.mark.parametrize("text", ["See www.Example.Org for more", "the U.S.S.R. and Node.js", "3.5 million"])
def test_other_full_stops_do_not(text: str) -> None:
    assert cleaned(text).text == text
