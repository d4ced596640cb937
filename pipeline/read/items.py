"""What a run is given to read: one `Item` for each article, and the options for finding and reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.errors import CommuniqueError

#: How an article is written: by the ending of its name, or by the stream that it comes from.
Form = Literal["text", "html", "markdown", "record"]


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record, the first that a record has counts; "a.b" is field b of object a."""

    text: tuple[str, ...] = ("text", "maintext", "content", "body", "article")
    title: tuple[str, ...] = ("title", "headline")
    date: tuple[str, ...] = ("date", "published", "publish_date", "date_publish", "datePublished")
    url: tuple[str, ...] = ("url", "link")
    source: tuple[str, ...] = ("source", "publisher", "site", "source_domain")
    id: tuple[str, ...] = ("id", "_id", "uuid")


@dataclass(frozen=True, slots=True)
class InputOptions:
    """How inputs are searched and read. Frozen and picklable: a worker gets the same as the supervisor.

    Suggested flags: `fields` as repeatable `--field text=article.body` (see `with_fields`), `follow_links` as
    `--follow-links`, `largest_article` as `--largest-article BYTES`, `largest_member`, `largest_ratio`.
    """

    fields: Fields = Fields()
    #: Whether links that lead out of a folder, or to a folder, are followed; others always are.
    follow_links: bool = False
    #: Bytes of a file, a member of an archive or a record above which it is not read: a typed failure.
    largest_article: int = 64 * 2**20
    #: A member of an archive that unpacks to more times its packed size (and over 1 MiB) is a bomb.
    largest_ratio: int = 1000


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
