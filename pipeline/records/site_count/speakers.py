"""Who is said to have said what: the speaker of each sentence and each quotation of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.base import Document, Mention
from pipeline.data import Row, load_rows
from pipeline.patterns import Hit, PatternSet, mask
from pipeline.records.site_count.phrases import PACKAGE
from pipeline.records.site_count.sentences import Sentence

TAGS = {"person": "P", "body": "O", "organization": "O"}
_WHENCE = re.compile(r" (?:of|from) (?:the )?[A-Z]")  # "Aditi Rao of India"
_OFFICE = re.compile(
    r"(?<=ministry) (?:of|for) [a-z]+(?:(?:, [a-z]+)* and [a-z]+)?(?=[,.;:]|$| (?:said|says))"
)
_CAPITALS = re.compile(r"(?:[A-Z][\w-]+ (?:of |for |and |the |on )*)+$")
_BACK = 12  # sentences: how far a quotation's speaker may be named before it


class TitleRow(Row):
    """Words before a name that do not belong to it."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker, the place where the text names the speech, and whether it opens a quotation."""

    speaker: Mention
    at: int
    opens: bool = False


class Speakers:
    """Finds the speakers of an article."""

    def __init__(self) -> None:
        self._patterns = PatternSet(PACKAGE, "speech.jsonl", TAGS.values())
        words = (w for row in load_rows(PACKAGE, "titles.jsonl", TitleRow) for w in row.words)
        self._title = re.compile(rf"(?:(?:{'|'.join(map(re.escape, words))})\.?,? )+")

    def of(self, document: Document, sentences: list[Sentence]) -> Voices:
        """The speakers of a document."""
        return Voices(document, sentences, self._patterns, self._title)


class Voices:
    """The speakers of one article."""

    def __init__(
        self, document: Document, sentences: list[Sentence], patterns: PatternSet, title: re.Pattern[str]
    ) -> None:
        self._document = document = _without_places(document)
        self._sentences = sentences
        self._title = title
        self._of_all: Mention | None = None
        self._found: dict[int, Attribution] = {}
        hits = {s.index: list(patterns(mask(document, s.start, s.end, TAGS))) for s in sentences}
        self._names = [
            self._attribution(h) for s in sentences for h in hits[s.index][:1] if "pro" not in _groups(h)
        ]
        for sentence in sentences:
            self._read(sentence, hits[sentence.index])

    def at(self, offset: int) -> Mention | None:
        """Who says what stands at an offset; None when the article speaks itself."""
        index = next((s.index for s in self._sentences if s.start <= offset < s.end), None)
        if index is None:
            return None
        own = self._found.get(index)
        if own is not None and not own.opens:
            return own.speaker
        if self._quoted(offset):
            return self._of_quotation(index, offset) or self._of_all
        return self._of_all

    def _read(self, sentence: Sentence, hits: list[Hit]) -> None:
        for hit in hits:
            if hit.row.field == "all":
                self._of_all = self._attribution(hit).speaker
                continue
            if sentence.index not in self._found:
                found = self._pronoun(hit) if "pro" in _groups(hit) else self._attribution(hit)
                if found is not None:
                    self._found[sentence.index] = found

    def _attribution(self, hit: Hit) -> Attribution:
        start, end = _place(hit, "who")
        title = self._title.match(self._document.text, start, end)
        start = title.end() if title and title.end() < end else start
        grown = _CAPITALS.search(self._document.text, max(0, start - 60), start)
        if grown and hit.row.id.endswith("body"):
            start = grown.start()
        from_where = _WHENCE.search(self._document.text, start, end)
        if from_where and not hit.row.id.endswith("body"):
            end = from_where.start()
        if office := _OFFICE.match(self._document.text, end):
            end = office.end()
        text = self._full(self._document.text[start:end].strip())
        rule = f"site_count/speech/{hit.row.id}"
        return Attribution(Mention("speaker", start, end, rule, text), start, hit.row.field == "opens")

    def _pronoun(self, hit: Hit) -> Attribution | None:
        """Who "she" or "the minister" is: the last speaker named, else the last person, else the next
        speaker.
        """
        start, end = _place(hit, "pro")
        before = [a for a in self._names if a.at < start]
        persons = [m for m in self._document.of("person") if m.end <= start]
        after = [a for a in self._names if a.at > end]
        rule = f"site_count/speech/{hit.row.id}"
        if before and (not persons or start - before[-1].at < start - persons[-1].start + _PASSAGE):
            named = before[-1].speaker
        elif persons:
            last = persons[-1]
            return Attribution(
                Mention("speaker", last.start, last.end, rule, self._full(self._document.quote(last))), start
            )
        elif after:
            named = after[0].speaker
        else:
            return None
        return Attribution(Mention("speaker", named.start, named.end, rule, named.value), start)

    def _full(self, name: str) -> str:
        """The fullest form of a name in the article: "Darabi" is "Ali Darabi", "the Commission" the Heritage
        Commission.
        """
        persons = [self._document.quote(m) for m in self._document.of("person")]
        last = name.split()[-1]
        if any(name in person for person in persons):
            fuller = [
                p for p in persons if len(p) > len(name) and (p.split()[-1] == last or p.split()[0] == name)
            ]
            title = self._title.match(max(fuller, key=len)) if fuller else None
            if fuller:
                return max(fuller, key=len)[title.end() if title else 0 :]
            if " " in name:
                return name
        if " " not in name and name[:1].isupper() and not name.isupper():
            person = re.search(rf"\b{re.escape(name)} [A-Z][a-z]+\b", self._document.text)
            if any(self._document.quote(m) == name for m in self._document.of("person")) and person:
                return person.group()
            pattern = (
                rf"(?:[A-Z][\w-]+ (?:of |and |for )?)*{re.escape(name)}"
                r"(?: (?:of|for|on)(?: (?:and |the )?[A-Z][\w-]+)+)?"
            )
            return max(re.findall(pattern, self._document.text), key=len, default=name)
        return self._spelled_out(name)

    def _spelled_out(self, name: str) -> str:
        """What an acronym stands for, where the article says so in brackets."""
        if not name.isupper() or " " in name or name == "UNESCO":
            return name
        match = re.search(
            rf"((?:[A-Z][\w-]+ (?:of |for |and |the |on )*){{1,7}})\({re.escape(name)}\)", self._document.text
        )
        return match.group(1).strip() if match else name

    def _quoted(self, offset: int) -> bool:
        text = self._document.text
        line = text.rfind("\n", 0, offset) + 1
        if text.rfind("“", line, offset) >= 0 or text.rfind("”", line, offset) >= 0:
            return text.rfind("“", line, offset) > text.rfind("”", line, offset)
        return text.count('"', line, offset) % 2 == 1

    def _of_quotation(self, index: int, offset: int) -> Mention | None:
        text = self._document.text
        ends = [e for e in (text.find("”", offset), text.find('"', offset)) if e >= 0]
        end = min(ends, default=offset)
        for later in self._later(index):
            if later.start <= end < later.end or later.start - end in range(0, 3):
                found = self._found.get(later.index)
                if found is not None and found.at >= end - 1:
                    return found.speaker
        for earlier in range(index - 1, max(-1, index - _BACK), -1):
            if earlier in self._found:
                return self._found[earlier].speaker
        return None

    def _later(self, index: int) -> Iterator[Sentence]:
        yield from self._sentences[index : index + _BACK]


_PASSAGE = 1200  # characters for which a speaker stays the one that "he said" means, whoever else is named


def _groups(hit: Hit) -> set[str]:
    return {*hit.mentions, *hit.spans}


def _place(hit: Hit, group: str) -> tuple[int, int]:
    mention = hit.mentions.get(group)
    return (mention.start, mention.end) if mention else hit.spans[group]


def _without_places(document: Document) -> Document:
    """The document without those persons that are countries, cities or places."""
    places = {(m.start, m.end) for m in document.of("country", "city", "place", "demonym")}
    persons = tuple(m for m in document.of("person") if (m.start, m.end) not in places)
    return replace(document, mentions={**document.mentions, "person": persons})
