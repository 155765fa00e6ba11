"""What is asked of flows and words, and the rules and tests that hold it; `docs/rules.md` shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One demand. `rules` are ids; `tests` are `file::name` below tests/; `rest` is said in words."""

    id: str
    demand: str
    rules: str = ""
    tests: str = ""
    rest: str = ""


CONVERSATION = (
    Row("C1", "A card is short", "long-card", rest="one card a turn, so never several bubbles"),
    Row("C2", "Sentences are short and easy to read", "many-words hard-to-read long-paragraph"),
    Row(
        "C3",
        "Few choices, short labels",
        "too-many-choices long-label too-long",
        rest="why ten in a list to choose several of: decision 19",
    ),
    Row(
        "C4",
        "Skip, back, help and leave stand on every question, in one order",
        "no-way-out no-words-for-help",
        "conversation/test_wording.py::test_controls_stand_in_the_same_order_on_every_card",
    ),
    Row(
        "C5",
        "Skipped is not no, and a skipped question does not come again",
        "always-true never-asked",
        "conversation/test_engine.py::test_a_skipped_question_is_unknown_and_not_no"
        " conversation/test_replaying.py::test_skips_survive_an_edit",
    ),
    Row(
        "C6",
        "Everything can be pressed; nothing needs typing",
        "only-by-typing nothing-to-choose",
    ),
    Row(
        "C7",
        "Services after three answers, and at any time; eight questions more at most",
        "late-result many-questions",
        "test_simulator.py::test_the_first_result_comes_after_at_most_three_answers"
        " conversation/test_words_everywhere.py::"
        "test_services_can_be_shown_at_any_question_after_the_area"
        " conversation/test_first_services.py::test_stage_two_has_at_most_eight_questions",
    ),
    Row(
        "C8",
        "She knows how many questions are left",
        tests="conversation/test_progress.py::"
        "test_every_question_says_how_many_are_left_and_the_count_is_right",
    ),
    Row("C9", "A sensitive question says why, and that she can skip it", "no-reason"),
    Row(
        "C10",
        "What is hard to read comes only when she chose it",
        "unannounced",
        rest="the choice that leads there is the warning, the choices beside it the other way",
    ),
    Row("C11", "One question on a card, and never why she did", "two-questions blame"),
    Row(
        "C12",
        "999 and 55 are one press away, in every language",
        "no-way-out placeholder digits",
        "test_simulator.py::"
        "test_urgent_help_comes_at_once_and_goes_back_to_the_same_question"
        " conversation/test_danger_paths.py::test_one_press_brings_the_numbers_in_every_language",
    ),
    Row("C13", "The first card says what this is, and forces nothing", "first-card"),
    Row("C14", "After danger numbers come before any question", "danger-asks-first"),
    Row("C15", "Danger never ends the talk", "danger-ends"),
    Row(
        "C16",
        "Words of distress come before anything else she types",
        tests="conversation/test_cries_for_help.py::"
        "test_a_cry_for_help_inside_a_sentence_brings_the_urgent_card"
        " conversation/test_cries_for_help.py::test_a_cry_for_help_is_seen_before_a_postcode"
        " conversation/test_safety.py::test_a_word_of_distress_is_found_wherever_it_stands"
        " conversation/test_cries_for_help.py"
        "::test_why_urgent_help_stands_is_said_where_she_did_not_ask_for_it",
        rest="'did I get that right' is said with a way back and not asked: no question may stand"
        " before the numbers",
    ),
    Row(
        "C17",
        "Nobody is turned away for what she types",
        "refusal",
        "conversation/test_typed_text.py::"
        "test_help_grows_with_every_miss_and_the_talk_never_ends"
        " conversation/test_typed_text.py::test_rubbish_of_any_length_or_script_keeps_nothing",
    ),
    Row("C18", "No ways of harming oneself; a line that never closes", "method no-line-for-life"),
    Row("C19", "No promise of safety or secrecy", "false-safety"),
    Row("C20", "Privacy is named only beside its limits", "privacy-without-limits"),
    Row(
        "C21",
        "No promise in the name of others",
        "promise",
        "conversation/test_describing.py::test_the_date_of_the_last_check_is_said_as_it_is",
    ),
    Row("C22", "People first; no words of blame", "people-first avoided-word"),
    Row("C23", "Who she is is never asked", "asks-who unknown-parser"),
    Row(
        "C24",
        "Of children only what would help; fear is explained",
        "asks-who threat asked-in-vain",
        "test_needs_table.py::test_every_finding_has_what_its_kind_asks_for"
        " conversation/test_pages.py::test_every_page_of_the_lists_is_walked_here",
    ),
    Row(
        "C25",
        "About stopping, every day and pregnancy, the warning comes first",
        "no-withdrawal-warning",
    ),
    Row("C26", "A lock screen gives nothing away", "gives-away"),
    Row(
        "C27",
        "Calm: no shouting, no alarm, no hurry",
        "loud",
        "test_settings.py::test_nobody_is_hurried",
        "an operator may set a shorter time",
    ),
    Row(
        "C28",
        "The chat never writes first",
        "unknown-key",
        "telegram/fake_rules/test_refused_edits.py::test_the_bot_cannot_be_the_first_to_write"
        " telegram/fake_rules/test_faults.py::test_a_message_that_nobody_asked_for_is_noted",
        "no key of a flow sends anything later",
    ),
    Row("C29", "No made-up feelings and no made-up person", "false-empathy"),
    Row(
        "C30",
        "A woman who worries about somebody reads what is true for her",
        "no-words-for-other",
    ),
    Row(
        "C31",
        "Safety words in doubt are said in English",
        "doubtful",
        "locales/test_catalogues.py::test_a_fuzzy_safety_text_is_not_said"
        " locales/test_voice.py::test_safety_words_whose_english_changed_come_in_english",
        "`Voice._find` and `_can_be_said`; below a review, `LINNET_MIN_STATUS` hides a language",
    ),
    Row("C32", "No number, hour, price or address stands in a text", "number-in-words"),
    Row(
        "C33",
        "The end leaves her with a number and the next step",
        "bare-end",
    ),
    Row(
        "C34",
        "Where nothing fits it is said, and lines stand",
        "nothing-when-empty",
        "directory/test_any_directory.py::test_she_never_finds_nothing",
    ),
    Row("C35", "A choice for everything else leads somewhere", "other-leads-nowhere"),
    Row(
        "C36",
        "The short way says what it leaves out",
        "quick-route",
        rest="that it does, by a phrase; whether it names everything is left to reviewers",
    ),
    Row(
        "C37",
        "Every step is reached, every text is there, every way ends",
        "unreachable loose-end endless untranslated out-of-step unknown-key",
        "test_simulator.py::test_every_move_ends_or_waits"
        " test_simulator.py::test_every_card_can_be_drawn_in_every_language"
        " conversation/test_danger_paths.py::test_every_answer_that_tells_of_danger_goes_on",
    ),
    Row(
        "C38",
        "Every woman is asked about community; nothing follows from language",
        "from-her-language",
    ),
    Row("C39", "A hidden place has no address", "hidden-address unsafe-address street-in-text"),
    Row(
        "C40",
        "What a service offers is yes, no or not known, with a date",
        "wait-undated wait-old check-in-future",
        "directory/test_matching.py::test_only_a_stated_no_breaks_a_must"
        " directory/test_matching.py::"
        "test_an_old_entry_is_hidden_where_a_fresher_one_covers_its_council_and_kind",
    ),
)

LANGUAGE = (
    Row("1", "The file is YAML", "yaml yaml-tab encoding"),
    Row("2", "No key twice", "duplicate-key"),
    Row("3", "No unknown key", "unknown-key"),
    Row(
        "4",
        "No anchors, tags, merge keys; no huge file",
        "yaml-anchor yaml-tag too-large too-deep",
    ),
    Row("5", "A step does one thing", "step-kind"),
    Row("6", "Names are small letters, digits and _", "bad-id"),
    Row("7", "Every jump and call leads somewhere", "unknown-step unknown-flow"),
    Row("8", "Conditions can be read", "bad-expression"),
    Row("9", "Conditions name steps and facts", "unknown-name"),
    Row("10", "Conditions name choices", "unknown-choice"),
    Row("11", "Tests fit their step", "wrong-test"),
    Row("12", "Nothing is read before it is asked", "reads-future"),
    Row("13", "Every way comes to an end", "loose-end"),
    Row(
        "14",
        "Every step is reached; conditions come out both ways",
        "unreachable never-asked always-true",
    ),
    Row("15", "No endless round", "endless"),
    Row("16", "Calls come back", "recursion no-return return-at-top call-depth"),
    Row("17", "Leave and help have words in every language", "no-way-out no-words-for-help"),
    Row("18", "No choice has a word that works everywhere", "word-clash translated-clash"),
    Row("19", "No two choices look alike or share a word", "same-label"),
    Row(
        "20", "Several answers are possible answers", "bad-range alone-on-single nothing-to-choose"
    ),
    Row(
        "21",
        "Needs are those of the directory",
        "unknown-feature",
        "test_promises.py::test_the_promise_has_a_step_a_need_and_a_fact",
        "a need that no entry states yet is no mistake: `linnet directory gaps` counts it",
    ),
    Row("22", "Slots are known and stay in translations", "unknown-slot placeholder"),
    Row(
        "23",
        "Answers are never shown again, nor asked without need",
        "leak asked-in-vain",
        "test_forbidden.py::test_threat_06_no_card_of_any_path_says_what_is_forbidden",
    ),
    Row(
        "24",
        "Labels, choices and messages fit",
        "long-label too-many-choices long-card many-words",
        "channels/telegram/test_drawing_shipped_cards.py::"
        "test_every_card_of_the_shipped_flows_is_taken_by_telegram"
        " channels/telegram/test_drawing_at_random.py::test_no_page_is_longer_than_telegram_takes"
        " conversation/test_codes.py::test_every_code_has_one_length_and_plain_letters",
    ),
    Row("25", "Translations are there and fresh", "untranslated doubtful out-of-step"),
    Row("26", "Parsers are known and can say what to type", "unknown-parser no-retry"),
    Row("27", "Old names are free", "bad-was"),
    Row("28", "One need is not wanted and avoided", "conflict"),
)


CATALOGUES = (
    Row(
        "L1",
        "A language has its folder, loads, and counts as it is written",
        "unreadable-catalogue unknown-language wrong-header",
        "locales/test_languages.py::test_unicode_groups_pick_the_form_that_gettext_picks"
        " locales/test_shipped_catalogues.py::test_gnu_finds_nothing_wrong",
    ),
    Row(
        "L2",
        "A catalogue is in step with the English, byte for byte",
        "out-of-step",
        "locales/test_sync.py::test_a_second_run_changes_no_byte"
        " locales/test_sync.py::test_likeness_is_never_a_reason",
    ),
    Row("L3", "A translation has the slots of the English", "placeholder unknown-slot"),
    Row(
        "L4",
        "Every plural form is there and says its number",
        "plural-count",
        "locales/test_shipped_catalogues.py::test_every_count_has_its_form_with_the_number_in_it",
    ),
    Row("L5", "Numbers are those of the English, and no address is one", "digits number-in-words"),
    Row(
        "L6",
        "No signs for machines",
        "markup",
        rest="Telegram gets plain text with entities, so no sign means anything there",
    ),
    Row("L7", "The letters are those of the script", "wrong-letters"),
    Row("L8", "The letters are not those of a neighbour", "wrong-letters"),
    Row("L9", "Nothing is left in English", "left-in-english half-english"),
    Row("L10", "No word that hurts", "avoided-word people-first"),
    Row("L11", "One thing has one name", "other-term"),
    Row(
        "L12",
        "Buttons and cards fit, and the first words give nothing away",
        "too-long long-label long-card gives-away",
        "locales/test_added_languages.py::test_nothing_longer_is_cut_on_telegram",
    ),
    Row(
        "L13",
        "One form of each letter, no stray signs, the right mark at the end",
        "spelling sentence-mark typed-mark odd-sign",
    ),
    Row(
        "L14",
        "From the right: islands are closed, numbers keep their order",
        tests="locales/test_directions.py::test_fault_18_every_value_is_seen_as_it_is_written"
        " locales/test_directions.py"
        "::test_every_line_reads_from_the_right_and_every_island_is_closed",
    ),
    Row("L15", "She is spoken to as a woman, or without gender", "avoided-word"),
    Row(
        "L16",
        "Typed words mean one thing in a language; across languages she is asked again",
        "translated-clash same-label no-words-for-help",
        "conversation/test_lexicons.py"
        "::test_a_word_that_means_two_things_in_other_languages_means_nothing"
        " conversation/test_typed_everywhere.py"
        "::test_the_words_that_leave_leave_in_every_language"
        " conversation/test_typed_everywhere.py"
        "::test_no_answer_of_hers_wipes_the_talk_because_of_another_language",
    ),
    Row(
        "L17",
        "Everything is translated; safety words in doubt are English",
        "untranslated doubtful",
        "locales/test_catalogues.py::test_a_fuzzy_safety_text_is_not_said",
    ),
    Row(
        "L18",
        "What is missing or broken is said in English, and nothing raises",
        tests="locales/test_catalogues.py::test_a_broken_catalogue_speaks_english"
        " locales/test_catalogues.py::test_a_language_that_is_not_there_speaks_english",
    ),
    Row(
        "L19",
        "Times, days and lists are in the letters of the language",
        tests="locales/test_shipped_catalogues.py"
        "::test_times_days_and_lists_are_in_the_letters_of_the_language",
    ),
    Row(
        "L20",
        "Every card can be said in every language, and in two made-up ones",
        tests="test_simulator.py::test_every_card_can_be_drawn_in_every_language"
        " locales/test_added_languages.py::test_no_word_of_a_card_stays_english",
    ),
    Row(
        "L21",
        "What was reviewed is reviewed as it stands",
        "unreadable-ledger bad-review stale-review",
        "locales/test_ledger.py::test_any_change_of_the_words_takes_the_review_away"
        " locales/test_standing.py::test_what_people_read_is_counted",
    ),
)
