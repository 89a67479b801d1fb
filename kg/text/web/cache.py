"""Answers kept from one run to the next, so that unchanged pages are not sent again."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.errors import StoreError
from kg.text.web.answers import Answer

_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of an earlier run with what the server said to recognise it by."""

    kind: str
    charset: str | None
    validators: dict[str, str]
    content: bytes

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        return {_VALIDATORS[name]: value for name, value in self.validators.items()}

    def answer(self, url: str) -> Answer:
        """The answer as if it had come again."""
        return Answer(url, self.kind, self.charset, self.content)


class Cache:
    """A folder with one file for each address; raises ``StoreError`` where it cannot be made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be made: {error.strerror}") from error

    def _path(self, url: str) -> Path:
        return self._folder / (sha256(url.encode("utf-8", "replace")).hexdigest()[:32] + ".page")

    def read(self, url: str) -> Kept | None:
        """What is kept of an address; a file that is damaged counts as none."""
        try:
            head, _, content = self._path(url).read_bytes().partition(b"\n")
            record = json.loads(head)
            if record["url"] != url or record["bytes"] != len(content):
                return None
            known = {name: str(record[name]) for name in _VALIDATORS if record.get(name)}
            return Kept(record["kind"], record["charset"], known, content)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, answer: Answer, headers: dict[str, str]) -> None:
        """Keep an answer that the server gave something to recognise it by."""
        given = {name: headers.get(name, "") for name in _VALIDATORS}
        known = {n: value for n, value in given.items() if value.isascii() and value.strip()}
        if not known:
            return
        record = {"url": answer.url, "kind": answer.kind, "charset": answer.charset}
        head = json.dumps({**record, "bytes": len(answer.content), **known}).encode("ascii")
        number, name = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(head + b"\n" + answer.content)
        Path(name).replace(self._path(answer.url))
