"""Bytes to try on a reader: noise, and real files with something done to them."""

from collections.abc import Sequence

from hypothesis import strategies as st

LONGEST = 6000  # bytes of a real file; a longer one is cut at the end of a line
MOST_CHANGES = 4

# What has stopped readers elsewhere.
ODD = (
    b"\x00", b"\xff", b"\xed\xa0\x80", "\u2028".encode(), "\u0663".encode(), b"\xef\xbb\xbf", b"\r",
    b"\t", b"\n", b"\n---\n", b"&a ", b"*a", b"<<: ", b"!!python/name:os ", b": ", b"- ", b"? ", b"[",
    b"{", b"]", b"}", b'"', b"'", b"#", b"%", b"|", b"\\", b",", b";", b".", b"-1", b"0", b"9" * 400,
    b"9" * 4400, b"1e999", b"NaN", b"Infinity", b'"\\ud800"', b"null", b"true", b"[]", b"{}", b'""',
    b"nplurals=99999999;", b"msgid ", b"24:00-00:00", b"PH ", b"2026-02-30",
)  # fmt: skip

Change = tuple[str, float, float, int]

_CHANGES = st.tuples(
    st.sampled_from(["flip", "cut", "repeat", "splice", "odd", "odd"]),
    st.floats(0, 1),
    st.floats(0, 0.2),
    st.integers(0, 999),
)


def changed(data: bytes, other: bytes, changes: Sequence[Change]) -> bytes:
    """`data` with all changes made, each at a share of its length; `other` is what is spliced in."""
    for kind, place, share, number in changes:
        at = int(place * len(data))
        end = at + 1 + int(share * len(data))
        if kind == "flip" and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([data[at] ^ (1 << number % 8)]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at] + data[end:]
        elif kind == "repeat":
            data = data[:at] + data[at:end] * (2 + number % 3) + data[end:]
        elif kind == "splice":
            start = int(place * len(other) * 0.9)
            data = data[:at] + other[start : start + end - at] + data[at:]
        elif kind == "odd":
            data = data[:at] + ODD[number % len(ODD)] * (1 + number % 2) + data[at:]
    return data


def noise() -> st.SearchStrategy[bytes]:
    """Any bytes, any text, and odd pieces in a row."""
    odd = st.lists(st.sampled_from(ODD), max_size=12).map(b"".join)
    return st.binary(max_size=300) | st.text(max_size=150).map(_encoded) | odd


def mutated(samples: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of `samples` with something done to it."""
    whole = st.sampled_from([_shortened(sample) for sample in samples])
    return st.builds(changed, whole, whole, st.lists(_CHANGES, min_size=1, max_size=MOST_CHANGES))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _shortened(sample: bytes) -> bytes:
    if len(sample) <= LONGEST:
        return sample
    return sample[: sample.rindex(b"\n", 0, LONGEST) + 1]
