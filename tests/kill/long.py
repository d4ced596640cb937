"""The long kill test: python tests/kill/long.py --kills 200 --seed 1

Kills whole runs at every step to the disk and at random times, kills workers, lets the disk refuse at every
step, and times articles that poison their worker. Prints a line for each part and ends with exit code 1 if
any tree differs from that of a run that was left in peace.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from errno import EIO, ENOSPC
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from fakes import Words  # noqa: E402
from faults import Fault, ShortAndKilled, killed, refused, short  # noqa: E402
from harness import Scene, ending, kill_after, steps, workers_of, write  # noqa: E402

from pipeline.batch import FAILURES  # noqa: E402
from pipeline.batch.supervisor import Limits, Supervisor, Task  # noqa: E402
from pipeline.read import Item  # noqa: E402

POISON = ("crash", "exit", "leave", "killed", "hog", "grow", "sleep", "regex")
LIMIT = 2.0  # seconds for an article
MARGIN = 2.0  # seconds by which it may be exceeded


def killed_at_steps(folder: Path, seed: int) -> Iterator[str]:
    """Every step is the last one once; or the first write after it is begun, and the last."""
    kills = 0
    for chosen in ((), ("a",)):
        scene = Scene.build(folder / f"steps{len(chosen)}", seed, 6, chosen=chosen)
        for number in range(1, steps(scene) + 1):
            output = scene.copy("killed")
            fault = Fault(ShortAndKilled(), number, lasts=True) if number % 2 else Fault(killed, number)
            end = ending(scene.victim(output, fault))
            kills += end == -signal.SIGKILL
            if end != -signal.SIGKILL and (end or not number % 2):  # after the last write, none is begun
                yield f"ended by {end} at step {number}"
            scene.extract(output)
            yield ", ".join(scene.differences(output))
    print(f"  {kills} runs were killed at their steps", flush=True)


def killed_at_random(folder: Path, seed: int, kills: int) -> Iterator[str]:
    """Runs are killed at any time, resumed, and killed again."""
    chance = random.Random(seed)
    scene = Scene.build(folder / "random", seed, 100, seconds=0.02, workers=2)
    output, done = scene.copy("killed"), 0
    while done < kills:
        done += kill_after(scene.victim(output), chance.uniform(0.2, 3))
        if done % 10 == 0 or done == kills:
            scene.extract(output)
            yield ", ".join(scene.differences(output))
            output = scene.copy("killed")
    print(f"  {done} runs were killed at random", flush=True)


def killed_workers(folder: Path, seed: int, kills: int) -> Iterator[str]:
    """Workers are killed at any time; articles that were hit twice are done when failures are tried again."""
    chance, done = random.Random(seed), 0
    scene = Scene.build(folder / "workers", seed, 200, seconds=0.05, workers=4)
    while done < kills:
        output = scene.copy("killed")
        pid = scene.victim(output)
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            time.sleep(chance.uniform(0.05, 0.6))
            if (workers := workers_of(pid)) and done < kills:
                with suppress(ProcessLookupError):  # it just ended
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    done += 1
        hit = sum('"Crash"' in line for line in (output / FAILURES).read_text().splitlines())
        print(f"  {hit} of {len(scene.wanted)} articles were hit twice in a run", flush=True)
        scene.extract(output, redo="failed")
        yield ", ".join(scene.differences(output))
    print(f"  {done} workers were killed", flush=True)


def refused_at_steps(folder: Path, seed: int) -> Iterator[str]:
    """The disk refuses at every step, once or from then on; or takes a byte at a time."""
    scene = Scene.build(folder / "refused", seed, 6, chosen=("a",))
    for number in range(1, steps(scene) + 1):
        for code, lasts in ((ENOSPC, True), (EIO, False)):
            output = scene.copy("refused")
            if ending(scene.victim(output, Fault(partial(refused, code), number, lasts))) not in (0, 2):
                yield f"no error that is meant, at step {number}"
            scene.extract(output)
            yield ", ".join(scene.differences(output))
    output = scene.copy("short")
    yield "short writes" if ending(scene.victim(output, Fault(short, 1, lasts=True))) else ""
    yield ", ".join(scene.differences(output))


def poisoned(folder: Path) -> Iterator[str]:
    """How long a poison holds up its second worker, from when that has it to when it is given up."""
    for order in POISON:
        write(folder, f"{order}.txt", order)
        item = Item(order, "", str(folder / f"{order}.txt"), "text")
        with closing(Supervisor(Words(), Limits(timeout=LIMIT, memory=1000))) as supervise:
            ((_, reply),) = filter(None, supervise([Task(order, item)]))
        second = float((folder / f"{order}.txt.times").read_text().split()[-1])
        lasted = time.time() - second
        print(f"  {order}: {reply.kind} after {lasted:.2f} s", flush=True)
        limit = LIMIT if reply.kind == "TimeLimit" else 0
        yield "" if lasted <= limit + MARGIN else f"{order} lasted {lasted:.1f} s"


def main() -> None:
    """Run all parts."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--kills", type=int, default=200, help="of runs at random times, and of workers")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--part", action="append", help="only this one; may be repeated")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, Callable[[], Iterator[str]]] = {
            "poison": partial(poisoned, folder),
            "random": partial(killed_at_random, folder, chosen.seed, chosen.kills),
            "workers": partial(killed_workers, folder, chosen.seed, chosen.kills),
            "steps": partial(killed_at_steps, folder, chosen.seed),
            "disk": partial(refused_at_steps, folder, chosen.seed),
        }
        wrong = sum(told(name, part) for name, part in parts.items() if name in (chosen.part or parts))
    sys.exit(1 if wrong else 0)


def told(name: str, part: Callable[[], Iterator[str]]) -> int:
    """Run a part, print what came of it, and return how often it went wrong."""
    began, problems = time.monotonic(), list(part())
    for problem in filter(None, problems):
        print(f"  WRONG {problem}")
    wrong = len(list(filter(None, problems)))
    print(
        f"{name}: {len(problems)} checks and kills, {wrong} wrong, {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return wrong


if __name__ == "__main__":
    main()
