"""Summaries that were written are read back as they were; what is none is said to be none."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries import saved, summaries
from summarise.errors import InputError
from summarise.output import summary_data, write_json, write_summary
from summarise.saved import ITEMS, copied_strings, find_objects, read_summaries, read_summary
from summarise.summary import Summary


def read(text: str) -> list[Summary | InputError]:
    return list(read_summaries(find_objects(io.BytesIO(text.encode()), "news.jsonl")))


@given(summaries, st.lists(st.booleans(), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_what_was_written_is_read_back_on_one_line_or_laid_out(summary: Summary, lines: list[bool]) -> None:
    text = "".join(write_summary(summary, line=line) for line in lines)
    assert read(text) == [summary] * len(lines)


def test_a_byte_order_mark_and_blank_lines_are_nothing() -> None:
    line = write_summary(saved("short"), line=True)
    assert read(f"\ufeff\n{line}\r\n\n{line}") == [saved("short")] * 2


def test_a_line_that_is_no_summary_costs_itself_and_says_where() -> None:
    line = write_summary(saved("short"), line=True)
    first, cut, other, last = read(f'{line}{line[:100]}\n{{"schema": "summarise-diff/1"}}\n{line}')
    assert first == last == saved("short")
    assert "news.jsonl:2 is no JSON" in str(cut)
    assert "news.jsonl:3 has the schema 'summarise-diff/1'" in str(other)


def test_a_summary_that_was_cut_off_is_said_to_be_none() -> None:
    (cut,) = read(write_summary(saved("short"), line=False)[:500])
    assert "news.jsonl:1 is no JSON" in str(cut)


def test_a_file_of_another_kind_is_one_error() -> None:
    (odd,) = read("Storm over Veltmark\n\nTwelve people were killed.\nIt rained.\n")
    assert str(odd) == "news.jsonl:1 to 4 begin no JSON object; give what summarise printed"


def test_lines_that_begin_no_object_cost_themselves_wherever_they_stand() -> None:
    line = write_summary(saved("short"), line=True)
    tail = line[100:]
    first, one, several, two, last = read(f"{tail}{line}{tail}\n{tail}total: 1\n{line}{tail}")
    assert one == two == saved("short")
    assert "news.jsonl:1 begins no JSON object; " in str(first)
    assert "news.jsonl:3 to 6 begin no JSON object; " in str(several)
    assert "news.jsonl:8 begins no JSON object; " in str(last)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("line", [True, False])
def test_what_a_shell_wrote_in_another_encoding_is_read_as_it_was(encoding: str, line: bool) -> None:
    gist = saved("short").gist[0].model_copy(update={"text": "Ċ\u2028\x85 ਊ 🌈 é"})  # bytes of line breaks
    odd = saved("short").model_copy(update={"gist": (gist,)})
    text = (write_summary(odd, line=line) + "oops\n" + write_summary(odd, line=line)).replace("\n", "\r\n")
    first, astray, second = read_summaries(find_objects(io.BytesIO(text.encode(encoding)), "news.jsonl"))
    assert first == second == odd
    assert "begins no JSON object" in str(astray)


def test_what_can_not_be_decoded_is_said_to_be_no_json() -> None:
    cut = io.BytesIO(write_summary(saved("short"), line=True).encode("utf-16") + b"{")
    with pytest.raises(InputError, match=r"news\.jsonl is no JSON: its characters can't be decoded"):
        list(find_objects(cut, "news.jsonl"))


@pytest.mark.parametrize("line", [True, False])
def test_a_summary_that_was_cut_off_costs_none_behind_it(line: bool) -> None:
    laid_out = write_summary(saved("short"), line=False)
    cut, whole = read(f"{laid_out[:500]}\n{write_summary(saved('short'), line=line)}")
    assert "news.jsonl:1 is no JSON" in str(cut)
    assert whole == saved("short")


def test_what_json_has_no_numbers_for_is_refused() -> None:
    (odd,) = read('{"schema": "summarise/1", "numbers": [{"value": NaN}]}')
    assert "news.jsonl:1 is no JSON: NaN is no JSON number" in str(odd)


def test_an_empty_stream_is_an_error() -> None:
    with pytest.raises(InputError, match=r"news\.jsonl is empty; give what summarise printed"):
        read("\n")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["actors", 0, "spans", "name"], None, "actors.0.spans.name"),
        (["actors", 0, "kind"], "robot", "actors.0.kind"),
        (["numbers", 0, "spans"], {}, r"numbers\[0\]: string and span of counts, evidence, mention"),
        (["gist", 0, "spans", "title"], [0, 1], r"gist\[0\]: string and span of title"),
        (["extra"], 1, "extra"),
    ],
)
def test_a_shape_that_is_wrong_is_named(path: list[str | int], value: object, said: str) -> None:
    data = json.loads(write_summary(saved("short"), line=True))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(InputError, match=f"the summary is no summarise/1: {said}"):
        read_summary(data)


def test_every_string_with_a_span_in_a_real_summary_is_known_to_have_one(articles: Path) -> None:
    for name in ("short", "ferry", "crumbs"):
        data = summary_data(saved(name))
        text = (articles / f"{name}.txt").read_text("utf-8")
        for field, model in ITEMS.items():
            for item in data[field]:  # type: ignore[attr-defined]
                assert set(item["spans"]) <= set(copied_strings(model))
                assert all(text[s:e] == item[leaf] for leaf, (s, e) in item["spans"].items())
        assert read(write_json(data, line=False)) == [saved(name)]
