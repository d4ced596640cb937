"""What a run is given to read: one `Item` for each article, and the options for finding and reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.errors import CommuniqueError, ReadError, printable
from pipeline.read.names import Form


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record: of those between bars the first that a record has counts.

    "a.b" is the field b of the object in a.
    """

    text: str = "text|maintext|content|body|article"
    title: str = "title|headline"
    published: str = "date|published|date_publish|publish_date|datePublished|published_at"
    url: str = "url|link"
    site: str = "site|publisher|source|source_domain"
    id: str = "id|_id|uuid"


@dataclass(frozen=True, slots=True)
class InputOptions:
    """How inputs are searched and read. Frozen and picklable.

    Suggested flags: `--field text=article.body` (repeatable, one for each of `Fields`), `--follow-links`,
    `--largest-article BYTES`.
    """

    fields: Fields = Fields()
    #: Whether links that lead out of a folder, or to a folder, are followed; others always are.
    follow_links: bool = False
    #: Bytes of a file, a member of an archive or a record above which it is not read: a typed failure.
    largest_article: int = 2**26
    #: What unpacks to more times its size (and to more than 16 MiB) is a bomb; news packs 3 to 30 times.
    largest_ratio: int = 200
    #: How many archives may lie in each other around an article: 1 is a JSONL file in a tar.
    nesting: int = 1
    #: Real paths of files and folders below an input that are passed over: what the run itself writes.
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An article to be read.

    `id` is stable and safe as a relative path: "2024/june/summit" for a file, "news.zip!/a/summit.html" for a
    member of an archive, "news.jsonl!/1234" for a record. `stamp` changes when the content does; it costs a
    `stat` for a file, a digest for the others. `payload` is a file's path, or the bytes of what is in a
    stream. `failure` tells why there is nothing to be read; `read_item` raises it.
    """

    id: str
    stamp: str
    payload: str | bytes
    form: Form
    metadata: Mapping[str, str] = field(default_factory=dict)
    failure: CommuniqueError | None = None


def broken(article_id: str, path: str, why: str) -> Item:
    """The item of something that cannot be read: its path and the reason make the message."""
    return Item(article_id, "", path, "text", failure=ReadError(printable(f"{path}: {why}")))
