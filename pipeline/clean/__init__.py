"""Articles to running text: named steps that return edits, so that every character leads back to the source.

Public: `clean`, and `STEPS`, the steps in their order.
"""

from __future__ import annotations

from pipeline.base import Article, CleanText, Dateline, Sourced, Zone
from pipeline.clean.captions import caption_lines, captions_in_text, closing_captions, doubled_lines
from pipeline.clean.dateline import dateline
from pipeline.clean.dates import with_year
from pipeline.clean.draft import Draft, Step, lines
from pipeline.clean.furniture import furniture_in_text, furniture_lines, kickers, page_head, sign_offs
from pipeline.clean.mojibake import mojibake
from pipeline.clean.page_date import page_date
from pipeline.clean.repeats import repeats
from pipeline.clean.space import (
    control_characters,
    endless_runs,
    sentence_spacing,
    tokenised,
    white_space,
    wrapped_lines,
)
from pipeline.clean.titles import joined_title, title
from pipeline.errors import ReadError

__all__ = ["LONGEST", "STEPS", "clean"]

#: Characters of a cleaned text above which it is no article but a book, for which the model takes a minute.
LONGEST = 500_000

STEPS: tuple[Step, ...] = (
    mojibake,
    control_characters,
    endless_runs,
    wrapped_lines,
    tokenised,
    white_space,
    page_date,
    furniture_in_text,
    furniture_lines,
    page_head,
    sign_offs,
    white_space,
    caption_lines,
    kickers,
    joined_title,
    title,
    doubled_lines,
    captions_in_text,
    closing_captions,
    dateline,
    repeats,
    sentence_spacing,
    white_space,
)


def clean(article: Article) -> CleanText:
    """The running text of an article, title first, and what stood around it: dateline, source, captions.

    Raises:
        ReadError: the text is longer than `LONGEST`.
    """
    known = (("title", article.title),) if article.title else ()
    draft = Draft(article.body, known)
    for step in STEPS:
        draft = draft.after(step.__name__, step(draft))
    if len(draft.text) > LONGEST:
        raise ReadError(f"{len(draft.text):,} characters of text; cut it into articles below {LONGEST:,}")
    return _finished(article, draft)


def _finished(article: Article, draft: Draft) -> CleanText:
    published = article.published or draft.first("published", "updated") or _full_date(draft)
    published = published or draft.first("stated")
    title_found = draft.first("title")
    return CleanText(
        mapped=draft.mapped,
        zones=tuple(_zones(draft, title_found)),
        title=title_found,
        source=draft.first("masthead", "agency", "source", "licensor") or article.site,
        published=published,
        dateline=_dateline(draft, published),
        captions=_captions(article, draft),
        removed=draft.removed,
    )


def _full_date(draft: Draft) -> Sourced | None:
    """The dateline's date, when it has a year of its own."""
    day = draft.first("date", "print_date")
    return day if day and not day.value.startswith("XXXX") else None


def _captions(article: Article, draft: Draft) -> tuple[Sourced, ...]:
    """The captions of page and text in their order, each once."""
    found = (*article.captions, *(caption for kind, caption in draft.finds if kind == "caption"))
    return tuple({c.value: c for c in sorted(found, key=lambda c: -c.start)}.values())[::-1]


def _dateline(draft: Draft, published: Sourced | None) -> Dateline:
    day = draft.first("date", "print_date")
    if day:
        day = Sourced(with_year(day.value, published.value if published else None), day.start, day.end)
    return Dateline(draft.first("place", "print_place"), day, draft.first("agency"))


def _zones(draft: Draft, title_found: Sourced | None) -> list[Zone]:
    zones: list[Zone] = []
    for line in lines(draft):
        start, _ = draft.mapped.to_source(line.start, line.end)
        in_title = title_found is not None and title_found.start <= start < title_found.end
        zones.append(Zone("title" if in_title else "body", line.start, line.end))
    return zones
