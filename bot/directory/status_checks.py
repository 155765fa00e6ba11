"""Checks of the status: a service that stopped, or never wanted to be listed, is not shown."""

from bot.directory.findings import Around, Finding, Findings, Rule, where
from bot.directory.model import Service, Status


def _stopped(service: Service, _: Around) -> Findings:
    # Whoever writes a pause and forgets the status would leave a woman before a locked door.
    for name in ("paused", "closed"):
        keys = [key for key in service.stated if key.startswith(f"{name}.")]
        if keys:
            why = f"'{name}' stands here, but the status is active; write status: {name}"
            yield Finding(where(service, keys[0]), f"{why}, or take '{name}' out")


def _unwanted(service: Service, _: Around) -> Findings:
    if service.has("do_not_list"):
        why = "do_not_list is yes, but the status is active; write status: closed"
        yield Finding(where(service, "do_not_list"), why)


def _no_reason(service: Service, _: Around) -> Findings:
    # The file stays so that nobody adds the service again; without a reason somebody would.
    if service.status is Status.CLOSED and "closed.why" not in service.stated:
        why = "a closed entry does not say why; add closed.why, so that nobody adds it again"
        yield Finding(where(service, "status"), why, "warning")


RULES = (
    Rule(
        "stopped-but-active",
        "Paused or closed words in an active entry.",
        _stopped,
        shown_only=True,
    ),
    Rule(
        "do-not-list",
        "A service that does not want to be listed is active.",
        _unwanted,
        shown_only=True,
    ),
    Rule("closed-without-reason", "A closed entry does not say why it closed.", _no_reason),
)
