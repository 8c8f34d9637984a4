"""The server's side of the zygote: start it, ask it for kernels, know which have ended."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any, ClassVar

#: One thread per numeric library: a dozen sessions share a small machine, and a fork keeps no thread pool.
SINGLE_THREADED = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
PRELOAD_SECONDS = 120.0
FORK_SECONDS = 10.0
STOP_SECONDS = 5.0
KILLED = -9


class ForkServerLost(Exception):
    """The zygote has ended: no kernel can be forked any more."""


def can_fork() -> bool:
    """Whether kernels can be forked here: Linux only (elsewhere system libraries do not survive a fork)."""
    return sys.platform == "linux" and hasattr(os, "fork")


class ForkedProcess:
    """One forked kernel, with the part of ``subprocess.Popen`` that a kernel provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, server: ForkServer) -> None:
        self.pid = pid
        self._server = server

    @property
    def returncode(self) -> int | None:
        """How it ended, ``None`` while it runs."""
        return self._server.exit_code(self.pid)

    def poll(self) -> int | None:
        """How it ended, ``None`` while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; ``TimeoutExpired`` after ``timeout`` seconds."""
        return self._server.wait(self.pid, timeout)

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and whatever it started."""
        self._server.signal(self.pid, number)


class ForkServer:
    """A running zygote. ``ForkServer.current`` is the one the provisioner asks."""

    current: ClassVar[ForkServer | None] = None

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._numbers = itertools.count()
        self._forks: dict[int, Future[int]] = {}
        self._ends: dict[int, Future[int]] = {}
        self._lock = threading.Lock()
        self._ready: Future[int] = Future()
        self._process = _start_zygote(theirs)
        theirs.close()
        self._listener = threading.Thread(target=self._listen, name="zygote", daemon=True)
        self._listener.start()

    @classmethod
    def start(cls) -> ForkServer:
        """Start a zygote and make it the current one; it preloads in the background."""
        cls.current = cls()
        return cls.current

    def wait_ready(self) -> int:
        """Wait until the libraries are loaded; the number of threads the zygote runs (it must be 1)."""
        return self._ready.result(PRELOAD_SECONDS)

    def fork(self, arguments: Sequence[str], *, env: Mapping[str, str], cwd: str) -> ForkedProcess:
        """A new kernel process run with these arguments of ``ipykernel``; ``ForkServerLost`` when none can be had."""
        self.wait_ready()
        number, answer = next(self._numbers), Future[int]()
        self._forks[number] = answer
        self._send({"do": "fork", "id": number, "arguments": [*arguments], "env": {**env}, "cwd": cwd})
        return ForkedProcess(answer.result(FORK_SECONDS), self)

    def signal(self, pid: int, number: int) -> None:
        """Send a signal to one kernel; nothing happens if it has ended."""
        self._send({"do": "signal", "pid": pid, "signal": int(number)})

    def exit_code(self, pid: int) -> int | None:
        """How a kernel ended, ``None`` while it runs."""
        end = self._end_of(pid)
        return end.result() if end.done() else None

    def wait(self, pid: int, timeout: float | None) -> int:
        """Wait for the end of a kernel."""
        try:
            return self._end_of(pid).result(timeout)
        except TimeoutError:
            raise subprocess.TimeoutExpired("kernel", timeout or 0) from None

    def stop(self) -> None:
        """Close the zygote and, with it, all its kernels."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # Still loading its libraries: it has nothing to put in order.
            self._process.kill()
            self._process.wait()
        self._listener.join()
        self._socket.close()
        if ForkServer.current is self:
            ForkServer.current = None

    def _send(self, request: dict[str, Any]) -> None:
        try:
            with self._lock:
                self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            raise ForkServerLost("Le processus qui prépare les sessions s’est arrêté. Relancez frise serve.") from None

    def _end_of(self, pid: int) -> Future[int]:
        end = self._ends.setdefault(pid, Future())
        if not self._listener.is_alive() and not end.done():
            end.set_result(KILLED)
        return end

    def _listen(self) -> None:
        with self._socket.makefile("rb") as stream:
            for line in stream:
                self._take(json.loads(line))
        self._lose()

    def _take(self, event: dict[str, Any]) -> None:
        if event["event"] == "ready":
            self._ready.set_result(event["threads"])
        elif event["event"] == "forked":
            self._forks.pop(event["id"]).set_result(event["pid"])
        else:
            self._end_of(event["pid"]).set_result(event["code"])

    def _lose(self) -> None:
        lost = ForkServerLost("Le processus qui prépare les sessions s’est arrêté.")
        for waiting in (self._ready, *self._forks.values()):
            if not waiting.done():
                waiting.set_exception(lost)
        for end in tuple(self._ends.values()):
            if not end.done():
                end.set_result(KILLED)


def _start_zygote(theirs: socket.socket) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "frise_analysis.serving.zygote", str(theirs.fileno())]
    # Its own session: Ctrl-C in the terminal reaches the server only, which then stops the kernels in order.
    return subprocess.Popen(
        command,
        pass_fds=(theirs.fileno(),),
        env={**os.environ, **SINGLE_THREADED},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
