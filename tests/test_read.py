"""Bytes become the very text they hold, or an error that says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import InputError
from summarise.read import read_bytes, read_file, read_text
from summarise.sentences import split_sentences

ARTICLES = Path(__file__).parent / "articles"
PROSE = "Café owner Zoë Brand said on Monday that the façade – “our pride” – would cost £20,000.\r\n"
PAGE = """<!doctype html>
<html><head>{}<title>Café façade falls</title></head>
<body><nav><a href="/">Home</a></nav>
<article><h1>Café façade falls</h1>
<p>The façade of a café in the old town fell into the street on Monday.</p>
<p>Nobody was hurt, said its owner, Zoë Brand, who had asked the council for £20,000 in May.</p>
</article></body></html>
"""


def can_be_an_article(text: str) -> bool:
    try:
        read_text(text)
    except InputError:
        return False
    return True


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t")), st.booleans())
def test_utf8_is_decoded_exactly(text: str, mark: bool) -> None:
    data = text.encode("utf-8-sig" if mark else "utf-8")
    if can_be_an_article(data.decode("utf-8-sig")):
        assert read_bytes(data, html=False).text == data.decode("utf-8-sig")
    else:
        with pytest.raises(InputError):
            read_bytes(data, html=False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "cp1252"])
def test_other_encodings_are_made_out(encoding: str) -> None:
    assert read_bytes(PROSE.encode(encoding)).text == PROSE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "The mayor of Málaga, José Peña, said that the façade was safe."),
        ("cp1251", "Мэр города заявил в понедельник, что мост будет закрыт до конца следующей недели."),
        ("shift_jis", "市長は月曜日、橋を来週まで閉鎖すると述べた。住民は反対している。"),
    ],
)
def test_alphabets_are_detected(encoding: str, text: str) -> None:
    assert read_bytes(text.encode(encoding)).text == text


@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_an_input_error(data: bytes) -> None:
    try:
        article = read_bytes(data)
    except InputError as error:
        assert error.hint
        assert "\n" not in str(error)
    else:
        assert article.text.strip()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 some words", "PDF"),
        (b"PK\x03\x04words", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"one\0two", "NUL"),
        (b"\x01\x02\x03\x04 words", "binary"),
        (b"\xff\xfea", "encoding"),
        (b"word " * 1000, "longer than"),
    ],
)
def test_what_can_be_no_article_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_bytes(data, most=1_000)


def test_size_is_judged_before_decoding_and_after() -> None:
    with pytest.raises(InputError, match="longer than"):
        read_bytes(b"\xff" * 5_000, most=1_000)
    assert read_bytes("é".encode() * 1_000, most=1_000).text == "é" * 1_000


@pytest.mark.parametrize(
    "start", ["RIFFA, Bahrain", "BZh is a postcode", "PK is a code", "GIF89 was a format"]
)
def test_prose_that_begins_like_a_binary_is_read(start: str) -> None:
    assert read_bytes(f"{start} and the rest of it.".encode()).text.startswith(start)


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("", "utf-16"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(meta: str, encoding: str) -> None:
    page = PAGE.replace("£", "") if encoding == "cp1250" else PAGE
    text = read_bytes(page.format(meta).replace("ï", "i").encode(encoding, "replace")).text
    assert text.startswith("Café façade falls\n\n") or encoding == "cp1250"
    assert "Zoë Brand" in text
    assert "Home" not in text


def test_html_false_keeps_the_tags_and_html_true_drops_them() -> None:
    assert read_bytes(PAGE.encode(), html=False).text == PAGE
    fragment = PAGE[PAGE.index("<article>") : PAGE.index("</body>")].encode()
    assert "<p>" not in read_bytes(fragment, html=True).text


def test_prose_with_a_few_tags_is_text() -> None:
    text = "The page said <b>no</b> and <i>never</i>.\n" + PROSE
    assert read_bytes(text.encode()).text == text


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><nav><a>Home</a> <a>News</a></nav></body></html>"]
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="no article"):
        read_bytes(page.encode())


def test_the_page_of_the_flood_is_its_article_alone() -> None:
    article = read_file(ARTICLES / "flood.html")
    assert (
        article.title
        and article.slice(article.title) == "River Tarn floods old town of Belcastre, 1,800 flee homes"
    )
    assert article.text.count("1,800 flee homes") == 1
    assert article.text.split("\n\n")[1].startswith("About 1,800 people fled")
    assert article.text.endswith("stay closed until Thursday.")
    for outside in ("Lemaire", "WhatsApp", "Most read", "cookies", "do not read me", "rights reserved"):
        assert outside not in article.text


def test_the_council_is_read_from_windows_1252() -> None:
    data = (ARTICLES / "council-latin1.txt").read_bytes()
    article = read_bytes(data)
    assert article.text == data.decode("cp1252")
    assert "“We didn’t ask for a café." in [one.text for one in split_sentences(article)]


def test_the_pasted_page_loses_its_crumbs_and_nothing_else() -> None:
    sentences = split_sentences(read_file(ARTICLES / "crumbs.txt"))
    assert len([one for one in sentences if one.kind == "crumb"]) == 18
    body = " ".join(one.text for one in sentences if one.kind == "body")
    assert "icon" not in body and "Lantern" not in body
    assert body.startswith("Kenya and Uganda reopened") and body.endswith("the usual fare.")


@pytest.mark.parametrize("name", ["ferry.txt", "tariffs.txt", "short.txt"])
def test_plain_articles_have_title_and_dateline(name: str) -> None:
    article = read_file(ARTICLES / name)
    assert article.id == (ARTICLES / name).as_posix()
    assert article.title and article.title[0] == 0
    assert article.dateline and "202" in article.slice(article.dateline)
    assert not [one for one in split_sentences(article) if one.kind == "crumb"]


def test_files_that_cannot_be_read_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        read_file(tmp_path)
    (tmp_path / "large.txt").write_bytes(b"word " * 1_000)
    with pytest.raises(InputError, match="longer than"):
        read_file(tmp_path / "large.txt", most=1_000)


def test_plain_text_needs_no_html_or_detection_library() -> None:
    code = (
        "import sys; from summarise.read import read_bytes; read_bytes(b'The quay was closed on Monday.');"
        "print([m for m in ('trafilatura', 'lxml', 'charset_normalizer', 'sentencex') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputError, match="half a character at 4"):
        read_text("Half\ud83d of it.")


@pytest.mark.parametrize(
    "word", ["Málaga", "São Paulo", "Besançon", "Zürich", "Malmö", "Bogotá", "“Ångström” – £5"]
)
@pytest.mark.parametrize("times", [1, 10])
def test_a_few_accents_in_english_are_windows_1252(word: str, times: int) -> None:
    text = f"The mayor of {word} said on Monday that twelve people had died after the storm.\n" * times
    assert read_bytes(text.encode("cp1252")).text == text


def test_broken_utf_8_is_refused_and_not_guessed_at() -> None:
    data = "The mayor of Málaga met the mayor of Córdoba in São Paulo".encode()
    with pytest.raises(InputError, match="UTF-8 with 1 broken"):
        read_bytes(data[:-1] + b"\xc3")


def test_a_file_may_be_named_by_a_string(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Twelve people died.", encoding="utf-8")
    assert read_file(str(path)) == read_file(path)
