"""A process that has everything loaded and forks ready kernels: ``python -m frise_analysis.serving.zygote FD``.

It stays single-threaded, opens no store, no zmq context and no event loop: a fork copies only the calling thread, so
whatever another thread held (a lock, a socket) would be broken in every child.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

#: What every screen needs. Loaded once here, shared by all the kernels as copy-on-write memory.
PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "numpy",
    "pandas",
    "duckdb",
    "ipywidgets",
    "anywidget",
    "altair",
    "frise_analysis.store.engine",
    "frise_analysis.dashboards.parcours",
)
PR_SET_PDEATHSIG = 1
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP)

Message = dict[str, Any]


def main(arguments: list[str] | None = None) -> None:
    """Load everything, then fork kernels until the server closes its end of the socket."""
    descriptor = int((arguments or sys.argv[1:])[0])
    _die_with_parent(signal.SIGTERM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Zygote(socket.socket(fileno=descriptor)).serve()


class Zygote:
    """Answers ``fork`` and ``signal`` requests; tells the server when a child has ended."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._incoming = b""
        self._children: set[int] = set()
        self._wakeup, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Preload, say so, then answer requests one at a time."""
        preload()
        self._watch_children()
        self._selector.register(self._server, selectors.EVENT_READ)
        self._selector.register(self._wakeup, selectors.EVENT_READ)
        self._send({"event": "ready", "threads": len([*Path("/proc/self/task").iterdir()])})
        while self._turn():
            pass
        self._end_children()

    def _watch_children(self) -> None:
        self._waker.setblocking(False)
        self._wakeup.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _turn(self) -> bool:
        ready = {key.fileobj for key, _ in self._selector.select()}
        if self._wakeup in ready:
            self._wakeup.recv(4096)
            self._reap()
        return self._server not in ready or self._read()

    def _read(self) -> bool:
        received = self._server.recv(1 << 16)
        *lines, self._incoming = (self._incoming + received).split(b"\n")
        for line in lines:
            self._answer(json.loads(line))
        return bool(received)

    def _answer(self, request: Message) -> None:
        if request["do"] == "fork":
            self._fork(request)
        # A child is signalled from here because only its parent knows that its number is still its own.
        elif request["pid"] in self._children:
            _signal_group(request["pid"], request["signal"])

    def _fork(self, request: Message) -> None:
        pid = os.fork()
        if pid == 0:
            self._become_kernel(request)
        self._children.add(pid)
        self._send({"event": "forked", "id": request["id"], "pid": pid})

    def _become_kernel(self, request: Message) -> None:
        try:
            self._leave_zygote()
            run_kernel(request)
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else 0)
        except BaseException:  # noqa: BLE001 - a child must end here, never go back to the zygote's loop
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _leave_zygote(self) -> None:
        signal.set_wakeup_fd(-1)
        for number in _SIGNALS:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        os.setsid()
        _die_with_parent(signal.SIGTERM)
        self._selector.close()
        for end in (self._server, self._wakeup, self._waker):
            end.close()

    def _reap(self) -> None:
        for pid in tuple(self._children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._children.discard(pid)
                self._send({"event": "ended", "pid": pid, "code": os.waitstatus_to_exitcode(status)})

    def _send(self, event: Message) -> None:
        try:
            self._server.sendall(json.dumps(event).encode() + b"\n")
        except OSError:
            # The server is gone: the next read finds the end of the stream and stops the children.
            return

    def _end_children(self) -> None:
        for pid in self._children:
            _signal_group(pid, signal.SIGKILL)


def preload() -> list[str]:
    """Import what the screens need and keep it out of the garbage collector; the names that could not be imported.

    A collection would write to every object, so to every shared page, of each child.
    """
    gc.disable()
    # Nobody debugs a session step by step, and the debugger costs 0.3 s and its own threads in each of them.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    missing = [name for name in PRELOADED if not _imported(name)]
    _run_preload_hook()
    _close_default_connection()
    gc.collect()
    gc.freeze()
    return missing


def _imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - a screen that cannot be imported says so itself when it is opened
        sys.stderr.write(f"Non préchargé : {name} ({type(error).__name__})\n")
        return False
    return True


def _run_preload_hook() -> None:
    """Let the screens load what they build at first use (charts' schemas, the words of the catalogue)."""
    try:
        importlib.import_module("frise_analysis.dashboards.preload").preload()
    except ModuleNotFoundError:
        return
    except Exception:  # noqa: BLE001 - slower pages are better than none
        traceback.print_exc()


def _close_default_connection() -> None:
    """``import duckdb`` opens a database in memory and its thread; a child could neither use nor close them."""
    duckdb = sys.modules.get("duckdb")
    if duckdb is not None:
        duckdb.default_connection().close()


def run_kernel(request: Message) -> None:
    """Be the kernel of one session; called in the child, returns when the kernel stops."""
    _take_place(request)
    gc.enable()
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - already loaded: this names it in the child only

    application: Any = IPKernelApp.instance()
    application.initialize(list(request["arguments"]))
    _announce_widgets()
    application.start()


def _announce_widgets() -> None:
    """Tell this kernel about widgets: ``ipywidgets`` does so when it is imported, and there was no kernel then."""
    ipywidgets = sys.modules.get("ipywidgets")
    if ipywidgets is not None:
        ipywidgets.register_comm_target()


def _take_place(request: Message) -> None:
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2) if not request.get("verbose") else (0,):
        os.dup2(null, descriptor)
    os.close(null)


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        # Too young to lead its own group, or just ended.
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return


def _die_with_parent(number: int) -> None:
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(number))
    # The parent may have ended before the request was registered.
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
