"""The machine in words, so that a table says what it was measured on and nobody learns whose it is."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def describe_machine(cpuinfo: str | None = None, cores: int | None = None, memory: int | None = None) -> str:
    """The machine in words, without its name; each part is read from it where it isn't given."""
    if cpuinfo is None:
        place = Path("/proc/cpuinfo")
        cpuinfo = place.read_text("utf-8") if place.is_file() else ""
    words = set(cpuinfo.split())
    makers = {"AuthenticAMD": "AMD", "GenuineIntel": "Intel"}
    maker = next((name for word, name in makers.items() if word in words), platform.machine())
    units = next((name for word, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if word in words), None)
    brain = "with" if words & {"amx_bf16", "avx512_bf16", "bf16"} else "without"
    cores = cores or os.cpu_count() or 1
    memory = memory or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    having = f"with {units} and {brain} bfloat16 units" if units else f"{brain} bfloat16 units"
    return f"{cores} cores of an {maker} processor {having}, {memory / 2**30:.0f} GiB of memory"
