"""`--ray ADDRESS`: what may stand there, told apart before Ray is asked, which would wait for minutes."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from summarise import UsageError
from summarise.batch.address import check_address


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)


@pytest.fixture
def port() -> Iterator[int]:
    """Where somebody listens on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("address", ["auto", "local", "127.0.0.1:{port}", "localhost:{port}"])
def test_a_cluster_is_found_by_ray_made_here_or_where_somebody_listens(address: str, port: int) -> None:
    check_address(address.format(port=port))


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server:
        check_address(f"[::1]:{server.getsockname()[1]}")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "6379",
        "head",
        "head:",
        ":6379",
        "head:0",
        "head:65536",
        "head:6379/",
        "head: 6379",
        "::1:6379",
        "me@head:6379",
        "http://head:8265",
        "anyscale://cluster",
        "AUTO",
    ],
)
def test_what_is_no_address_is_told_which_there_are(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a Ray cluster") as refused:
        check_address(address)
    assert all(form in refused.value.hint for form in ("auto", "HOST:PORT", "local"))


def test_ray_client_is_refused_even_where_it_listens(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"ray://127.0.0.1:{port}"
    with pytest.raises(UsageError, match=f"{address} is for Ray Client.*ray job submit"):
        check_address(address)
    monkeypatch.setenv("RAY_ADDRESS", address)
    with pytest.raises(UsageError, match="Ray Client"):
        check_address("auto")
    check_address("local")


def test_nobody_there_is_said_at_once(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        left = f"127.0.0.1:{gone.getsockname()[1]}"
    with pytest.raises(UsageError, match=f"no Ray cluster at {left}: connection refused"):
        check_address(left)
    monkeypatch.setenv("RAY_ADDRESS", left)
    with pytest.raises(UsageError, match=f"no Ray cluster at {left}"):
        check_address("auto")
    check_address(f"127.0.0.1:{port}")
    with pytest.raises(UsageError, match="no such host"):
        check_address(f"{'a' * 70}.example:1")
