"""Where sentences begin, well enough to tell a caption or a repeated passage from the text around it."""

from __future__ import annotations

import calendar
import re

_BOUNDARY = re.compile(r"[.!?][\"”’)\]]{0,2}\s+(?=[A-Z\"“‘(\[])|\n+")
_ABBREVIATED = re.compile(
    rf"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Adm|Rev|Hon|St|Sen|Rep|Gov|No|Nos|vs|Jr|Sr|"
    rf"{'|'.join(calendar.month_abbr[1:])}|Sept))\.$"
)


def starts(text: str) -> list[int]:
    """Offsets at which sentences begin; full stops of abbreviations and initials do not end one."""
    found = [0] if text else []
    for match in _BOUNDARY.finditer(text):
        before = text[max(0, match.start() - 12) : match.start() + 1]
        if match.group().startswith("\n") or not _ABBREVIATED.search(before):
            found.append(match.end())
    return found
