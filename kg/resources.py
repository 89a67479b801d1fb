"""Where packaged data lies, and readers that refuse what a careless reader would guess.

YAML scalars stay strings (``on``, ``no`` and ``NO`` are words and country codes here,
not booleans; ``010`` is a CAMEO code, not 8); duplicate keys are errors.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import yaml

from kg.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
_REPOSITORY = _PACKAGE.parent


def resource_path(name: str) -> Path:
    """Path of a packaged file or folder such as ``"lexicon"`` or ``"ontology/kg.ttl"``.

    A wheel holds ``ontology/`` inside the package; a source checkout (editable
    install) holds it beside the package. Raises ``DataError`` when neither has it.
    """
    for root in (_PACKAGE, _REPOSITORY):
        path = root / name
        if path.exists():
            return path
    raise DataError(_PACKAGE / name, None, "packaged data is missing", "reinstall geokg")


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Safe loader whose scalars are strings (empty ones "") and whose keys are unique."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, Any]]]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(None, None, "a key must be a word", key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    None, None, f"the key '{key}' stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


def read_yaml(path: Path) -> Any:
    """The content of a YAML file with every scalar a string.

    Raises ``DataError`` with the line for malformed YAML, duplicate keys and bad encoding.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(path, None, f"cannot be read: {error}") from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path | str) -> Any:
    """Like ``read_yaml`` for text at hand; ``path`` is named in errors."""
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(path, line, error.problem or "malformed YAML") from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise DataError(path, None, f"malformed YAML: {error}") from error


def check_keys(
    record: Mapping[str, Any], required: Sequence[str], optional: Sequence[str], path: Path | str
) -> None:
    """Raise ``DataError`` unless ``record`` has all required keys and no unknown one."""
    for key in required:
        if key not in record:
            raise DataError(path, None, f"the key '{key}' is missing")
    known = {*required, *optional}
    for key in record:
        if key not in known:
            raise DataError(
                path, None, f"unknown key '{key}'", f"known: {', '.join(sorted(known))}"
            )


def read_weights(path: Path) -> dict[str, float]:
    """The weights of a learned linear model by feature; raises ``DataError`` as ``read_csv``."""
    return {r["feature"]: float(r["weight"]) for _, r in read_csv(path, ("feature", "weight"))}


def read_csv(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV table as ``(line number, {column: text})``, lines that start with # skipped.

    Raises ``DataError`` when the header is not exactly ``columns`` or a row has other cells.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = ((n, line) for n, line in enumerate(file, 1) if not line.startswith("#"))
            numbers: list[int] = []

            def feed() -> Iterator[str]:
                for number, line in lines:
                    numbers.append(number)
                    yield line

            reader = csv.reader(feed(), strict=True)
            header = next(reader, [])
            if header != list(columns):
                raise DataError(path, 1, f"the columns must be: {','.join(columns)}")
            for row in reader:
                if not row:
                    continue
                if len(row) != len(columns):
                    raise DataError(
                        path, numbers[-1], f"{len(row)} cells where {len(columns)} are expected"
                    )
                yield numbers[-1], dict(zip(columns, row, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(path, None, f"cannot be read: {error}") from error
