"""Drafts of gold files: made from the program's output, corrected by a person, then accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from pipeline.base import RecordType
from pipeline.errors import GoldError
from pipeline.records import discover
from pipeline.score.files import DRAFT_SUFFIX, is_draft
from pipeline.settings import Settings
from pipeline.write import write_atomic

from .validate import GoldArticle, load_gold


def _filled(value: Any) -> Any:
    """A value without evidence and without what is empty in it."""
    if isinstance(value, Mapping):
        inner = {key: _filled(item) for key, item in value.items() if key != "evidence"}
        return {key: item for key, item in inner.items() if item not in (None, [], {}, "")}
    return [_filled(item) for item in value] if isinstance(value, list) else value


def _records_digest(content: Mapping[str, Any], types: Iterable[RecordType]) -> str:
    records = {record_type.plural: content.get(record_type.plural, []) for record_type in types}
    return sha256(orjson.dumps(records, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _write(path: Path, content: Mapping[str, Any]) -> Path:
    write_atomic(path, orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return path


def gold_path(article_id: str, gold_dir: Path) -> Path:
    """Where the gold file of an article lies: named after it, its suffix kept ("news/a1.txt.json")."""
    return gold_dir / f"{article_id}.json"


def _output_of(file: Path, settings: Settings | None) -> dict[str, Any]:
    if file.suffix != ".json":
        from pipeline.run import Extractor  # loads the language model, which nothing else here needs

        extractor = Extractor(settings)
        return extractor.content(extractor.read(file, file.name))
    try:
        content: dict[str, Any] = json.loads(file.read_bytes())
        content["article"]["id"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{file}: is no output file of an article: {error!r}") from error
    return content


def init_gold(
    file: Path, gold_dir: Path, types: Iterable[RecordType] | None = None, settings: Settings | None = None
) -> Path:
    """Write a draft of an article's gold file from what the program makes of it, for a person to correct.

    Args:
        file: the article, or its output file; only the latter knows in which folder the article lies.
        gold_dir: the folder of gold files; the draft is `<article id>.draft.json` in it.
        settings: what an article is extracted with.

    Raises:
        GoldError: the output cannot be read, or the article has a draft or a gold file already.
        ReadError: the article cannot be read.
    """
    content = _output_of(file, settings)
    types = tuple(discover() if types is None else types)
    target = gold_path(content["article"]["id"], gold_dir)
    draft = target.with_name(target.name.removesuffix(".json") + DRAFT_SUFFIX)
    if standing := next((path for path in (target, draft) if path.exists()), None):
        raise GoldError(f"{standing}: is there already; remove it to begin anew")
    about = {key: value for key, value in content["article"].items() if key in GoldArticle.model_fields}
    records = {t.plural: _filled(content.get(t.plural, [])) for t in types}
    mark = {"article": content["article"]["id"], "digest": _records_digest(records, types)}
    return _write(draft, {"draft": mark, "article": _filled(about), "notes": [], **records})


def accept_gold(
    draft: Path, *, unchanged: bool = False, replace: bool = False, types: Iterable[RecordType] | None = None
) -> Path:
    """Turn a corrected draft into a gold file, and remove the draft.

    Args:
        draft: the draft.
        unchanged: accept it though nobody has changed a record. Gold that only repeats the program's output
            cannot show its errors, so this has to be said.
        replace: write over a gold file that is there.

    Raises:
        GoldError: the file is no draft, breaks the contract, is unchanged, or would replace a gold file.
    """
    types = tuple(discover() if types is None else types)
    content = load_gold(draft, types)
    mark = content.pop("draft", None)
    if not mark or not is_draft(draft, {"draft": mark}):
        raise GoldError(f"{draft}: is no draft: it has no mark `draft`")
    if not unchanged and _records_digest(content, types) == mark["digest"]:
        raise GoldError(
            f"{draft}: its records are as the program wrote them; correct them, or accept it as unchanged"
        )
    target = draft.with_name(draft.name.removesuffix(DRAFT_SUFFIX).removesuffix(".json") + ".json")
    if target.exists() and target != draft and not replace:
        raise GoldError(f"{target}: is there already; say that it may be replaced")
    _write(target, content)
    if target != draft:
        draft.unlink()
    return target
