"""A JSON record as an article: its text and metadata, each character with its place in the record's line."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.base import Article, MappedText, Sourced
from pipeline.errors import ReadError
from pipeline.read.dates import iso_date
from pipeline.read.mapping import Builder, joined, stripped

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|u\w{4}|.)")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Parses the value that begins at an offset; returns it and its end.
_SCAN = json.JSONDecoder(strict=False).raw_decode

#: Starts and ends of strings between their quotation marks.
_Spans = list[tuple[int, int]]


def read_record(line: str, fields: Mapping[str, str], read_text: Callable[[str], Article]) -> Article:
    """An article from a record; its source is the line.

    Args:
        line: a JSON object. Of keys that stand twice the last counts, as everywhere in Python.
        fields: names of fields, as `items.Fields` has them.
        read_text: makes an article of the record's text, be it plain or marked up.

    Raises:
        ReadError: the line is no JSON object, or has no text.
    """
    _require_object(line)
    found = _Strings(line, fields)
    found.object(_SPACE.match(line).end(), "")  # type: ignore[union-attr]
    text, title = found.text("text"), found.text("title")
    if not text.text.strip():
        raise ReadError(f"the record has no text in a field {fields['text'].replace('|', ' or ')} (--field)")
    article = _placed(read_text(text.text), text, line)
    headline = _sourced(title)
    published = _sourced(found.text("published"))
    day = iso_date(published.value) if published else None
    return replace(
        article,
        body=joined([title, article.body]) if headline and article.body.text else article.body,
        title=headline or article.title,
        site=_sourced(found.text("site")) or article.site,
        published=replace(published, value=day) if published and day else article.published,
        url=_sourced(found.text("url")) or article.url,
    )


def _require_object(line: str) -> None:
    try:
        record = json.loads(line, strict=False)
    except RecursionError:
        raise ReadError("the record is nested too deeply to be read") from None
    except ValueError as error:
        raise ReadError(f"the line is no JSON record: {error}") from error
    if not isinstance(record, dict):
        raise ReadError(f"the line is no JSON object but a {type(record).__name__}")


class _Strings:
    """The strings of the wanted fields in a line that is known to be a JSON object."""

    def __init__(self, line: str, fields: Mapping[str, str]) -> None:
        self._line, self._fields = line, fields
        self._wanted = {name for names in fields.values() for name in names.split("|")}
        self._found: dict[str, _Spans] = {}

    def text(self, field: str) -> MappedText:
        """The text of a field: of its first name that has any; the strings of a list are its paragraphs."""
        for name in self._fields[field].split("|"):
            pieces = [stripped(_unescaped(self._line, *span)) for span in self._found.get(name, ())]
            if pieces := [piece for piece in pieces if piece.text]:
                return joined(pieces)
        return Builder().build()

    def object(self, at: int, prefix: str) -> int:
        """Note the wanted strings of the object that begins at an offset; returns its end."""
        at = self._next(at + 1)
        while self._line[at] != "}":
            key, at = _SCAN(self._line, at)
            at = self._next(self._value(self._next(self._next(at) + 1), prefix + key))
            at = self._next(at + 1) if self._line[at] == "," else at
        return at + 1

    def _value(self, at: int, name: str) -> int:
        if self._line[at] == "{" and any(wanted.startswith(f"{name}.") for wanted in self._wanted):
            return self.object(at, f"{name}.")
        if name not in self._wanted:
            return int(_SCAN(self._line, at)[1])
        spans: _Spans = []
        end = self._list(at, spans) if self._line[at] == "[" else self._string(at, spans)
        self._found[name] = spans
        return end

    def _list(self, at: int, spans: _Spans) -> int:
        at = self._next(at + 1)
        while self._line[at] != "]":
            at = self._next(self._string(at, spans))
            at = self._next(at + 1) if self._line[at] == "," else at
        return at + 1

    def _string(self, at: int, spans: _Spans) -> int:
        end = int(_SCAN(self._line, at)[1])
        if self._line[at] == '"':
            spans.append((at + 1, end - 1))
        return end

    def _next(self, at: int) -> int:
        match = _SPACE.match(self._line, at)
        assert match is not None
        return match.end()


def _unescaped(line: str, start: int, end: int) -> MappedText:
    """The text of a string literal without its escapes; a lone surrogate stands as U+FFFD."""
    builder = Builder()
    at = start
    for match in _ESCAPE.finditer(line, start, end):
        builder.copy(line[at : match.start()], at)
        text = json.loads(f'"{match.group()}"')
        builder.stand_for(_SURROGATE.sub("\ufffd", text), *match.span())
        at = match.end()
    builder.copy(line[at:end], at)
    return builder.build()


def _sourced(mapped: MappedText) -> Sourced | None:
    text = " ".join(mapped.text.split())
    return Sourced(text, mapped.starts[0], mapped.ends[-1]) if text else None


def _placed(article: Article, text: MappedText, source: str) -> Article:
    """An article that was read from a mapped text, with all its offsets in the source behind it."""

    def moved(found: Sourced) -> Sourced:
        return Sourced(found.value, *text.to_source(found.start, found.end))

    body = article.body
    spans = [text.to_source(start, end) for start, end in zip(body.starts, body.ends, strict=True)]
    return replace(
        article,
        source=source,
        body=MappedText(body.text, array("q", (s for s, _ in spans)), array("q", (e for _, e in spans))),
        title=article.title and moved(article.title),
        site=article.site and moved(article.site),
        published=article.published and moved(article.published),
        url=article.url and moved(article.url),
        captions=tuple(moved(caption) for caption in article.captions),
    )
