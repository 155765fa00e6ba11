"""Explaining: what fits, what does not and what is not known, and nothing that gives her away."""

from dataclasses import replace
from types import SimpleNamespace

from bot.conversation.explaining import explain
from bot.needs import Needs


def test_what_fits_of_sensitive_answers_is_not_named(world, moment):
    """Nor the weaker need that stands for one of them, if she did not ask for it openly."""
    needs = Needs(frozenset({"creche", "woman_worker"}), sensitive=frozenset({"creche"}))
    material, voice = world.material, world.catalogues.voice("en")
    weaker = material.vocabulary.needs["creche"].relaxes_to
    match = SimpleNamespace(has=("woman_worker", "creche", weaker), lacks=(), unknown=("creche",))
    fits, lacks, asks = explain(match, needs, material.vocabulary, voice)
    assert (fits.lines, lacks) == (("A woman worker",), None)
    assert len(asks.questions) == 1  # what is not known is said all the same
    openly = replace(needs, prefer=frozenset({weaker}))
    assert len(explain(match, openly, material.vocabulary, voice)[0].lines) == 2
    match.has = ("creche",)
    assert explain(match, needs, material.vocabulary, voice)[0].lines == ()
    match.has = ()
    assert explain(match, needs, material.vocabulary, voice)[0] is None
