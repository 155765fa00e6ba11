from bot.directory.stated import Stated, pattern
from bot.documents import Scalar
from bot.problems import Mark


def said(text: str) -> Scalar:
    return Scalar(text, Mark(), text, plain=True)


def test_a_full_key_is_found_in_the_shape_by_its_pattern():
    assert pattern("contact[12].number") == "contact[].number"
    assert pattern("worker.female") == "worker.female"


def test_values_are_read_one_at_a_time_or_as_a_list():
    stated = Stated({"name": (said("A Centre"),), "kind": (said("legal"), said("family"))})
    assert stated.text("name") == "A Centre"
    assert stated.texts("kind") == ("legal", "family")


def test_an_empty_list_is_not_the_same_as_nothing():
    stated = Stated({"hours.open": ()})
    assert stated.texts("hours.open") == ()
    assert stated.texts("kind") is None
    assert stated.text("hours.open") is None


def test_numbers_and_yes_are_read_as_such():
    stated = Stated({"age.from": (said("18"),), "cost.free": (said("yes"),)})
    assert (stated.whole("age.from"), stated.whole("age.to")) == (18, None)
    assert stated.is_yes("cost.free")
    assert not stated.is_yes("family_support")


def test_the_blocks_of_a_list_come_in_file_order():
    blocks = {"contact[0]": Mark(3), "places[0]": Mark(5), "contact[1]": Mark(7)}
    stated = Stated({}, blocks)
    assert list(stated.each("contact")) == [("contact[0]", Mark(3)), ("contact[1]", Mark(7))]
