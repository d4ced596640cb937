"""One article through all stages."""

from __future__ import annotations

import pytest

from pipeline.run import Extractor, article_of

TEXT = (
    "Talks end in Oslo\n\nSweden pledged 3 million dollars. Later Norway pledged 12 million dollars, too.\n"
)


def test_records_come_in_text_order_with_evidence(extractor: Extractor) -> None:
    result = extractor(article_of(TEXT))
    pledges = [record.model_dump(exclude={"evidence"}) for record in result.records["pledges"]]
    assert pledges == [
        {"donor": "Sweden", "millions": 3, "comment": None},
        {"donor": "Norway", "millions": 12, "comment": None},
    ]
    first = result.records["pledges"][0]
    assert {(e.field, e.quote, e.rule) for e in first.evidence} == {
        ("donor", "Sweden", "pledge/verb"),
        ("millions", "3", "pledge/verb"),
    }


def test_evidence_leads_to_the_source(extractor: Extractor) -> None:
    result = extractor(article_of(TEXT))
    for record in result.records["pledges"]:
        for piece in record.evidence:
            assert TEXT[piece.source_start : piece.source_end] == piece.quote


def test_what_is_rejected_is_no_record_but_is_told(extractor: Extractor) -> None:
    result = extractor(article_of("Finland pledged 0 million dollars."))
    assert result.records["pledges"] == ()
    assert [rejection.reason for rejection in result.rejections] == ["nothing is pledged"]


def test_an_article_that_says_nothing_has_all_lists_empty(extractor: Extractor) -> None:
    result = extractor(article_of("It rained all day."))
    assert set(result.records) == {t.plural for t in extractor.types}
    assert not any(result.records.values())


def test_stages_are_announced_in_order(extractor: Extractor) -> None:
    stages: list[str] = []
    extractor(article_of(TEXT), stages.append)
    assert stages == ["clean", "annotate", "find", "build", "link", "check"]


def test_the_failing_stage_is_the_last_announced(extractor: Extractor) -> None:
    stages: list[str] = []
    with pytest.raises(ZeroDivisionError):
        extractor(article_of("Iceland pledged 13 million dollars."), stages.append)
    assert stages[-1] == "build"
