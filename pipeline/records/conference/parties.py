"""Reads a list of organisations and countries: "[hosted by] the X Institute and the Government of Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.base import Document, Mention, Resolver

# Where a list of parties ends: a preposition or verb that begins something else, a quotation, a number.
_END = re.compile(
    r"""\s(?:under|at|on|from|with|to|which|who|that|will|has|have|had|is|was|were|are|held|during|as|where|when|after|
    before|since|through|following|via|amid|here|this|last|next|between|brought|aims|took|said|kicked|opened|runs|also|
    every|each|once|annually|yesterday|today|tomorrow|began|concluded|focus\w*|feature\w*|themed|entitled|titled|
    gathered|attracted|drew)\b|[“”";:]|\s\d|\s[–—-]\s|\.\s""",
    re.VERBOSE,
)
_IN = re.compile(
    r"\sin (?=[A-Z])|\sin (?:collaboration|cooperation|partnership|association|conjunction|coordination)"
)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_JOINT = re.compile(
    r",? as well as |,? along with |,? together with |,? jointly with |,? alongside |, and |, | and | & "
)
_INCOMPLETE = re.compile(
    r"(?:Ministry|Department|Institute|Cent(?:er|re)|Commission|Council|Office|Bureau|Agency|Committee|Academy|Fund|"
    r"League|Organi[sz]ation|Administration|Faculty|Board|School) (?:of|for|on) [\w' ]+$"
)
_GOVERNMENT = re.compile(r"(?:the )?(?:[Gg]overnments?|[Ss]tate|[Rr]epublic|[Kk]ingdom) of (?:the )?")
# What stands behind a country's name or adjective when the country itself acts.
_AUTHORITY = re.compile(
    r"(?:['’]s )?(?:(?:federal |central )?government|(?:prime minister|president|king)(?: [A-Z].*)?)",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^(?:the |both |jointly |by |a |an |and |its |our |host |country )+", re.IGNORECASE)


def parties(span: Mention, resolver: Resolver) -> Iterator[tuple[Mention, str]]:
    """The parties that a span names, each with its mention: organisations as in the text, countries by short
    name.
    """
    document = resolver.document
    if span.label == "country":
        yield span, resolver.country_name(span.value)
        return
    if span.label in ("organization", "body", "person"):
        yield span, full_form(document, document.quote(span))
        return
    known = _known(span, document)
    end = _list_end(span, known, document)
    for start, stop in _split(span.start, end, known, document.text):
        yield from _party(start, stop, span.rule, resolver)


def full_form(document: Document, name: str) -> str:
    """The full name that the article gives for an acronym in brackets ("Blue Coast Institute (BCI)"), else
    the name.
    """
    if not re.fullmatch(r"[A-Z][A-Za-z]{1,9}", name) or sum(c.isupper() for c in name) < 2:
        return name
    defined = re.search(rf"((?:[\w'’&-]+[ ,]+){{2,12}})\({re.escape(name)}\)", document.text)
    if not defined:
        return name
    words = defined.group(1).strip(" ,").split()
    for count in range(2, len(words) + 1):
        tail = words[-count:]
        capitals = "".join(w[0] for w in tail if w[0].isupper())
        if tail[0][0].isupper() and capitals.lower() == name.lower():
            return " ".join(tail)
    return name


def _known(span: Mention, document: Document) -> list[Mention]:
    """The names found within the span, longest first, none within another."""
    found: list[Mention] = []
    mentions = document.within(span.start, span.end, "body", "organization", "country", "gathering")
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        if not any(mention.overlaps(other) for other in found):
            found.append(mention)
    return found


def _list_end(span: Mention, known: list[Mention], document: Document) -> int:
    """Where the list stops: at the first word that begins something else outside of the names, or before a
    date.
    """
    text = document.text
    stops = [m.start() for pattern in (_END, _IN) for m in pattern.finditer(text, span.start, span.end)]
    stops = [s for s in stops if not any(k.start <= s < k.end for k in known) and not _joins(text, s)]
    stops += [d.start for d in document.within(span.start, span.end, "date")]
    return min([span.end, *stops])


def _joins(text: str, stop: int) -> bool:
    """Whether the word "with" at a stop only joins another party ("together with")."""
    return text.startswith(" with ", stop) and text[:stop].endswith(("together", "along", "jointly"))


def _split(start: int, end: int, known: list[Mention], text: str) -> Iterator[tuple[int, int]]:
    """The stretches between commas and conjunctions that stand outside of the known names."""
    begin = start
    for joint in _JOINT.finditer(text, start, end):
        inside = any(k.start < joint.start() < k.end for k in known)
        if inside or (
            "and" in joint.group() and "," not in joint.group() and _one_name(text, begin, joint, end)
        ):
            continue
        yield begin, joint.start()
        begin = joint.end()
    yield begin, end


def _one_name(text: str, begin: int, joint: re.Match[str], end: int) -> bool:
    """Whether "and" joins two words of one name ("Ministry of Health and Medical Education")."""
    left, right = text[begin : joint.start()], text[joint.end() : end]
    return (
        bool(_INCOMPLETE.search(left))
        and not right.startswith("the ")
        and not re.match(r"[A-Z]{2,}\b", right)
    )


def _party(start: int, stop: int, rule: str, resolver: Resolver) -> Iterator[tuple[Mention, str]]:
    document = resolver.document
    text = _BRACKET.sub("", document.text[start:stop])
    shown = _EDGE.sub("", text.strip(" ,.'’")).strip(" ,.")
    for country in document.within(start, stop, "country", "demonym"):
        before, behind = document.text[start : country.start], document.text[country.end : stop].strip(" ,.")
        rest = before if _AUTHORITY.fullmatch(behind) else f"{before}{behind}"
        named = country.label == "country" or rest == before
        if named and not _GOVERNMENT.sub("", _EDGE.sub("", rest.strip() + " ")).strip(" ,.'’s"):
            yield Mention("country", country.start, country.end, rule), resolver.country_name(country.value)
            return
    if len(shown) > 2 and shown[0].isupper():
        at = document.text.find(shown, start)
        mention = Mention(
            "organization", at if at >= 0 else start, (at + len(shown)) if at >= 0 else stop, rule
        )
        if not _only_demonym(mention, document):
            yield mention, full_form(document, shown)


def _only_demonym(mention: Mention, document: Document) -> bool:
    return any(
        (m.start, m.end) == (mention.start, mention.end)
        for m in document.within(mention.start, mention.end, "demonym", "person", "place", "city")
    )
