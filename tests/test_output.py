"""Summaries as JSON: the contract's keys in the contract's order, every character as it is."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from contract import TOP, breaches
from summarise.article import Article
from summarise.output import put, summary_data, write_schema, write_summary
from summarise.summary import Actor, ArticleInfo, Coverage, Provenance, Summary

TEXT = "Éva “日本” 🙂\u2028said so."


def summary(**more: Any) -> Summary:
    article = Article(TEXT)
    actor = Actor(
        name="Éva",
        kind="person",
        evidence=TEXT,
        spans={"name": (0, 3), "evidence": (0, len(TEXT))},
        mentions=((0, 3),),
        **more,
    )
    return Summary(
        article=ArticleInfo(characters=len(TEXT), sha256=article.sha256),
        actors=(actor,),
        coverage=Coverage(
            sentences=1,
            sentences_read=1,
            numbers=0,
            numbers_reported=0,
            quotations=1,
            quotations_reported=0,
            complete=True,
        ),
        provenance=Provenance(version="0", model="m", prompt="p"),
    )


def test_one_line_and_indented_are_the_same_data() -> None:
    line, page = (write_summary(summary(), line=flag) for flag in (True, False))
    assert line.count("\n") == 1 and line.endswith("\n")
    assert page.count("\n") > 20 and page.endswith("}\n")
    assert json.loads(line) == json.loads(page) == json.loads(json.dumps(summary_data(summary())))
    assert list(breaches(json.loads(line), TEXT)) == []


def test_keys_stand_in_the_order_of_the_contract() -> None:
    assert list(json.loads(write_summary(summary(), line=True))) == TOP
    actor = summary_data(summary(confidence=0.5))["actors"][0]  # type: ignore[index]
    keys = ["name", "kind", "role", "aliases", "evidence", "confidence", "spans", "mentions"]
    assert list(actor) == keys


def test_characters_are_written_as_they_are() -> None:
    assert "Éva “日本” 🙂\u2028" in write_summary(summary(), line=True)


def test_a_confidence_that_is_not_known_is_left_out() -> None:
    assert "confidence" not in write_summary(summary(), line=True)
    assert '"confidence": 0.25' in write_summary(summary(confidence=0.25), line=True)


def test_what_is_put_out_is_utf_8_and_flushed() -> None:
    class Stream(io.BytesIO):
        flushed = False

        def flush(self) -> None:
            self.flushed = True

    stream = Stream()
    put("é\ud800\n", stream)
    assert stream.getvalue() == "é?\n".encode() and stream.flushed


def test_the_schema_holds_for_what_is_written_and_for_nothing_broken() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(write_schema())
    check = jsonschema.Draft202012Validator(schema)
    check.check_schema(schema)
    data = json.loads(write_summary(summary(confidence=1.0), line=True))
    check.validate(data)
    for key, value in [("schema", "summarise/2"), ("actors", [{}]), ("coverage", None), ("more", 1)]:
        assert not check.is_valid({**data, key: value}), key


def test_python_writes_the_same_document_as_the_shell() -> None:
    written = summary().model_dump_json()
    assert json.loads(written) == summary_data(summary())
    assert Summary.model_validate_json(written) == summary()
