"""Parts of an input, told apart by the ids of its articles alone, so that any machine can do any part."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from pipeline.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `count`, from 1; each article belongs to one of them, whatever else there is."""

    number: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that "2/8" means.

        Raises:
            SettingsError: it means none.
        """
        number, _, count = text.partition("/")
        if number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count):
            return cls(int(number), int(count))
        raise SettingsError(f"shard {text!r}: two numbers are needed, 1/8 to 8/8 for eight parts")

    @property
    def whole(self) -> bool:
        """Whether there is but one part."""
        return self.count == 1

    def holds(self, article_id: str) -> bool:
        """Whether an article belongs to this part."""
        if self.whole:
            return True
        digest = blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest) % self.count == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}-of-{self.count}"
