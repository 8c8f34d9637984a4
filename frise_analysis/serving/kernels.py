"""Which kernel a page gets, and when it is taken back."""

from __future__ import annotations

import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Bool, Instance
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from frise_analysis.serving.access import QuietErrors
from frise_analysis.serving.sessions import Sessions

KERNEL_NAME = "python3"
#: Told to the page when its kernel is taken back, in the range left to applications.
CLOSED_FOR_IDLENESS = 4001
CLOSED_BY_LEAVING = 4002
#: Between two questions whether the page is still there.
PING_MILLISECONDS = 30_000


class FriseKernelSpecManager(KernelSpecManager):
    """The one kernel there is, described in memory: nothing is written to the user's folders, none is read."""

    fork = Bool(True, config=True)

    def find_kernel_specs(self) -> dict[str, str]:
        """Only this Python."""
        return {KERNEL_NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Our Python, forked when that is possible; a notebook naming another kernel gets it too."""
        if kernel_name != KERNEL_NAME:
            raise NoSuchKernel(kernel_name)
        provisioner = "frise-fork" if self.fork else "local-provisioner"
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": provisioner}},
        )

    def get_all_specs(self) -> dict[str, Any]:
        """The same, in the form of the Jupyter interface."""
        return {KERNEL_NAME: {"resource_dir": "", "spec": self.get_kernel_spec(KERNEL_NAME).to_dict()}}


class FriseKernelManager(AsyncMappingKernelManager):
    """Takes back a kernel as soon as nobody can be using it."""

    sessions = Instance(Sessions, allow_none=True)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Take back a kernel without a page, or whose page has not been used for too long; never a warm one."""
        sessions = self.sessions
        if sessions is None or not sessions.is_open(kernel_id):
            return
        if sessions.is_orphan(kernel_id):
            await sessions.close(kernel_id)
            return
        await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id not in self:
            await sessions.close(kernel_id)


class FriseKernelSocket(QuietErrors, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The link between a page and its kernel, known to the sessions so that they can tell the page it is over."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Refuse without a page: nobody reads the answer of a link."""
        del status_code, kwargs
        self.finish()

    async def open(self, kernel_id: str) -> None:
        """Note that the page is there."""
        self.settings["frise"].sessions.connected(kernel_id, self)
        await super().open(kernel_id)
        self._allow_silence()

    def on_pong(self, data: bytes) -> None:
        """Note that the page answers."""
        super().on_pong(data)
        self._allow_silence()

    def _allow_silence(self) -> None:
        """Three pings without an answer end a link, not one.

        Tornado takes no longer delay than one interval, and Jupyter counts it from the opening: the first ping, an interval
        later, would find it passed and close every page after half a minute.
        """
        self.last_pong += 2 * PING_MILLISECONDS / 1000

    def on_close(self) -> None:
        """Note that the page has gone."""
        self.settings["frise"].sessions.disconnected(self.kernel_id, self)
        if self.connection is not None:
            super().on_close()

    def say_over(self, *, left: bool = False) -> None:
        """Close the link, saying why."""
        self.close(*((CLOSED_BY_LEAVING, "sortie") if left else (CLOSED_FOR_IDLENESS, "inactivite")))
