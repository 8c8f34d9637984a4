"""What a page and its kernel may tell each other: the messages of widgets, and nothing that could run or show code."""

from __future__ import annotations

import json
import logging
from typing import Any

from jupyter_server.services.kernels.connection.base import deserialize_binary_message
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

log = logging.getLogger("frise.serving")
#: The one way a page opens a comm itself: to ask for the state of the widgets that are there.
CONTROL_TARGET = "jupyter.widget.control"
FROM_PAGE = frozenset({"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"})
#: Neither printed text nor errors, which quote code, values and folders of the server: what a page shows was written
#: by the renderer.
TO_PAGE = frozenset({"comm_open", "comm_msg", "comm_close", "comm_info_reply", "kernel_info_reply", "status"})


class WidgetMessages(ZMQChannelsWebsocketConnection):
    """A link that carries the messages of widgets only."""

    # One form of messages to check: text, or binary when there are buffers.
    kernel_ws_protocol = ""

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass a message of the page on, if a page may send it."""
        if is_allowed(read_message(incoming_msg)):
            super().handle_incoming_message(incoming_msg)  # type: ignore[arg-type]
        else:
            log.warning("Un message qu’une page n’a pas à envoyer a été refusé.")

    def _on_zmq_reply(self, stream: Any, msg_list: Any) -> None:
        if msg_list["header"]["msg_type"] in TO_PAGE:
            super()._on_zmq_reply(stream, msg_list)  # type: ignore[no-untyped-call]

    def write_stderr(self, error_message: str, parent_header: Any) -> None:
        """Say to nobody that messages come too fast: the page would show nothing of it."""
        del error_message, parent_header


def read_message(received: str | bytes) -> Any:
    """What a page has sent; ``None`` when it is not a message."""
    try:
        if isinstance(received, bytes):
            return deserialize_binary_message(received)  # type: ignore[no-untyped-call]
        return json.loads(received)
    except Exception:  # noqa: BLE001 - anything may be sent, and anything but a message is refused
        return None


def is_allowed(message: Any) -> bool:
    """Whether a page may send this."""
    try:
        kind, channel, content = message["header"]["msg_type"], message["channel"], message["content"]
        return channel == "shell" and kind in FROM_PAGE and _opens_control_only(kind, content)
    except (TypeError, KeyError, AttributeError):
        return False


def _opens_control_only(kind: str, content: Any) -> bool:
    # A comm may also name a module for the kernel to import.
    return kind != "comm_open" or (content["target_name"] == CONTROL_TARGET and not content.get("target_module"))
