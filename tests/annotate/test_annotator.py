"""Cleaned text becomes a parsed document with mentions."""

from __future__ import annotations

from array import array

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.base import CleanText, MappedText, Zone
from pipeline.run import Extractor


def clean_text(*zones: str) -> CleanText:
    """A cleaned text of the given zones, parted by blank lines; the first one is the title."""
    found, text = [], ""
    for zone in zones:
        text += "\n\n" if text else ""
        found.append(Zone("body" if found else "title", len(text), len(text) + len(zone)))
        text += zone
    return CleanText(MappedText.identity(text), tuple(found))


def sentences(extractor: Extractor, *zones: str) -> list[str]:
    return [span.text.strip() for span in extractor.annotate(clean_text(*zones)).sentences]


def test_a_title_without_full_stop_is_a_sentence_of_its_own(extractor: Extractor) -> None:
    found = sentences(extractor, "Coastal cities sign charter", "Mayors met in Split on Monday. They agreed.")
    assert found == ["Coastal cities sign charter", "Mayors met in Split on Monday.", "They agreed."]


def test_a_paragraph_begins_a_sentence_even_in_lower_case(extractor: Extractor) -> None:
    assert sentences(extractor, "Charter signed", "in brief", "the mayors met") == [
        "Charter signed",
        "in brief",
        "the mayors met",
    ]


zone_texts = st.text(st.sampled_from("aB1 .,-é\u2014"), min_size=1, max_size=20).filter(str.strip)


@settings(max_examples=30)  # each one is parsed
@given(zones=st.lists(zone_texts, min_size=1, max_size=5))
def test_no_sentence_crosses_from_one_zone_into_the_next(extractor: Extractor, zones: list[str]) -> None:
    cleaned = clean_text(*zones)
    for span in extractor.annotate(cleaned).sentences:
        inside = [z for z in cleaned.zones if z.start < span.end_char and span.start_char < z.end]
        assert len([z for z in inside if span.text.strip()]) <= 1


def test_an_empty_text_has_no_sentence(extractor: Extractor) -> None:
    empty = CleanText(MappedText("", array("q"), array("q")), ())
    assert extractor.annotate(empty).sentences == ()
