"""The speed benchmark: results are kept and found again, medians and ratios are those of the rounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.speed_growth import exponent, fit_line
from benchmarks.speed_machine import describe_machine
from benchmarks.speed_records import left_out, middle, ratios, rounds_of, wall_of
from benchmarks.speed_report import BEGIN, END, write_files, write_page
from benchmarks.speed_runs import Kept, run_module
from benchmarks.speed_texts import make_text
from speed_made import CONFIG, floor, keep, measured

GOLDEN = Path(__file__).parent / "golden" / "speed.md"


def test_what_was_measured_is_not_measured_again_and_what_failed_is(tmp_path: Path) -> None:
    file, calls = tmp_path / "out" / "runs.jsonl", list[str]()

    def run(name: str, **record: object) -> dict[str, object]:
        calls.append(name)
        return dict(record)

    for _ in range(2):
        kept = Kept(file, "s")
        assert kept.get(("a", 1), lambda: run("a", wall=1))["wall"] == 1
        kept.get(("b", 1), lambda: run("b", failed="ValueError"))
        kept.get(("c", 1), lambda: run("c", skipped="not installed"))
    assert calls == ["a", "b", "c", "b", "c"]
    assert [record["key"] for record in kept.of("a")] == [["a", 1]]
    assert not Kept(file, "another").records


def test_a_line_that_was_cut_is_no_result(tmp_path: Path) -> None:
    file = tmp_path / "runs.jsonl"
    keep(file, measured("round", 1, "summarise"))
    with file.open("a") as out:
        out.write('{"key": ["round", 1, "xgr')
    assert list(Kept(file, "s").records) == [("round", 1, "summarise")]


def test_ratios_are_taken_within_a_round(tmp_path: Path) -> None:
    kept = keep(
        tmp_path / "runs.jsonl",
        measured("round", 1, "summarise", wall=2.0),
        measured("round", 2, "summarise", wall=4.0),
        measured("round", 1, "xgrammar", wall=20.0),
        measured("round", 2, "xgrammar", wall=60.0),
        measured("round", 3, "xgrammar", wall=90.0),
        {"key": ["round", 1, "outlines"], "skipped": "outlines is not installed"},
        {"key": ["round", 1, "guidance"], "failed": "ValueError"},
    )
    rounds = rounds_of(kept)
    assert list(rounds) == ["summarise", "xgrammar"]
    assert ratios(rounds, "xgrammar") == pytest.approx([10.0, 15.0])
    assert ratios(rounds, "llama.cpp") == []
    assert wall_of(rounds["xgrammar"][0]) == pytest.approx(20.0)
    assert middle(rounds["xgrammar"], "seconds", "decode") == pytest.approx(54.0)
    assert middle(rounds["xgrammar"], "seconds", "check") == 0
    assert left_out(kept) == ["guidance: ValueError", "outlines: outlines is not installed"]


def test_a_process_answers_with_its_last_line_or_with_the_kind_of_its_error() -> None:
    assert run_module(["json.tool", "--compact"], '{"a": [1]}', threads=1) == {"a": [1]}
    told = run_module(["timeit", "import nowhere_at_all"], "", threads=1)
    assert told == {"failed": "ModuleNotFoundError"}  # no text: it could hold a path
    assert run_module(["json.tool"], "no json", threads=1) == {"failed": "exit code 1"}
    assert "failed" in run_module(["timeit", "while True: pass"], "", threads=1, limit=0.1)


def test_a_straight_line_is_found_and_a_square_is_none() -> None:
    assert fit_line([1, 2, 4], [3, 5, 9]) == pytest.approx((1, 2, 1))
    lengths = (1_000, 5_000, 10_000, 20_000)
    straight = [measured("growth", n, wall=n / 1000) for n in lengths]
    assert exponent(straight) == pytest.approx(1)
    assert exponent([measured("growth", n, wall=n * n) for n in lengths]) == pytest.approx(2)
    assert exponent(straight[:2]) is None


def test_a_text_is_as_long_as_asked_and_always_the_same() -> None:
    for characters in (1_000, 2_000, 20_000):
        text = make_text(characters)
        assert characters - 250 < len(text) <= characters
        assert text == make_text(characters) != make_text(characters, 2)
        assert text[-1] in '."'
    paragraphs = make_text(50_000).split("\n\n")
    assert len(set(paragraphs)) == len(paragraphs)


def test_the_machine_is_told_without_its_name() -> None:
    told = describe_machine("vendor_id : AuthenticAMD\nmodel name : X\nflags : sse avx2 fma", 2, 24 << 30)
    assert told == "2 cores of an AMD processor with AVX2 and without bfloat16 units, 24 GiB of memory"
    told = describe_machine("vendor_id : GenuineIntel\nflags : avx2 avx512f amx_bf16", 8, 64 << 30)
    assert told == "8 cores of an Intel processor with AVX-512 and with bfloat16 units, 64 GiB of memory"


def test_the_page_is_as_reviewed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    own = {"passes": 40, "tokens": 1000, "shown": 3000, "items": 60, "peak_mib": 900.0}
    kept = keep(
        tmp_path / "runs.jsonl",
        *(measured("round", r, "summarise", wall=4.0 + r, **own) for r in (1, 2, 3)),
        *(measured("round", r, "llama.cpp", wall=30.0, peak_mib=300.0, dtype=None) for r in (1, 2, 3)),
        *(
            measured("round", r, "xgrammar", wall=97.5, cut="tokens", complete=False, valid=False)
            for r in (1, 2, 3)
        ),
        {"key": ["round", 1, "outlines"], "skipped": "outlines is not installed"},
        {"key": ["floor", 1], **floor()},
        {"key": ["cold", 1], "wall": 5.5, "peak_mib": 700.0},
        {"key": ["torch", 1], "wall": 3.0, "peak_mib": 300.0},
        *(measured("growth", n, wall=1 + n / 500, **own) for n in (1_000, 5_000, 10_000)),
        {"key": ["growth", 100_000], "failed": "exit code -9"},
        *(measured("batch", n, wall=5.0 * n**0.5, **own) for n in (1, 4)),
    )
    page = write_page(kept, CONFIG, "2 cores of a processor", 2)
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(page + "\n", "utf-8")
    assert page + "\n" == GOLDEN.read_text("utf-8")


def test_a_page_needs_no_peers_and_no_growth(tmp_path: Path) -> None:
    kept = keep(tmp_path / "runs.jsonl", measured("round", 1, "summarise"))
    page = write_page(kept, CONFIG, "A machine", 1)
    assert "times ours" not in page and "floor" not in page and "| no |" in page
    assert write_page(Kept(tmp_path / "none", "s"), CONFIG, "A machine", 1) == "A machine; 1 threads."


def test_the_page_goes_between_the_marks_and_nothing_else_changes(tmp_path: Path) -> None:
    file = tmp_path / "speed.md"
    file.write_text(f"# Head\n\n{BEGIN}old\n{END}\n\ntail\n", "utf-8")
    kept = keep(tmp_path / "runs.jsonl", *(measured("growth", n, wall=n / 100) for n in (1_000, 2_000)))
    write_files("the page", kept, tmp_path)
    text = file.read_text("utf-8")
    assert text.startswith(f"# Head\n\n{BEGIN}\nthe page\n") and text.endswith(f"\n{END}\n\ntail\n")
    assert "old" not in text and "speed-growth.png" in text
    assert (tmp_path / "speed-growth.png").read_bytes().startswith(b"\x89PNG")


def test_the_page_of_the_repository_has_its_marks() -> None:
    text = (Path(__file__).parent.parent / "benchmarks" / "speed.md").read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert json.dumps(str(Path.home()))[1:-1] not in text
