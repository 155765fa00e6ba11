"""Looking: what stands behind a card, in ids, for authors and services at a preview."""

from bot.conversation.messages import Look
from bot.directory.matching import Found
from bot.needs import Needs
from bot.sessions.model import Answer, Session


def looked(session: Session, needs: Needs, found: Found) -> Look:
    """The step, the answers so far, what they ask for, and the services that fit them."""
    asked = {
        "must": needs.must,
        "prefer": needs.prefer,
        "avoid": needs.avoid,
        "tags": needs.tags,
    }
    return Look(
        step=session.at,
        trail=tuple((name, _shown(answer)) for name, answer in session.trail),
        needs=tuple((how, ", ".join(sorted(names))) for how, names in asked.items() if names),
        matches=tuple(
            (
                each.service.id,
                ", ".join(each.has),
                ", ".join(each.lacks),
                ", ".join(each.unknown),
            )
            for each in (*found.matches, *found.national)
        ),
    )


def _shown(answer: Answer) -> str:
    if answer is None:
        return "(skipped)"
    return answer if isinstance(answer, str) else ", ".join(answer)
