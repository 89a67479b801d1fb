"""Structs in Thrift's compact protocol, in which Parquet says what it holds.

Format: the specification of Apache Thrift, "Thrift compact protocol encoding".
"""

from __future__ import annotations

from typing import IO, Any

_STOP, _TRUE, _FALSE, _BYTE = 0, 1, 2, 3
_INTEGERS = (4, 5, 6)
_DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 7, 8, 9, 10, 11, 12
_DEEPEST = 16
_LONGEST = 1_000_000
"""Elements of a list and bytes of a string."""


def struct(file: IO[bytes], depth: int = 0) -> dict[int, Any]:
    """The struct at which a file stands: its values by the numbers of their fields.

    Integers, booleans, bytes, lists (of sets too) and structs are what they are; doubles and
    maps are passed over (None). The file then stands behind the struct. Raises ``ValueError``
    for what is no struct, ends too early or is too large.
    """
    if depth > _DEEPEST:
        raise ValueError("structs too deep in each other")
    found: dict[int, Any] = {}
    number = 0
    while (head := _byte(file)) != _STOP:
        number = number + (head >> 4) if head >> 4 else _zigzag(_varint(file))
        kind = head & 15
        # A boolean field is its kind, one in a list is a byte.
        boolean = kind in (_TRUE, _FALSE)
        found[number] = kind == _TRUE if boolean else _value(file, kind, depth)
    return found


def _value(file: IO[bytes], kind: int, depth: int) -> Any:
    if kind in _INTEGERS:
        return _zigzag(_varint(file))
    if kind == _STRUCT:
        return struct(file, depth + 1)
    if kind == _BINARY:
        return _bytes(file, _size(_varint(file)))
    if kind in (_LIST, _SET):
        head = _byte(file)
        size = _size(head >> 4 if head >> 4 < 15 else _varint(file))
        if depth > _DEEPEST:
            raise ValueError("lists too deep in each other")
        return [_value(file, head & 15, depth + 1) for _ in range(size)]
    if kind == _MAP:
        if size := _size(_varint(file)):
            kinds = _byte(file)
            for _ in range(size):
                _value(file, kinds >> 4, depth + 1)
                _value(file, kinds & 15, depth + 1)
        return None
    if kind == _DOUBLE:
        _bytes(file, 8)
        return None
    if kind in (_TRUE, _FALSE, _BYTE):
        return _byte(file)
    raise ValueError(f"no kind of value has the number {kind}")


def _byte(file: IO[bytes]) -> int:
    return _bytes(file, 1)[0]


def _bytes(file: IO[bytes], size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise ValueError("ends in the middle of a struct")
    return found


def _size(size: int) -> int:
    if size > _LONGEST:
        raise ValueError("a list or text too long")
    return size


def _varint(file: IO[bytes]) -> int:
    value = shift = 0
    while shift < 64:
        byte = _byte(file)
        value |= (byte & 127) << shift
        if byte < 128:
            return value
        shift += 7
    raise ValueError("a number without end")


def _zigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)
