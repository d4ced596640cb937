"""Gold files: what is refused and where it is said to be wrong; drafts, and how they become gold."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.base import Count, CountryCode, EdtfDate, Record
from pipeline.errors import GoldError
from pipeline.gold import accept_gold, check_gold, check_gold_folder, init_gold, load_gold, require_gold


class Fair(Record):
    """A conference in miniature."""

    name: str
    start_date: EdtfDate | None = None
    country: CountryCode | None = None
    attending_countries: tuple[CountryCode, ...] = ()
    countries_count: Count | None = None


class Body(Record):
    """An alliance in miniature."""

    name: str


class Belonging(Record):
    """A membership in miniature."""

    country: CountryCode
    alliance: str


TYPES: Any = tuple(
    SimpleNamespace(kind=plural[:-1], plural=plural, schema=schema)
    for plural, schema in (("conferences", Fair), ("alliances", Body), ("memberships", Belonging))
)
GOOD = {
    "article": {"title": "Ports fair opens", "dateline": {"place": "RIGA", "date": "XXXX-05-02"}},
    "conferences": [{"name": "Ports Fair", "start_date": "2024-02-29", "country": "LVA"}],
    "alliances": [{"name": "Ports Pact"}],
    "memberships": [{"country": "XKX", "alliance": "Ports Pact"}],
    "notes": ["the fair is an expo"],
}


def written(folder: Path, content: Any, name: str = "a1.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_good_file_loads(tmp_path: Path) -> None:
    assert load_gold(written(tmp_path, GOOD), TYPES) == GOOD


def fair(**fields: Any) -> dict[str, Any]:
    return {"conferences": [{"name": "Ports Fair"} | fields]}


@pytest.mark.parametrize(
    ("content", "path", "reason"),
    [
        (fair(place="Riga"), "conferences[0].place", "Extra inputs are not permitted"),
        ({"conferences": [{}]}, "conferences[0].name", "Field required"),
        (fair(country="LAT"), "conferences[0].country", "LAT is no ISO 3166-1 alpha-3 code"),
        (fair(country="lv"), "conferences[0].country", "should match pattern"),
        (fair(attending_countries=["LVA", "EUR"]), "conferences[0].attending_countries[1]", "EUR is no ISO"),
        (fair(start_date="2 May 2024"), "conferences[0].start_date", "should match pattern"),
        (fair(start_date="2023-02-29"), "conferences[0].start_date", "2023-02-29 is no date of the calendar"),
        (fair(start_date="XXXX-02-30"), "conferences[0].start_date", "XXXX-02-30 is no date of the calendar"),
        (fair(countries_count=36), "conferences[0].countries_count", "Input should be an object"),
        (fair(countries_count={"value": "36"}), "conferences[0].countries_count.value", "valid integer"),
        (
            fair(countries_count={"value": 3, "qualifier": "some"}),
            "conferences[0].countries_count.qualifier",
            "",
        ),
        ({"conferences": {}}, "conferences", "a list of records is needed"),
        ({"meetings": []}, "meetings", "Extra inputs are not permitted"),
        ({"article": {"published": "yesterday"}}, "article.published", "should match pattern"),
        ({"article": {"dateline": {"city": "Riga"}}}, "article.dateline.city", "Extra inputs"),
        (
            {
                "alliances": [{"name": "Ports Pact"}],
                "memberships": [{"country": "LVA", "alliance": "Ports pact"}],
            },
            "memberships[0].alliance",
            "no alliance of this file has the name 'Ports pact'",
        ),
        ([], "file", "an object is needed"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, content: Any, path: str, reason: str) -> None:
    (problem,) = check_gold(written(tmp_path, content), TYPES)
    assert (problem.path, problem.file.name) == (path, "a1.json")
    assert reason in problem.reason


@pytest.mark.parametrize("code", ["LVA", "HKG", "XKX", "YUG"])
def test_codes_of_countries_territories_and_states_that_are_no_more(tmp_path: Path, code: str) -> None:
    assert check_gold(written(tmp_path, fair(country=code)), TYPES) == []


@pytest.mark.parametrize("day", ["2024", "2024-02", "2024-02-29", "XXXX-02-29", "XXXX-12"])
def test_dates_that_are_right(tmp_path: Path, day: str) -> None:
    assert check_gold(written(tmp_path, fair(start_date=day)), TYPES) == []


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    content = fair(country="LAT", start_date="soon") | {"meetings": []}
    with pytest.raises(GoldError) as error:
        load_gold(written(tmp_path, content), TYPES)
    assert len(str(error.value).splitlines()) == 2  # the code is looked up once the record has the right form


def test_a_file_that_is_no_json_is_a_problem_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "a2.json").write_text("{")
    (problem,) = check_gold_folder(tmp_path, TYPES)
    assert (problem.file.name, problem.path) == ("a2.json", "file")


# --- drafts -------------------------------------------------------------------------------------------------


def output(folder: Path) -> Path:
    evidence = [{"field": "name", "quote": "Ports Fair", "rule": "r"}]
    record = {"name": "Ports Fair", "start_date": None, "attending_countries": [], "evidence": evidence}
    article = {"id": "news/a1.txt", "title": "Ports fair opens", "digest": "0", "dateline": {"place": None}}
    content = {"schema_version": "1.0", "article": article, "conferences": [record], "warnings": []}
    return written(folder, content, "out.json")


def edit(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes), encoding="utf-8")


def test_a_draft_holds_the_filled_fields_and_is_marked(tmp_path: Path) -> None:
    draft = init_gold(output(tmp_path), tmp_path / "gold", TYPES)
    content = json.loads(draft.read_text())
    assert draft == tmp_path / "gold/news/a1.txt.draft.json"
    assert content["conferences"] == [{"name": "Ports Fair"}]
    assert content["article"] == {"title": "Ports fair opens"}
    assert content["draft"]["article"] == "news/a1.txt"
    assert check_gold(draft, TYPES) == []


def test_a_draft_is_never_written_over(tmp_path: Path) -> None:
    init_gold(output(tmp_path), tmp_path, TYPES)
    with pytest.raises(GoldError, match=r"a1\.txt\.draft\.json: is there already"):
        init_gold(output(tmp_path), tmp_path, TYPES)


def test_a_corrected_draft_becomes_gold(tmp_path: Path) -> None:
    draft = init_gold(output(tmp_path), tmp_path, TYPES)
    edit(draft, conferences=[{"name": "Ports Fair", "country": "LVA"}])
    gold = accept_gold(draft, types=TYPES)
    assert gold == tmp_path / "news/a1.txt.json"
    assert load_gold(gold, TYPES)["conferences"] == [{"name": "Ports Fair", "country": "LVA"}]
    assert "draft" not in load_gold(gold, TYPES)
    assert not draft.exists()


def test_a_draft_that_nobody_changed_is_refused_unless_that_is_said(tmp_path: Path) -> None:
    draft = init_gold(output(tmp_path), tmp_path, TYPES)
    edit(draft, notes=["read it"])
    with pytest.raises(GoldError, match="as the program wrote them"):
        accept_gold(draft, types=TYPES)
    assert accept_gold(draft, unchanged=True, types=TYPES).exists()


def test_a_draft_that_breaks_the_contract_stays_a_draft(tmp_path: Path) -> None:
    draft = init_gold(output(tmp_path), tmp_path, TYPES)
    edit(draft, conferences=[{"name": "Ports Fair", "country": "LAT"}])
    with pytest.raises(GoldError, match="LAT"):
        accept_gold(draft, types=TYPES)
    assert draft.exists()


def test_gold_is_no_draft(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="is no draft"):
        accept_gold(written(tmp_path, GOOD), types=TYPES)


def test_gold_is_replaced_only_when_that_is_said(tmp_path: Path) -> None:
    draft = init_gold(output(tmp_path), tmp_path, TYPES)
    edit(draft, conferences=[])
    standing = tmp_path / "news/a1.txt.json"
    written(standing.parent, GOOD, standing.name)
    with pytest.raises(GoldError, match=r"a1\.txt\.json: is there already"):
        accept_gold(draft, types=TYPES)
    assert load_gold(accept_gold(draft, replace=True, types=TYPES), TYPES)["conferences"] == []


def test_a_file_that_is_no_output_makes_no_draft(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no output file"):
        init_gold(written(tmp_path, {"conferences": []}), tmp_path, TYPES)


def test_an_article_makes_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extracted = json.loads(output(tmp_path).read_text())
    reader = SimpleNamespace(read=lambda path, article_id: article_id, content=lambda result: extracted)
    monkeypatch.setattr("pipeline.run.Extractor", lambda settings: reader)
    article = tmp_path / "a1.txt"
    article.write_text("Ports fair opens")
    assert init_gold(article, tmp_path, TYPES).name == "a1.txt.draft.json"


def test_a_folder_is_required_to_be_right_but_for_its_drafts(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, fair(country="LAT"), "a2.draft.json")
    require_gold(tmp_path, TYPES)
    written(tmp_path, fair(country="LAT"), "a3.json")
    with pytest.raises(GoldError, match=r"a3\.json"):
        require_gold(tmp_path, TYPES)
