"""What a page may send to its kernel, and what it receives."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.base import serialize_binary_message
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from frise_analysis.serving.messages import CONTROL_TARGET, WidgetMessages, is_allowed, read_message


def message(kind: str, channel: str = "shell", **content: Any) -> dict[str, Any]:
    header = {"msg_type": kind, "msg_id": "1"}
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": channel}


ALLOWED = [
    message("comm_msg", comm_id="a", data={}),
    message("comm_close", comm_id="a"),
    message("comm_open", comm_id="a", target_name=CONTROL_TARGET),
    message("comm_info_request"),
    message("kernel_info_request"),
]
REFUSED = [
    message("execute_request", code="1"),
    message("shutdown_request"),
    message("shutdown_request", "control"),
    message("interrupt_request", "control"),
    message("comm_msg", "control", comm_id="a"),
    message("kernel_info_request", "control"),
    message("input_reply", "stdin", value="x"),
    message("comm_open", comm_id="a", target_name="jupyter.widget"),
    message("comm_open", comm_id="a", target_name=CONTROL_TARGET, target_module="os"),
    message("comm_open", comm_id="a"),
    {**message("comm_msg"), "channel": None},
    {},
    [],
    None,
]


@pytest.mark.parametrize("sent", ALLOWED)
def test_widgets_may_speak(sent: Any) -> None:
    """A page sends what its widgets need, as text or with buffers."""
    assert is_allowed(read_message(json.dumps(sent)))
    assert is_allowed(read_message(serialize_binary_message({**sent, "buffers": [b"1"]})))


@pytest.mark.parametrize("sent", REFUSED)
def test_anything_else_is_refused(sent: Any) -> None:
    """Nothing runs code, stops a kernel, uses another channel, or opens another target."""
    assert not is_allowed(read_message(json.dumps(sent)))


@pytest.mark.parametrize("sent", ["", "{", b"", b"\x00\x00\x00\x09", b"rien"])
def test_what_is_no_message_is_refused(sent: str | bytes) -> None:
    """Anything may come by a link; nothing of it raises."""
    assert not is_allowed(read_message(sent))


def test_a_page_receives_neither_errors_nor_printed_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tracebacks and printed text quote code, values and folders of the server: they stay there."""
    passed: list[str] = []
    keep = lambda _self, _stream, sent: passed.append(sent["header"]["msg_type"])  # noqa: E731
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "_on_zmq_reply", keep)
    for kind in ("status", "error", "stream", "execute_input", "display_data", "comm_msg", "execute_reply"):
        WidgetMessages.__new__(WidgetMessages)._on_zmq_reply(None, message(kind))
    assert passed == ["status", "comm_msg"]
