"""One digest for all that the rules consist of."""

from __future__ import annotations

from pathlib import Path

import pipeline
from pipeline.provenance import program, rules_digest


def test_the_digest_follows_the_data_files(tmp_path: Path) -> None:
    digests = [rules_digest([tmp_path])]
    for name, text in [
        ("a.jsonl", "1"),
        ("a.jsonl", "2"),
        ("b.toml", "2"),
        ("notes.txt", "2"),
        ("b.py", "2"),
    ]:
        (tmp_path / name).write_text(text)
        digests.append(rules_digest([tmp_path]))
    empty, first, changed, second, with_text, with_code = digests
    assert len({empty, first, changed, second}) == 4
    assert second == with_text == with_code


def test_the_digest_does_not_depend_on_where_the_files_lie(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jsonl").write_text("1")
    assert rules_digest([tmp_path / "here"]) == rules_digest([tmp_path / "there"]) != rules_digest()


def test_the_program_is_named_with_its_version() -> None:
    assert program() == f"communique {pipeline.__version__}"
