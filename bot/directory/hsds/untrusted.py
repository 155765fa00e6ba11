"""Untrusted JSON: read with limits, so that no file can take the machine or hide a second value."""

import json
from collections.abc import Sequence

from bot.directory.hsds.conformity import Refusal
from bot.directory.hsds.records import Record, Value
from bot.exceptions import DataError

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 24

# Where the services stand in a page of an API.
_PAGES = ("contents", "content", "items")


class RefusedError(DataError):
    """A document cannot be taken; `refusals` says why. It has no lines, so there are no problems."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(())
        self.refusals = tuple(refusals)


def refuse(where: str, why: str) -> RefusedError:
    """The error for one thing that is wrong."""
    return RefusedError([Refusal(where, why)])


def read_json(data: bytes) -> Value:
    """The value that a JSON file holds.

    Raises RefusedError when it is larger than 10 MB, not UTF-8, not JSON, deeper than 24 levels,
    when a key is there twice in one object, and for NaN and the like.
    """
    if len(data) > MAX_BYTES:
        raise refuse("the file", f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse("the file", "it is not UTF-8") from None
    try:
        found: Value = json.loads(text, object_pairs_hook=_once, parse_constant=_never)
    except RecursionError:
        raise refuse("the file", f"it is nested more than {MAX_DEPTH} levels deep") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise refuse(where, "this is not JSON") from None
    except ValueError:
        raise refuse("the file", "it has a number that is too long") from None
    if _deeper(found, MAX_DEPTH):
        raise refuse("the file", f"it is nested more than {MAX_DEPTH} levels deep")
    return found


def _once(pairs: list[tuple[str, Value]]) -> Record:
    found: Record = {}
    for name, value in pairs:
        if name in found:
            raise refuse("the file", f"an object has the key {json.dumps(name[:60])} twice")
        found[name] = value
    return found


def _never(name: str) -> Value:
    raise refuse("the file", f"{name} is not a number")


def _deeper(value: Value, most: int) -> bool:
    """Whether a value is nested deeper than `most`; level by level, so depth costs no stack."""
    level = [value]
    for _ in range(most + 1):
        inside: list[Value] = []
        for each in level:
            inside += each.values() if isinstance(each, dict) else ()
            inside += each if isinstance(each, list) else ()
        if not inside:
            return False
        level = inside
    return True


def services_in(found: Value) -> tuple[str, list[Record]]:
    """The services of a document and where they stand: a list, a page of an API, or one service.

    Raises RefusedError when it is none of these.
    """
    if isinstance(found, list):
        return "", _records(found, "")
    if isinstance(found, dict):
        for key in _PAGES:
            page = found.get(key)
            if isinstance(page, list):
                return key, _records(page, key)
        if "name" in found:
            return "", [found]
    why = "it must be a list of services, a page with 'contents' or 'items', or one service"
    raise refuse("the file", why)


def _records(found: Sequence[Value], at: str) -> list[Record]:
    for index, each in enumerate(found):
        if not isinstance(each, dict):
            raise refuse(f"{at}[{index}]", "this must be a service, as an object")
    return [each for each in found if isinstance(each, dict)]
