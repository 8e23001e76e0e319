"""Dead links are found, and nobody gets to look into a private network through the bot."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bots.links import is_public, reach


class Site:
    """A server on this machine, and what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        """Each path is a status; `/get` knows no HEAD."""
        self.asked.append(f"{request.method} {request.path}")
        if request.path == "/get":
            return web.Response(status=404 if request.method == "HEAD" else 200)
        moved = {"Location": "http://192.0.2.1/"}
        return web.Response(status=int(request.path.strip("/")), headers=moved)


@pytest.fixture
def site() -> Site:
    """Nobody has asked it anything yet."""
    return Site()


@pytest.fixture
async def address(site: Site) -> AsyncIterator[str]:
    """Where it is."""
    app = web.Application()
    app.router.add_route("*", "/{path}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def anywhere(_: str) -> bool:
    """Of tests alone: this machine may be asked too."""
    return True


@pytest.mark.parametrize("path", ["200", "301", "403", "429", "get"])
async def test_these_are_there(address: str, path: str) -> None:
    assert await reach(f"http://{address}/{path}", anywhere)


@pytest.mark.parametrize("path", ["404", "410", "500"])
async def test_these_are_not(address: str, path: str) -> None:
    assert not await reach(f"http://{address}/{path}", anywhere)


async def test_a_name_that_nobody_has_is_not() -> None:
    assert not await reach("http://nobody.invalid/", anywhere)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1"])
async def test_this_machine_is_never_asked(address: str, site: Site, host: str) -> None:
    port = address.partition(":")[2]
    assert not await reach(f"http://{host}:{port}/200")
    assert site.asked == []


@pytest.mark.parametrize("number", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1"])
def test_these_lie_inside(number: str) -> None:
    assert not is_public(number)


def test_this_one_is_public() -> None:
    assert is_public("1.1.1.1")
