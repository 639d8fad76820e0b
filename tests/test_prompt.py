"""The wording comes from files alone, is complete, and every change of it shows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fakes import BYTES, ScriptedModel
from summarise import prompt as prompts
from summarise.asking import example_turns
from summarise.check import check_draft
from summarise.draft import Draft
from summarise.errors import UsageError
from summarise.families import read_families
from summarise.prompt import DEFAULT_PROMPT, Example, read_prompt
from summarise.read import read_text
from summarise.sentences import split_sentences
from test_skeleton import COURT

FAMILIES = read_families(Draft)
EXAMPLES = read_prompt().examples


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_pass_our_own_check_whole(example: Example) -> None:
    article = read_text(example.text)
    judgement = check_draft(article, split_sentences(article), Draft.model_validate(example.draft))
    assert judgement.rejected == ()
    for family, items in example.draft.items():
        assert len(getattr(judgement, family)) == len(items), family


def test_there_is_an_example_and_each_family_is_shown() -> None:
    assert {family for example in EXAMPLES for family in example.draft} == {f.name for f in FAMILIES}


@pytest.mark.parametrize("style", ["proposals", "items"])
def test_every_family_has_its_own_question(style: prompts.Style) -> None:
    prompt = read_prompt()
    questions = [prompt.render_ask(family, style) for family in FAMILIES]
    assert len(set(questions)) == len(FAMILIES)
    assert all(len(q) > 20 and "{" not in q and q == q.strip() for q in questions)
    assert set(prompt.wording[style]) == {family.name for family in FAMILIES}


@pytest.mark.parametrize("style", ["proposals", "items"])
def test_a_schema_that_is_not_ours_is_asked_by_its_descriptions(style: prompts.Style) -> None:
    question = read_prompt().render_ask(COURT["rulings"], style)
    assert "rulings" in question and "What a court decided in a sentence." in question


def test_braces_in_an_article_are_only_text() -> None:
    prompt = read_prompt()
    line = prompt.render_sentence(3, "a {number} of {sentences} {")
    assert line.endswith("a {number} of {sentences} {")
    assert line in prompt.render_article([line, line])


@pytest.mark.parametrize("style", ["proposals", "items"])
def test_examples_are_shown_as_they_would_be_asked(style: prompts.Style) -> None:
    model = ScriptedModel(lambda question, written: "")
    model.style = style
    turns = example_turns(read_prompt(), FAMILIES, model.style)
    assert [turn.role for turn in turns] == ["system", *["user", "assistant"] * len(FAMILIES) * len(EXAMPLES)]
    assert sum(turn.content.count("[2] ") for turn in turns if turn.role == "user") == len(EXAMPLES)
    assert BYTES.tokens.encode_chat(turns)


@pytest.mark.parametrize("name", [f"{DEFAULT_PROMPT}.toml", f"{DEFAULT_PROMPT}.examples.toml"])
def test_one_byte_more_is_another_prompt(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_prompt()
    shutil.copytree(prompts.prompts_folder(), tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(prompts, "prompts_folder", lambda: tmp_path)
    assert read_prompt().id == before.id
    with (tmp_path / name).open("ab") as file:
        file.write(b"\n")
    assert read_prompt().id != before.id
    assert read_prompt().id.startswith(f"{DEFAULT_PROMPT}:")


@pytest.mark.parametrize("name", ["news-0", "", "../prompts/nothing"])
def test_an_unknown_prompt_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_prompt(name)
    assert DEFAULT_PROMPT in caught.value.hint and "examples" not in caught.value.hint
