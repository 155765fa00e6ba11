"""Faults: a fault names what is to be done, and nothing of whom it was about."""

import pytest

from bot.channels.telegram.faults import Fault, TelegramFault
from bot.exceptions import LinnetError


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_says_its_kind_and_nothing_else(fault):
    told = TelegramFault(fault, 7.5)
    assert str(told) == fault.value
    assert repr(told) == f"TelegramFault('{fault.value}')"


def test_a_fault_carries_the_seconds_that_telegram_asked_for():
    assert TelegramFault(Fault.WAIT, 7).seconds == 7
    assert TelegramFault(Fault.GONE).seconds == 0


def test_a_fault_is_one_of_the_programs_own_errors():
    assert issubclass(TelegramFault, LinnetError)


@pytest.mark.parametrize("fault", Fault)
def test_the_name_of_a_fault_may_stand_in_the_log(fault):
    """The log lets words of letters pass and nothing else."""
    assert fault.name.replace("_", "").isalpha()
