from bot.directory.asking import resolve
from bot.directory.explanation import explain, worth_telling
from bot.directory.masks import legend
from tests.directory.searching import VOCABULARY, needs, service


def explained(facts, **asked):
    one = service("s", facts)
    layout = legend(VOCABULARY, [one])
    mask, found = layout.mask(one, 0), resolve(needs(**asked), layout)
    return explain(mask, worth_telling(mask, found))


def test_each_need_stands_in_one_list_in_the_order_of_the_vocabulary():
    found = explained(
        {"times.weekend": "yes", "times.evening": "yes", "children.creche": "no"},
        prefer="weekend creche evening alcohol",
    )
    assert found == (("evening", "weekend"), ("creche",), ("alcohol",))


def test_what_she_did_not_ask_is_not_told():
    assert explained({"times.evening": "yes"}, prefer="weekend") == ((), (), ("weekend",))


def test_where_a_must_is_refused_the_weaker_need_is_told():
    found = explained({"children.creche": "no", "children.welcome": "any"}, must="creche weekend")
    assert found == (("children_welcome",), ("creche",), ("weekend",))


def test_where_a_must_is_not_refused_the_weaker_need_is_not_told():
    assert explained({"children.welcome": "any"}, must="creche") == ((), (), ("creche",))


def test_a_weaker_need_that_she_asked_for_too_is_told_once():
    found = explained({"children.creche": "no"}, must="creche", prefer="children_welcome")
    assert found == ((), ("creche",), ("children_welcome",))
