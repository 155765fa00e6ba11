from bot.directory.shape import CONTACT_VALUES, FACTS, REQUIRED, SHAPE, WORKED_OUT, fact_name


def test_every_closed_list_is_closed():
    for key, value in SHAPE.items():
        assert bool(value.choices) == (
            value.kind in {"choice", "choices", "lines_or_choice"}
            or key == "languages.interpreter"
        ), key


def test_no_closed_list_names_a_word_twice():
    for key, value in SHAPE.items():
        assert len(set(value.choices)) == len(value.choices), key


def test_what_is_required_is_part_of_the_shape():
    parts = {key.rpartition(".")[0].removesuffix("[]") for key in SHAPE} | set(SHAPE)
    assert set(REQUIRED) <= parts


def test_every_type_of_contact_has_a_key_for_its_value():
    assert set(CONTACT_VALUES) == set(SHAPE["contact[].type"].choices)
    for names in CONTACT_VALUES.values():
        assert all(f"contact[].{name}" in SHAPE for name in names)


def test_a_list_of_blocks_lends_its_facts_to_the_service():
    assert fact_name("places[].sign") == "place.sign"
    assert fact_name("contact[].answered") == "contact.answered"
    assert fact_name("sessions[].what") == "sessions.what"
    assert fact_name("worker.female") == "worker.female"
    assert fact_name("kind") == "kind"


def test_the_facts_that_needs_may_use_have_all_their_values():
    assert FACTS["worker.female"] == ("guaranteed", "on_request", "no")
    assert FACTS["place.men"] == ("never", "other_times", "same_time")
    assert {"en", "pa", "any_by_phone"} <= set(FACTS["languages.interpreter"])
    assert "treatment" in FACTS["kind"]


def test_facts_that_are_worked_out_may_be_used_too():
    named = {
        *("times.evening", "times.night", "times.weekend", "times.school_hours"),
        *("contact.no_voice", "contact.phone", "contact.answered", "groups.women_only"),
        *("hours.holiday_dropin", "ways.drop_in", "sharing.stated", "wait.short"),
        *("on_site.several", "helps_with", "who"),
    }
    assert named <= set(FACTS)
    assert set(WORKED_OUT) <= set(FACTS)


def test_what_says_nothing_about_a_service_is_no_fact():
    assert not {"schema", "status", "name", "summary", "contact.number"} & set(FACTS)
