"""Our own training articles: each label stands in its text, and what does not is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import written
from training.written import FOLDER, read_file, read_written

SOUND = '''title = "Bakers stay shut in Lund"
text = """
[2] Bakers in Lund kept 14 shops closed on Friday.

[3] "We can't pay these rents," said Eva Holm, who runs one.
[4] The city said the rents were fair.
"""
gist = [2]
actors = [
  { name = "Bakers", kind = "group", at = 2 },
  { name = "Eva Holm", kind = "person", at = 3 },
]
numbers = [{ mention = "14", counts = "shops", at = 2 }]
locations = [{ name = "Lund", at = 2 }]
stances = [
  { holder = "Eva Holm", target = "rents", polarity = "against", quote = "We can't pay these rents", at = 3 },
]
'''


def one(folder: Path, text: str) -> Path:
    path = folder / "lund.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_written_article_fits_its_text() -> None:
    articles = list(read_written())
    assert len(articles) == len(list(FOLDER.glob("*.toml"))) > 0
    for labelled in articles:
        for field, items in labelled.labels.items():
            for item in items:
                for name, (start, end) in ((n, s) for n, s in item["spans"].items() if n != "aliases"):
                    assert labelled.article.text[start:end] == item[name], (labelled.id, field, item)


def test_few_labels_of_written_articles_have_no_place() -> None:
    articles = list(read_written())
    labels = sum(len(items) for labelled in articles for items in labelled.labels.values())
    lost = sum(sum(labelled.lost.values()) for labelled in articles)
    assert lost < 0.08 * labels


def test_sentences_and_paragraphs_stand_as_they_are_written(tmp_path: Path) -> None:
    text, labels = read_file(one(tmp_path, SOUND))
    assert text == (
        "Bakers stay shut in Lund\n\nBakers in Lund kept 14 shops closed on Friday.\n\n"
        '"We can\'t pay these rents," said Eva Holm, who runs one. The city said the rents were fair.'
    )
    assert labels["gist"][0]["text"] == "Bakers in Lund kept 14 shops closed on Friday."
    start, end = labels["actors"][0]["spans"]["name"]
    assert (text[start:end], start) == ("Bakers", text.index("Bakers in"))
    assert labels["stances"][0]["polarity"] == "against"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"14", counts = "shops"', '"15", counts = "shops"', "number '15': '15' does not stand in [2]"),
        ('counts = "shops"', 'counts = "shop"', "'shop' does not stand in the article"),
        ('name = "Lund", at = 2', 'name = "Lund", at = 3', "[3] has none of its names"),
        ('name = "Lund", at = 2', 'name = "Lund", at = 9', "there is no sentence [9]"),
        ('kind = "group"', 'kind = "bakery"', "'bakery' is none of person"),
        ('polarity = "against"', 'polarity = "angry"', "'angry' is none of for"),
        ("{ mention", "{ number", "has to have ['at', 'mention']"),
        ("[4] The city", "[5] The city", "the line after [3] has not the next number"),
        ("[4] The city said the", "[4] The city spoke. It said the", "[4] is not one sentence"),
        ("gist = [2]", "", "'gist'"),
        ("gist = [2]", "gist = 2", "not iterable"),
        ("gist = [2]", "gist = [", "lund.toml: "),
        ('[{ mention = "14", counts = "shops", at = 2 }]', "[14]", "'int' object has no attribute"),
    ],
)
def test_what_does_not_fit_is_told_with_the_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SOUND
    with pytest.raises(ValueError, match=r"lund\.toml: ") as caught:
        read_file(one(tmp_path, SOUND.replace(old, new)))
    assert told in str(caught.value)


def test_the_command_counts_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one(tmp_path, SOUND.replace('counts = "shops"', 'counts = "shop"'))
    monkeypatch.setattr(written, "FOLDER", tmp_path)
    assert written.main() == 1
    assert "1 articles, 1 with faults" in capsys.readouterr().out
