"""Care: the rules about how she is spoken to, in every language.

They are looked at by `linnet check` and not when Linnet starts. Harm prevented: a card that is
ten letters too long must not keep every woman from help.
"""

from collections.abc import Collection, Mapping

from bot.flows import card_checks, danger_checks, question_checks, talk_checks, typing_checks
from bot.flows.model import Flows
from bot.flows.rules import Rule, run
from bot.flows.spoken import Spoken, hear
from bot.locales.tongues import Tongue
from bot.problems import Problem

_RULES: tuple[Rule[Spoken], ...] = (
    card_checks.RULES
    + question_checks.RULES
    + danger_checks.RULES
    + talk_checks.RULES
    + typing_checks.RULES
)

RULES: Mapping[str, str] = {rule.id: rule.meaning for rule in _RULES}


def check_care(
    flows: Flows, tongues: tuple[Tongue, ...], day_and_night: Collection[str]
) -> tuple[list[Problem], frozenset[str]]:
    """Every breach of these rules, sorted by place, and the texts that can stand first on a card.

    The flows must have passed `check_flows`: with a jump that leads nowhere there are no cards.
    `tongues` begin with English. `day_and_night` are ids of entries that answer at any hour.
    """
    if flows.start not in flows.by_id:
        return [], frozenset()
    spoken = hear(flows, tongues, day_and_night)
    return sorted(run(_RULES, spoken)), card_checks.first_texts(spoken.cards)
