"""How Jupyter gets a kernel: forked from the zygote when one runs, started as a new process otherwise."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from frise_analysis.serving.forkserver import ForkServer


class ForkProvisioner(LocalProvisioner):
    """A local kernel whose process is forked from one that has everything loaded.

    Restarts, interrupts and culling are those of ``LocalProvisioner``: only the process differs. Without a zygote in
    this process (JupyterLab, or a system that cannot fork) the kernel is started in the ordinary way.
    """

    process: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork the kernel; its connection details."""
        server = ForkServer.current
        if server is None:
            return await super().launch_kernel(cmd, **kwargs)
        arguments, env = _kernel_arguments(cmd), kwargs.get("env") or dict(os.environ)
        self.cwd = str(kwargs.get("cwd") or Path.cwd())
        self.process = await asyncio.to_thread(server.fork, arguments, env=env, cwd=self.cwd)
        self.pid = self.process.pid
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal through the zygote, which alone knows that the process is still the kernel."""
        if self.process is not None and self.pgid is None:
            self.process.send_signal(signum)
        else:
            await super().send_signal(signum)


def _kernel_arguments(cmd: list[str]) -> list[str]:
    """What follows ``python -m ipykernel_launcher``; history off, since nothing of a session is to be kept."""
    return [
        *cmd[cmd.index("ipykernel_launcher") + 1 :],
        "--HistoryManager.enabled=False",
        "--IPCompleter.use_jedi=False",
    ]
