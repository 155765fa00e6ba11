"""A body: squeezed once, and only where that is worth it."""

import gzip

from bot.channels.web.body import LEAST, Body


def test_what_is_squeezed_comes_out_the_same():
    body = Body(b"words " * LEAST)
    squeezed = body.squeezed()
    assert gzip.decompress(squeezed) == body.plain
    assert len(squeezed) < len(body.plain) / 10


def test_it_is_squeezed_once():
    body = Body(b"x" * LEAST)
    assert body.squeezed() is body.squeezed()


def test_the_same_bytes_are_squeezed_to_the_same_bytes():
    assert Body(b"x" * LEAST).squeezed() == Body(b"x" * LEAST).squeezed()


def test_a_few_bytes_are_sent_as_they_are():
    assert Body(b"x" * (LEAST - 1)).squeezed() is None
