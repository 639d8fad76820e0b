"""The processes of the speed benchmark, with a tiny random model and with a scripted one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.peers import llguidance
from benchmarks.peers.task import WARM, Task, judge, make_task
from benchmarks.speed_own import in_shape, read_all
from fakes import ScriptedModel, save_tiny
from scripts import answer_from
from summarise import Summariser
from summarise.prompt import read_prompt


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Task:
    """One token a byte, so a short answer is soon cut."""
    folder = save_tiny(tmp_path_factory.mktemp("tiny"), "llama")
    return make_task(WARM, folder, None, most_tokens=40, seconds=None, threads=1, dtype="float32")


def test_a_peer_makes_a_pass_for_each_token(tiny: Task) -> None:
    measured = llguidance.measure(tiny)
    assert measured.answer.startswith('{"gist": ["') and not judge(measured.answer).complete
    assert measured.passes == measured.tokens == tiny.most_tokens and measured.cut == "tokens"
    assert 0.8 * len(tiny.prompt) < measured.prompt_tokens <= len(tiny.prompt)
    assert set(measured.seconds) == {"import", "load", "compile", "warm", "prefill", "decode"}
    assert min(measured.seconds["prefill"], measured.seconds["decode"]) > 0


def test_a_peer_is_cut_when_its_time_is_over(tiny: Task) -> None:
    measured = llguidance.measure(replace(tiny, seconds=1e-9))
    assert measured.tokens == measured.passes == 1 and measured.cut == "seconds"


def test_our_own_passes_and_phases_are_those_of_the_pipeline() -> None:
    model = ScriptedModel(answer_from(WARM, {}))
    measured, (summary,) = read_all(model, read_prompt(), [WARM], 1)
    counts = Summariser(model).measure(WARM).counts
    assert (measured.passes, measured.tokens, measured.shown) == (counts.passes, counts.tokens, counts.shown)
    assert measured.passes > 0 and measured.prompt_tokens > len(WARM)
    assert set(measured.seconds) == {"prefill", "decode", "check"} and min(measured.seconds.values()) > 0
    assert summary.coverage.complete and judge(in_shape(summary)).complete
