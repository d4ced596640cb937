"""What an article has stated so far: the statements, and what is recent enough to be referred to."""

from __future__ import annotations

from pipeline.base import Document, Mention
from pipeline.records.site_count.phrases import phrases
from pipeline.records.site_count.sentences import Sentence
from pipeline.records.site_count.statements import Found, Statement

_NEAR = 3  # sentences: how far back the statement or the designation may lie that a bare number belongs to
_REACH = 400  # characters: how far before a sentence (half as far behind it) a designation may be named
_NAMED = ("designated_site", "designation_list", "designation")


class Told:
    """The statements of an article in the order in which they are found."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.statements: list[Statement] = []

    @property
    def said(self) -> list[Statement]:
        """The statements so far that hold."""
        return [s for s in self.statements if not s.blocked]

    def recent(self, sentence: Sentence, within: int = _NEAR) -> list[Statement]:
        """The statements of a sentence and of those just before it."""
        return [s for s in self.said if sentence.index - s.sentence.index <= within]

    def last(self, sentence: Sentence) -> Statement | None:
        """The last statement that is recent."""
        return next(reversed(self.recent(sentence)), None)

    def last_whole(self, sentence: Sentence) -> Statement | None:
        """The last recent statement that is told neither of a part nor as a share."""
        whole = [s for s in self.recent(sentence) if s.number and not s.rule.startswith("site_count/sub/")]
        return next(reversed(whole), None)

    def whole_of(self, found: Found) -> Statement | None:
        """The statement that a number is a part of: whose number the sentence repeats, else the last one."""
        recent = self.recent(found.sentence)
        text = self.document.text[found.hit.start : found.hit.end]
        if phrases()["new_ones"].search(text):
            recent = [s for s in recent if s.measure == "added"] or recent
        counts = (m for m in found.sentence.masked.mentions if m.label == "count" and m != found.number)
        values = {m.value.value for m in counts}
        repeated = [s for s in recent if s.value in values]
        return next(reversed(repeated or recent), None)

    def near(self, sentence: Sentence) -> bool:
        """Whether a statement stands just before a sentence, or a designation just before or after it."""
        if self.last(sentence):
            return True
        start, end = sentence.start - _REACH, sentence.end + _REACH // 2
        return any(start <= m.start < end for m in self.document.of("designation", "designation_topic"))

    def designation(self, found: Found) -> Mention | None:
        """The designation under which a number counts."""
        row, mentions = found.hit.row, found.hit.mentions
        if listed := mentions.get("l"):
            return listed
        noun = mentions.get("s")
        if noun and noun.label in _NAMED:
            return noun
        if row.field == "sub" and (whole := self.whole_of(found)):
            return whole.designation
        named = named_in(found.sentence)
        last = self.last(found.sentence)
        if not any(m.end <= found.number.start for m in named):
            if noun is not None and noun.value:
                return noun
            if last and (row.field == "table" or not named):
                return last.designation
        return self.named_near(found) or noun

    def named_near(self, found: Found) -> Mention | None:
        """The designation named nearest before a number in its sentence, else after it, else before both."""
        named = named_in(found.sentence)
        if named:
            before = [m for m in named if m.end <= found.number.start]
            return before[-1] if before else named[0]
        if last := self.last(found.sentence):
            return last.designation
        earlier = (m for m in self.document.of("designation") if m.end <= found.sentence.start and m.value)
        return next(reversed(list(earlier)), None)


def named_in(sentence: Sentence) -> list[Mention]:
    """The designations that a sentence names; general nouns are none."""
    return [m for m in sentence.designations if m.label in _NAMED]
