"""Titles, datelines and crumbs: what is taken for one, and above all what never is."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.layout import find_crumbs, find_dateline, find_title

PROSE = (
    "The harbour board voted on Tuesday to close the old quay. Fishermen protested outside. "
    "Its chair, Nora Blake, said that the wood was rotten."
)
ANY_TEXT = st.one_of(
    st.text(),
    st.text(alphabet="ab .\n\r\u2028\t>©:-(/)'\ud800", max_size=200),
    st.lists(
        st.sampled_from(
            [
                "icon-facebook ",
                "Tue Oct 29 2024",
                "By Ann Lee",
                "\n",
                "\r\n",
                "(AP Photo/X)",
                "Share",
                PROSE,
                " ",
            ]
        )
    ).map("".join),
)


def strings(text: str) -> list[str]:
    return [text[start:end] for start, end in find_crumbs(text)]


def title(text: str) -> str | None:
    span = find_title(text)
    return text[span[0] : span[1]] if span else None


def dateline(text: str) -> str | None:
    span = find_dateline(text)
    return text[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    "line",
    [
        "icon-facebook icon-twitter icon-whatsapp",
        "Share",
        "Share on Facebook",
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "Tweet",
        "Copy link",
        "Follow us on WhatsApp",
        "Published: 3 May 2024, 10:14 GMT",
        "Last updated 3 May 2024 at 10:14",
        "Updated 2 hours ago",
        "By Jane Doe, Political Editor",
        "By Jane Doe and Sam O'Neill in Nairobi",
        "BY JANE DOE",
        "Read more: Why the quay was closed",
        "Also read",
        "Related articles",
        "Recommended",
        "Advertisement",
        "Sign up to our newsletter",
        "Subscribe",
        "We use cookies to improve your visit.",
        "Photo: Ann Lee",
        "File photo of the quay in winter.",
        "The quay on Monday. Image: Ann Lee.",
        "The quay on Monday (AP Photo/Ann Lee)",
        "Getty Images",
        "Fishermen at the quay. Ann Lee/Reuters",
        "Listen to article 3 min",
        "5 min read",
        "Tags: harbour, fish",
        "© 2024 The Daily Lantern. All rights reserved.",
        "Home > World > Europe",
        "12 comments",
        "Reporting by Jane Doe; editing by Sam Hill",
    ],
)
def test_a_line_of_a_web_page_is_a_crumb(line: str) -> None:
    assert strings(f"{PROSE}\n\n{line}\n\n{PROSE}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the harbour was closed.",
        "By Monday Evening",
        "Share prices fell by 3 per cent.",
        "Facebook",
        "Copyright law was changed in May.",
        "Read the ruling and weep, the judge said.",
        "Print is not dead, the editor said.",
        "Getty Images sued the company.",
        "Subscribe or starve: that was the choice, he said.",
        "The style icon-turned-politician won.",
        "Advertisers left the channel within hours.",
        "Home is where the heart is, she said.",
        "Comments by the minister angered Kenya.",
        "Tuesday was the hottest day of the year.",
        "On May 3, 2024, the bridge fell.",
        "The photo was taken by a neighbour.",
        "Two hours ago the ship was still afloat.",
        "Recommended doses were exceeded twice.",
        "A statue (pictured) was pulled down.",
        "Related charges against Ms. Doe were dropped.",
        "The video: shaky, short and in demand.",
        "It was the first Image: a grainy one.",
    ],
)
def test_a_sentence_of_news_is_no_crumb(line: str) -> None:
    assert strings(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


def test_icons_are_cut_out_of_the_middle_of_a_line() -> None:
    text = "By Ann Lee icon-facebook icon-twitter Tue Oct 29 2024 The quay fell. icon-whatsappIt was old."
    assert strings(text) == ["By Ann Lee", "icon-facebook icon-twitter Tue Oct 29 2024", "icon-whatsapp"]


def test_a_byline_inside_a_wrapped_paragraph_is_prose() -> None:
    assert (
        strings(f"{PROSE}\nThe report was written last year\nBy Ann Lee\nand her team at the ministry.") == []
    )


@pytest.mark.parametrize(
    "line",
    [
        "Saturday, March 5, 2022",
        "5 March 2022",
        "LONDON, 3 May 2024 —",
        "LONDON (Reuters) —",
        "2024-05-03",
        "2024-05-03T10:14:00+02:00",
        "Tue Oct 29 2024",
        "Nairobi, Kenya, 3 May 2024",
        "Friday, January 4, 2019\u00a0",
        "Nov. 24, 2004, 10:15 a.m. EST",
    ],
)
def test_a_line_that_only_dates_is_the_dateline(line: str) -> None:
    text = f"Old quay closed\n\n{line}\n\n{PROSE}"
    assert dateline(text) == line.strip()
    assert strings(text) == []
    assert title(text) == "Old quay closed"


@pytest.mark.parametrize(
    "line",
    ["On May 3, 2024, the bridge fell.", "March of the penguins", "Published: 3 May 2024", "May 3 protests"],
)
def test_a_line_that_says_more_is_no_dateline(line: str) -> None:
    assert dateline(f"Old quay closed\n\n{line}\n\n{PROSE}") is None


def test_a_date_far_down_is_no_dateline() -> None:
    assert dateline(f"{PROSE}\n\n" * 12 + "3 May 2024\n") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Old quay closed\n\n{PROSE}", "Old quay closed"),
        (f"  Old quay closed in the U.S.\r\n\r\n{PROSE}", "Old quay closed in the U.S."),
        (f"Who closed the quay?\n3 May 2024\n{PROSE}", "Who closed the quay?"),
        (f"Old quay closed\n{PROSE}", "Old quay closed"),
        (f"Home > World > Fish\n\nOld quay closed\n\n{PROSE}", "Old quay closed"),
        (f"Old quay closed icon-facebook icon-twitter {PROSE}", "Old quay closed"),
        (PROSE, None),
        (f"{PROSE}\n\n{PROSE}", None),
        ("Old quay closed", None),
        ("The board of the harbour voted on Monday to\nclose the quay after a long row.", None),
        ("", None),
    ],
)
def test_the_title_is_a_short_first_line_that_stands_apart(text: str, expected: str | None) -> None:
    assert title(text) == expected


@given(ANY_TEXT)
def test_spans_are_sorted_disjoint_and_stripped(text: str) -> None:
    spans = [*find_crumbs(text), *filter(None, (find_dateline(text),))]
    reached = 0
    for start, end in sorted(spans):
        assert reached <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        reached = end
    found = find_title(text)
    assert found is None or all(found[1] <= start or end <= found[0] for start, end in spans)


def test_no_labelled_item_is_inside_a_crumb() -> None:
    """In 136 articles (train and dev) none of 9,122 labelled spans touches one of the 76 crumbs."""
    data = os.environ.get("SUMMARISE_DATA")
    if not data:
        pytest.skip("SUMMARISE_DATA is not set")
    read = {}
    for name in ("articles", "labels"):
        lines = (Path(data) / name / "wikinews-2019.jsonl").read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line]
        read[name] = {row["id"]: row for row in rows if int(row["id"][-3:]) % 5}
    articles = labels = crumbs = hit = 0
    for id, row in read["articles"].items():
        found = find_crumbs(row["text"])
        items = [item for field in read["labels"][id].values() if isinstance(field, list) for item in field]
        spans = [span for item in items for value in item["spans"].values() for span in flat(value)]
        hit += sum(start < e and s < end for start, end in spans for s, e in found)
        articles, labels, crumbs = articles + 1, labels + len(spans), crumbs + len(found)
    assert (articles, hit) == (136, 0)
    assert labels > 9_000
    assert crumbs >= 70


def flat(value: list[int] | list[list[int]]) -> list[list[int]]:
    return value if value and isinstance(value[0], list) else [value] if value else []  # type: ignore[list-item, return-value]
