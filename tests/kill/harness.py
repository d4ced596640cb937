"""Runs that are killed, starved and hindered, and compared with one that was left in peace.

A victim is a process that is forked off and works on a copy of the same state: an output folder that an
earlier run finished, and articles of which some have changed, come, gone, or fail. Whatever happens to it,
the run that follows has to end in the tree of the undisturbed one.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes import Words
from faults import Do, Fault, hindered, nothing

from pipeline.batch import Plan, Summary, run
from pipeline.errors import CommuniqueError
from pipeline.settings import Settings


def write(folder: Path, name: str, text: str) -> None:
    """One article."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def tree(folder: Path) -> dict[str, bytes]:
    """All files by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@dataclass(frozen=True)
class Scene:
    """A folder with articles, the state that victims begin with, and the tree that they have to end in.

    With `chosen`, a setting of theirs differs from the earlier run's, so that they do everything again.
    """

    folder: Path
    seconds: float = 0.0
    workers: int = 1
    chosen: tuple[str, ...] = ()

    @classmethod
    def build(cls, folder: Path, seed: int, articles: int, **more: Any) -> Scene:
        """Articles by chance, and two runs over them: one before they changed, one after."""
        chance, scene = random.Random(seed), cls(folder, **more)
        for i in range(articles):
            write(scene.articles, f"{'abc'[i % 3]}/{i}.txt", f"first {chance.random()}")
        for name in ("defect", "gone"):
            write(scene.articles, f"{name}.txt", "defect" if name == "defect" else "soon")
        Scene(folder).extract(scene.before)
        (scene.articles / "gone.txt").unlink()
        for i in range(articles):
            kind = chance.choice(["same", "same", "changed", "new", "fails", "empty"])
            text = {"changed": f"second {chance.random()}", "fails": "defect", "empty": " "}.get(kind)
            if text is not None:
                write(scene.articles, f"{'abc'[i % 3]}/{i}.txt", text)
            elif kind == "new":
                write(scene.articles, f"d/{i}.txt", f"third {chance.random()}")
        scene.extract(scene.copy("undisturbed"))
        return scene

    @property
    def articles(self) -> Path:
        """The articles as they are now."""
        return self.folder / "articles"

    @property
    def before(self) -> Path:
        """The output folder that victims get a copy of."""
        return self.folder / "before"

    @property
    def wanted(self) -> dict[str, bytes]:
        """The tree of the undisturbed run."""
        return tree(self.folder / "undisturbed")

    def copy(self, name: str) -> Path:
        """An output folder to work on."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.before, self.folder / name)
        return self.folder / name

    def extract(self, output: Path, redo: Any = "changed") -> Summary:
        """A run that is left in peace; it does everything again, by another setting than the first one's."""
        settings = Settings(workers=self.workers, record_types=self.chosen if output != self.before else ())
        plan = Plan(redo=redo)
        return run([self.articles], output, settings, plan=plan, factory=Words(seconds=self.seconds))

    def victim(self, output: Path, fault: Do = nothing) -> int:
        """The process id of a run in a process of its own; `fault` is asked before each step to the disk.

        Its exit code is 0 at the end of its work, 2 after an error that the program means to raise.
        """
        if pid := os.fork():
            return pid
        code = 1
        try:
            with hindered(fault, output):
                self.extract(output)
            code = 0
        except CommuniqueError:
            code = 2
        finally:
            os._exit(code)

    def differences(self, output: Path) -> list[str]:
        """Names of files that are not as they ought to be."""
        found, wanted = tree(output), self.wanted
        return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def steps(scene: Scene) -> int:
    """How many steps to the disk an undisturbed run has."""
    read, wrote = os.pipe()
    counter, output = Fault(nothing), scene.copy("counted")
    if not (pid := os.fork()):
        with hindered(counter, output):
            scene.extract(output)
        os.write(wrote, str(counter.count).encode())
        os._exit(0)
    os.close(wrote)
    os.waitpid(pid, 0)
    with os.fdopen(read) as told:
        return int(told.read())


def ending(pid: int) -> int:
    """How a process ended: its exit code, or the signal that ended it as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_after(pid: int, seconds: float) -> bool:
    """Kill a process; False if it was over before."""
    time.sleep(seconds)
    over, _ = os.waitpid(pid, os.WNOHANG)
    if over:
        return False
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def workers_of(pid: int) -> list[int]:
    """The process ids of a run's workers."""
    return [int(p.name) for p in Path("/proc").glob("[0-9]*") if _parent(p) == pid]


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
