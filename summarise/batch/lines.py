"""JSON Lines to records. A bad line costs itself; a stream that breaks costs what is behind the break."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from summarise.batch.record import Form, Record, fail, read_record
from summarise.batch.streams import BROKEN, read_lines, reason


def read_jsonl(stream: BinaryIO, name: str, form: Form) -> Iterator[Record]:
    """The records of `stream`, called `name`:1 and so on by line; blank lines are none."""
    # a character takes at most twelve bytes in JSON, and other fields may lie beside the text
    most = 12 * form.most + 1_000_000
    number = 0
    try:
        for number, line in enumerate(read_lines(stream, most), 1):
            place = f"{name}:{number}"
            if line is None:
                yield fail(place, f"the line has more than {most:,} bytes", "split it, or --max-characters")
                continue
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield _read_line(place, line, form)
    except BROKEN as error:
        yield fail(name, f"broken after line {number}: {reason(error)}", "get the file whole; then run again")


def _read_line(place: str, line: bytes, form: Form) -> Record:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return fail(place, f"the line is not UTF-8 at byte {error.start}", "write the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return fail(place, f"the line is not JSON: {reason(error)}", "one JSON object a line")
    if not isinstance(data, dict):
        return fail(place, "the line is no JSON object", 'one object a line, like {"id": …, "text": …}')
    return read_record(place, data, form)
