from bot.directory.companions import companions
from tests.directory.searching import at, service


def together(*places):
    services = [service(f"s{number}", places=place) for number, place in enumerate(places)]
    return companions(services).get("s0", frozenset({"s0"}))


def test_one_postcode_and_street_are_one_place_however_they_are_written():
    assert together(at("B1 1AA", "1 St Mary's Rd."), at("b11aa", "1, St Marys road")) == {
        "s0",
        "s1",
    }


def test_another_street_of_the_postcode_is_another_place():
    assert together(at("B1 1AA", "1 High Street"), at("B1 1AA", "2 High Street")) == {"s0"}


def test_another_postcode_is_another_place():
    assert together(at("B1 1AA", "1 High Street"), at("B1 1AB", "1 High Street")) == {"s0"}


def test_without_a_street_the_postcode_decides():
    assert together(at("B1 1AA"), at("B1 1AA", "2 High Street")) == {"s0", "s1"}
    assert together(at("B1 1AA", "2 High Street"), at("B1 1AA")) == {"s0", "s1"}


def test_places_without_a_postcode_are_nowhere():
    assert together(at(None, "1 High Street"), at(None, "1 High Street")) == {"s0"}


def test_all_places_of_a_service_count():
    many = (*at("B1 1AA"), *at("B2 2BB"))
    assert together(many, at("B2 2BB"), at("B1 1AA")) == {"s0", "s1", "s2"}
