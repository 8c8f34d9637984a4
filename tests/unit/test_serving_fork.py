"""Kernels forked from a process that has everything loaded."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager

from frise_analysis.serving.forkserver import ForkedProcess, ForkServer, ForkServerLost
from frise_analysis.serving.kernels import FriseKernelSpecManager

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def zygote() -> Iterator[ForkServer]:
    server = ForkServer.start()
    yield server
    server.stop()


@asynccontextmanager
async def kernel(**env: str) -> AsyncIterator[tuple[AsyncKernelManager, Any]]:
    manager = AsyncKernelManager(kernel_spec_manager=FriseKernelSpecManager(), transport="ipc")
    await manager.start_kernel(env={**os.environ, **env})
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    try:
        yield manager, client
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


async def evaluated(client: Any, expression: str) -> str:
    answer = await client._async_execute_interactive(
        "", user_expressions={"it": expression}, store_history=False, output_hook=lambda _: None
    )
    found = answer["content"]["user_expressions"]["it"]
    return found["data"]["text/plain"] if found["status"] == "ok" else found["ename"]


def test_the_zygote_runs_one_thread(zygote: ForkServer) -> None:
    """A fork copies one thread only: the process that forks must have no other, whatever it has imported."""
    assert zygote.wait_ready() == 1


async def test_a_kernel_runs_with_its_own_variables_and_no_history(zygote: ForkServer) -> None:
    """A forked kernel has the environment it was asked with, leads its own session, and keeps no history."""
    async with kernel(FRISE_ESSAI="oui") as (manager, client):
        assert await evaluated(client, "__import__('os').environ['FRISE_ESSAI']") == "'oui'"
        assert await evaluated(client, "__import__('os').getsid(0) == __import__('os').getpid()") == "True"
        assert await evaluated(client, "get_ipython().history_manager.enabled") == "False"
        assert manager.provisioner.pid in {child.pid for child in psutil.Process(zygote._process.pid).children()}


async def test_two_kernels_do_not_draw_the_same_numbers(zygote: ForkServer) -> None:
    """Copies of one process must not repeat its random numbers."""
    async with kernel() as (_, one), kernel() as (_, other):
        expression = "__import__('random').random(), __import__('uuid').uuid4()"
        assert await evaluated(one, expression) != await evaluated(other, expression)


async def test_widgets_speak_in_a_forked_kernel(zygote: ForkServer) -> None:
    """The page's question about all widgets finds somebody to answer, though ipywidgets was imported before."""
    async with kernel() as (_, client):
        expression = "'jupyter.widget.control' in __import__('comm').get_comm_manager().targets"
        assert await evaluated(client, expression) == "True"


async def test_the_store_can_be_read_in_a_forked_kernel(zygote: ForkServer) -> None:
    """DuckDB, loaded before the fork, opens and counts in the child with its own threads."""
    async with kernel() as (_, client):
        expression = "__import__('duckdb').connect(config={'threads': 2}).sql('select sum(i) from range(100000) t(i)').fetchall()"
        assert await evaluated(client, expression) == "[(4999950000,)]"


async def test_interrupt_restart_and_shutdown(zygote: ForkServer) -> None:
    """A forked kernel is interrupted, restarted as another process, and stopped like any other."""
    async with kernel() as (manager, client):
        first = manager.provisioner.pid
        request = client.execute("import time\nprint('running', flush=True)\ntime.sleep(60)")
        # An interrupt that comes before the code runs is nobody's.
        while (await client.get_iopub_msg(timeout=20))["msg_type"] != "stream":
            pass
        await manager.interrupt_kernel()
        answer = await client.get_shell_msg(timeout=20)
        assert (answer["parent_header"]["msg_id"], answer["content"]["ename"]) == (request, "KeyboardInterrupt")
        await manager.restart_kernel(now=True)
        await client.wait_for_ready(timeout=60)
        assert manager.provisioner.pid != first
        assert await manager.is_alive()
    assert not await manager.is_alive()


def test_a_kernel_that_fails_is_reported_ended(zygote: ForkServer, tmp_path) -> None:
    """A kernel that cannot start ends with a code instead of being waited for."""
    process = zygote.fork(
        ["-f", str(tmp_path / "absent" / "x.json")], env=dict(os.environ), cwd=str(tmp_path / "absent")
    )
    assert process.wait(30) == 1
    assert process.poll() == 1


def test_a_signal_to_an_ended_kernel_is_nothing(zygote: ForkServer, tmp_path) -> None:
    """A number that may now belong to another process is never signalled."""
    process = zygote.fork(["-f", "x"], env=dict(os.environ), cwd=str(tmp_path / "absent"))
    process.wait(30)
    process.send_signal(signal.SIGKILL)
    assert zygote.wait_ready() == 1


def test_everything_ends_with_the_zygote() -> None:
    """When the process that forks is stopped, its kernels end, and a new one cannot be had."""
    before = ForkServer.current
    server = ForkServer()
    server.wait_ready()
    process: ForkedProcess = server.fork(["-f", "/tmp/frise-essai-absent.json"], env=dict(os.environ), cwd="/")  # noqa: S108
    server.stop()
    assert process.wait(20) is not None
    with pytest.raises(ForkServerLost):
        server.fork([], env={}, cwd="/")
    assert ForkServer.current is before


async def test_without_a_zygote_the_kernel_is_an_ordinary_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """JupyterLab, or a system that cannot fork, gets the usual kernel from the same description."""
    monkeypatch.setattr(ForkServer, "current", None)
    async with kernel() as (manager, client):
        assert psutil.Process(manager.provisioner.pid).ppid() == os.getpid()
        assert await evaluated(client, "1 + 1") == "2"
