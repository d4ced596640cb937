"""Parts of an input."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch import FAILURES, Plan, Shard
from pipeline.errors import SettingsError


@given(st.text(), st.integers(1, 20))
def test_every_article_belongs_to_one_part(article_id: str, count: int) -> None:
    assert sum(Shard(number, count).holds(article_id) for number in range(1, count + 1)) == 1


def test_parts_are_of_a_size_and_do_not_change_from_release_to_release() -> None:
    held = [sum(Shard(n, 4).holds(f"news/{i}") for i in range(4000)) for n in (1, 2, 3, 4)]
    assert all(900 < n < 1100 for n in held)
    assert [i for i in range(12) if Shard(2, 4).holds(f"news/{i}")] == [1, 6, 8, 9, 11]


@pytest.mark.parametrize("text", ["", "3", "0/4", "5/4", "-1/4", "1/0", "a/b", "1/2/3"])
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(SettingsError, match="shard"):
        Shard.parse(text)


def test_all_parts_together_are_the_whole(bench: Any, tmp_path: Any) -> None:
    bench.write({f"more/{i}.txt": f"word {i}" for i in range(20)} | {"bad.txt": "defect"})
    bench.run()
    whole, failed = bench.outputs, bench.failures
    bench.move_output()
    summaries = [bench.run(Plan(Shard(number, 3))) for number in (3, 1, 2)]
    assert sum(summary.articles for summary in summaries) == 25
    parts = bench.outputs
    listed = [parts.pop(name) for name in sorted(parts) if name.startswith("failures-")]
    assert len(listed) == len(failed) == 1
    assert parts == {name: data for name, data in whole.items() if name != FAILURES}


def test_a_part_done_twice_is_done_once(bench: Any) -> None:
    bench.run(Plan(Shard(1, 2)))
    first = bench.extracted
    assert first
    bench.run(Plan(Shard(1, 2)))
    assert bench.extracted == []
