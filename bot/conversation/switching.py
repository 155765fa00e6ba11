"""Switching: choices that may stand together, switched on and off before they are given."""

from collections.abc import Sequence

from bot.conversation.messages import Switch
from bot.conversation.plan import PlannedStep


def switched(
    planned: PlannedStep, options: Sequence[str], picked: Sequence[str], act: Switch
) -> tuple[str, ...]:
    """What is switched on after the act, in the order of `options`.

    What is no option of the step changes nothing, as does one more where there are already as
    many as the step takes. A choice that stands alone switches the others off, and the other way
    round.
    """
    many = planned.step.many
    if many is None or act.value not in options:
        return tuple(picked)
    left = [value for value in picked if value != act.value]
    if not act.on:
        return tuple(left)
    if act.value in planned.alone:
        return (act.value,)
    together = {*(value for value in left if value not in planned.alone), act.value}
    if many.most is not None and len(together) > many.most:
        return tuple(picked)
    return tuple(option for option in options if option in together)
