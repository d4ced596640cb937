"""Killed, starved, hindered: the next run ends in the same tree. `long.py` does the same for an hour."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from errno import EIO, ENOSPC
from functools import partial
from pathlib import Path

import pytest
from faults import Fault, ShortAndKilled, killed, refused, short
from harness import Scene, ending, kill_after, steps, tree, workers_of

SEED = 7
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene.build(tmp_path_factory.mktemp("scene"), SEED, 12, chosen=("a",))


@pytest.fixture(scope="module")
def count(scene: Scene) -> int:
    return steps(scene)


def test_left_in_peace(scene: Scene, count: int) -> None:
    """The steps are found at all, and an undisturbed victim ends as it should."""
    assert count > 100
    output = scene.copy("peace")
    assert ending(scene.victim(output)) == 0
    assert scene.differences(output) == []


@pytest.mark.parametrize("share", [0.02, 0.3, 0.55, 0.7, 0.9, 0.99])
def test_killed_at_a_step(share: float, scene: Scene, count: int) -> None:
    output = scene.copy("killed")
    assert ending(scene.victim(output, Fault(killed, round(count * share)))) == -signal.SIGKILL
    scene.extract(output)
    assert scene.differences(output) == []


def test_killed_in_the_middle_of_a_write(scene: Scene, count: int) -> None:
    output = scene.copy("torn")
    torn = Fault(ShortAndKilled(), count // 4, lasts=True)
    assert ending(scene.victim(output, torn)) == -signal.SIGKILL
    scene.extract(output)
    assert scene.differences(output) == []


@pytest.mark.parametrize("number", [ENOSPC, EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_disk_that_refuses_from_some_step_on(number: int, share: float, scene: Scene, count: int) -> None:
    output = scene.copy("refused")
    refusal = Fault(partial(refused, number), round(count * share), lasts=True)
    assert ending(scene.victim(output, refusal)) == 2
    scene.extract(output)
    assert scene.differences(output) == []


def test_a_disk_that_takes_a_byte_at_a_time(scene: Scene) -> None:
    output = scene.copy("short")
    assert ending(scene.victim(output, Fault(short, 1, lasts=True))) == 0
    assert scene.differences(output) == []


def test_killed_at_any_time_again_and_again(tmp_path: Path) -> None:
    scene = Scene.build(tmp_path, SEED, 30, seconds=0.05, workers=2)
    chance, output = random.Random(SEED), scene.copy("again")
    for _ in range(4):
        kill_after(scene.victim(output), chance.uniform(0.3, 2))
    scene.extract(output)
    assert scene.differences(output) == []


def test_workers_killed_from_outside(tmp_path: Path) -> None:
    """An article that is hit twice has failed, and is done when failures are tried again."""
    scene = Scene.build(tmp_path, SEED, 40, seconds=0.05, workers=2)
    output = scene.copy("workers")
    pid = scene.victim(output)
    for _ in range(6):
        time.sleep(0.5)
        for worker in workers_of(pid)[:1]:
            subprocess.run(["kill", "-9", str(worker)], check=False)
    assert ending(pid) == 0
    scene.extract(output, redo="failed")
    assert scene.differences(output) == []


def test_the_real_extractor_killed_and_resumed(tmp_path: Path) -> None:
    """The command itself, with the model."""
    for name in sorted(p for p in (ROOT / "corpus" / "articles").iterdir())[:6]:
        (tmp_path / "in").mkdir(exist_ok=True)
        shutil.copy(name, tmp_path / "in")
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(tmp_path / "in"), "--quiet", "--output"]
    subprocess.run([*command, str(tmp_path / "whole")], check=True, cwd=ROOT)
    victim = subprocess.Popen([*command, str(tmp_path / "killed")], cwd=ROOT)
    while not list((tmp_path / "killed").rglob("staging")) and victim.poll() is None:
        time.sleep(0.01)
    victim.kill()
    victim.wait()
    subprocess.run([*command, str(tmp_path / "killed")], check=True, cwd=ROOT)
    assert tree(tmp_path / "killed") == tree(tmp_path / "whole")
