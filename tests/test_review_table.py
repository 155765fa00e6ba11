"""Every text of medicine, law or safeguarding is listed with its source, and none as reviewed."""

import re

from tests.review_table import TABLE, missing, read_review, shipped, table


def test_every_such_text_is_listed_with_a_source_and_a_reviewer():
    assert list(missing(*shipped())) == []


def test_the_file_has_no_mistake():
    assert read_review()[1] == []


def test_the_list_is_as_the_data_makes_it():
    assert TABLE.read_text(encoding="utf-8") == table(*shipped()), "run `make docs`"


def test_nothing_claims_to_have_been_reviewed():
    words = TABLE.read_text(encoding="utf-8")
    rows = shipped()[0].rows
    assert words.count("**Awaiting review by ") == len(rows)
    assert not re.search(r"\b(?:was|were|has been|have been) reviewed\b", words)
