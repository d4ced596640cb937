"""Why a record is what it is, and why an expected one is not there."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from rich.console import Console

from pipeline.base import (
    Candidate,
    CleanText,
    Dateline,
    Document,
    MappedText,
    Mention,
    Number,
    Rejection,
    Sourced,
    Zone,
)
from pipeline.errors import SettingsError
from pipeline.explain import Expectation, explain_article, explain_expected, explain_record
from pipeline.explain.record import meaning
from pipeline.explain.render import print_explanations
from pipeline.records.conference.schema import Conference
from pipeline.run import Result, article_of
from pipeline.score.spec import read_specs
from pipeline.timex import DateExpression, Point, Shift

TEXT = (
    "The Alpine Lakes Forum opened in Bled on Thursday. "
    "Ministers of Austria also met for a Danube meeting. "
    "Sixteen rivers flow into the Baltic Sea."
)
THURSDAY = DateExpression(Point(weekday=3), Point(weekday=3))
CONFERENCE = next(spec for spec in read_specs() if spec.title == "conference")


def mention(label: str, quote: str, rule: str, value: Any = None) -> Mention:
    start = TEXT.index(quote)
    return Mention(label, start, start + len(quote), rule, value)


FORUM = mention("gathering", "Alpine Lakes Forum", "gathering.head")
MEETING = mention("gathering", "Danube meeting", "gathering.head")
DAY = mention("date", "Thursday", "date.weekday", THURSDAY)


@pytest.fixture(scope="module")
def document() -> Document:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    dateline = Dateline(date=Sourced("2024-10-24", 0, 13))
    clean = CleanText(MappedText.identity(TEXT), (Zone("body", 0, len(TEXT)),), dateline=dateline)
    austria = mention("country", "Austria", "country.name", "AUT")
    return Document(clean, nlp(TEXT)).adding([FORUM, MEETING, DAY, austria])


def piece(field: str, found: Mention) -> dict[str, Any]:
    quote = TEXT[found.start : found.end]
    return {"field": field, "start": found.start, "end": found.end, "quote": quote, "rule": found.rule}


ANCHOR = {
    "field": "start_date",
    "start": None,
    "end": None,
    "quote": "Oct. 24, 2024",
    "rule": "anchor.dateline",
}
RECORD = {
    "name": "Alpine Lakes Forum",
    "city": "Bled",
    "start_date": "2024-10-24",
    "theme": None,
    "organizers": [],
    "evidence": [piece("name", FORUM), piece("start_date", DAY), ANCHOR],
}
CONTENT = {"conferences": [RECORD]}


@pytest.fixture
def result(document: Document) -> Result:
    rejection = Rejection(Candidate("conference", MEETING, {"name": (MEETING,)}), "talks between two sides")
    return Result(article_of(TEXT), document, {}, (rejection,), ())


def test_each_filled_field_is_told_with_quote_rule_and_meaning(document: Document) -> None:
    told = explain_record(document, RECORD, "conferences[0]")
    assert [field.field for field in told.fields] == ["name", "city", "start_date"]
    day, dateline = told.fields[2].steps
    assert (day.quote, day.rule, day.meaning) == ("Thursday", "date.weekday", "Thursday")
    assert day.sentence == "The Alpine Lakes Forum opened in Bled on Thursday."
    assert (dateline.quote, dateline.rule) == ("Oct. 24, 2024", "anchor.dateline")
    assert dateline.meaning == "2024-10-24"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("AUT", "AUT"),
        (("b", "a"), "a, b"),
        (3, "3"),
        (Number(50, "about"), "value 50, qualifier about"),
        (DateExpression(Point(month=5, day=2), Point(month=5, day=4)), "month 5, day 2, month 5, day 4"),
        (DateExpression(Point(weekday=0), Point(weekday=0)), "Monday"),
        (Point(shift=Shift(-1, "year")), "amount -1, unit year"),
    ],
)
def test_meanings_of_values(value: Any, words: str) -> None:
    assert meaning(value) == words


def expected(result: Result, **fields: Any) -> Expectation:
    return explain_expected(result, CONTENT, CONFERENCE, fields)


def test_a_record_that_is_there_is_told_with_what_differs(result: Result) -> None:
    told = expected(result, name="the Alpine Lakes Forum", city="Como", theme="Water")
    assert told.record is not None and told.record.place == "conferences[0]"
    assert {slot.field: slot.verdict for slot in told.slots} == {
        "name": "right",
        "city": "wrong",
        "theme": "missing",
    }


def test_fields_other_than_the_key_find_a_record_too(result: Result) -> None:
    told = expected(result, start_date="2024-10-24")
    assert told.record is not None


def test_a_rejected_candidate_is_told_with_its_reason(result: Result) -> None:
    (near,) = expected(result, name="meeting on the Danube").rejected
    assert (near.quote, near.reason) == ("Danube meeting", "talks between two sides")


def test_without_a_candidate_the_sentence_is_told_with_its_mentions(result: Result) -> None:
    (seen,) = expected(result, name="Austria Rivers Forum", country="AUT").seen
    assert seen.sentence.startswith("Ministers of Austria")
    assert ("country", "Austria", "country.name") in seen.mentions


def test_a_sentence_in_which_nothing_was_found(result: Result) -> None:
    (seen,) = expected(result, name="Baltic Sea").seen
    assert (seen.sentence, seen.mentions) == ("Sixteen rivers flow into the Baltic Sea.", ())


def test_what_the_text_does_not_speak_of(result: Result) -> None:
    told = expected(result, name="Andes Water Congress")
    assert (told.record, told.rejected, told.seen) == (None, (), ())


def printed(*explained: Any) -> list[str]:
    text = StringIO()
    print_explanations(explained, Console(file=text, width=60))
    return text.getvalue().splitlines()


def test_an_explanation_reads_like_this(document: Document, result: Result) -> None:
    assert printed(explain_record(document, RECORD, "conferences[0]"))[-3:] == [
        '  start_date = 2024-10-24: "Thursday" → dateline 2024-10-24 → 2024-10-24',
        '      "Thursday"  [date.weekday]',
        '      "Oct. 24, 2024"  means 2024-10-24  [anchor.dateline]',
    ]
    rejected = printed(expected(result, name="meeting on the Danube"))
    assert rejected == ['conference: rejected: "Danube meeting" [gathering.head]: talks between two sides']
    assert printed(expected(result, name="Andes Water Congress")) == [
        "conference: the text does not speak of it"
    ]


class Reader:
    """An extractor that knows one article."""

    selected = (SimpleNamespace(kind="conference", plural="conferences", schema=Conference),)

    def __init__(self, result: Result) -> None:
        self.result = result

    def read(self, path: Path, article_id: str) -> Result:
        return self.result

    def content(self, result: Result) -> dict[str, Any]:
        return CONTENT


@pytest.fixture
def file(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("pipeline.explain.Extractor", lambda settings: Reader(result))
    return tmp_path / "a1.txt"


@pytest.mark.parametrize("record", [None, "0", "conferences[0]"])
def test_records_of_a_file_by_their_place(file: Path, record: str | None) -> None:
    (told,) = explain_article(file, record=record)
    assert not isinstance(told, Expectation) and told.label == "Alpine Lakes Forum"


def test_a_place_that_holds_no_record_is_an_error(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"no record 7; there are conferences\[0\]"):
        explain_article(file, record="7")


def test_an_expectation_goes_to_the_types_that_have_its_fields(file: Path) -> None:
    (told,) = explain_article(file, expect={"name": "ALF"})
    assert isinstance(told, Expectation) and told.type == "conference"
    with pytest.raises(SettingsError, match="founded_date"):
        explain_article(file, expect={"founded_date": "2021"})
    with pytest.raises(SettingsError, match="alliance"):
        explain_article(file, expect={"name": "ALF"}, record_type="alliance")
