"""Nothing of value is given without the key."""

from __future__ import annotations

import urllib.error
import urllib.request
import uuid
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

TOY_NOTEBOOKS = Path(__file__).parent / "notebooks"
NOBODY = str(uuid.UUID(int=0))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def ask(address: str, method: str = "GET", **headers: str) -> tuple[int, HTTPMessage, bytes]:
    request = urllib.request.Request(address, method=method, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read()


def ask_link(server: str, path: str, **headers: str) -> int:
    """The status a websocket is answered with; 101 when it is opened."""
    asked = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    connection = HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request("GET", path, headers={**asked, **headers})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("path", ["/", "/essai", "/voila/render/essai.ipynb", "/nimporte-quoi"])
def test_pages_ask_for_the_key(server, path: str) -> None:
    """Without the key every page leads to the page that asks for it, in French, and shows nothing of the store."""
    status, headers, body = ask(server.origin + path)
    assert status == 302
    assert b"SPIP" not in body
    _, _, login = ask(server.origin + headers["Location"])
    assert "Clé d’accès" in login.decode()
    assert "SPIP d’essai" not in login.decode()


@pytest.mark.parametrize("key", ["", "fausse", "cle-d-essa"])
def test_a_wrong_key_opens_nothing(server, key: str) -> None:
    """A key that is not exactly the right one is no key."""
    status, headers, _ = ask(f"{server.origin}/?token={key}")
    assert (status, headers["Location"].startswith("/login")) == (302, True)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/api/kernels/{NOBODY}"),
        ("DELETE", f"/api/kernels/{NOBODY}"),
        ("POST", f"/seance/{NOBODY}"),
        ("DELETE", f"/seance/{NOBODY}"),
        ("POST", f"/voila/api/shutdown/{NOBODY}"),
    ],
)
def test_the_kernel_interface_asks_for_the_key(server, method: str, path: str) -> None:
    """Without the key no kernel can be seen, kept or stopped."""
    assert ask(server.origin + path, method)[0] == 403


def test_links_ask_for_the_key(server) -> None:
    """Without the key no link to a kernel is opened."""
    assert ask_link(server, f"/api/kernels/{NOBODY}/channels") == 403


def test_links_of_other_sites_are_refused(server) -> None:
    """A page of another site cannot use the person's session to reach a kernel."""
    cookie = ask(server)[1]["Set-Cookie"].split(";")[0]
    page = ask(f"{server.origin}/panne", Cookie=cookie)[2].decode()
    path = "/api/kernels/{}/channels".format(page.split('"kernelId": "')[1].split('"')[0])
    assert ask_link(server, path, Cookie=cookie, Origin="http://ailleurs.example") == 403
    assert ask_link(server, path, Cookie=cookie, Origin=server.origin) == 101


@pytest.mark.parametrize(
    "path",
    ["/voila/files/essai.ipynb", "/voila/api/contents/", "/api/contents", f"/voila/query/{NOBODY}", "/voila/tree"],
)
def test_the_rest_of_jupyter_is_not_there(server, path: str) -> None:
    """Voilà's and Jupyter's other addresses are not served, even with the key."""
    assert ask(server.origin + path, Authorization="token cle-d-essai")[0] == 404


def test_no_kernel_can_be_asked_to_run_code(server) -> None:
    """There is no address that starts a kernel outside a page."""
    assert ask(f"{server.origin}/api/kernels", "POST", Authorization="token cle-d-essai")[0] in {404, 405}


def test_another_name_for_the_machine_is_refused(server) -> None:
    """A name that somebody else made point to this machine does not open the pages."""
    assert ask(f"{server.origin}/?token=cle-d-essai", Host="ailleurs.example")[0] == 403


def test_a_relay_gives_its_name(serve, toy_store) -> None:
    """Behind an HTTPS relay the declared name opens the pages, and the session is kept for HTTPS alone."""
    relayed = serve(toy_store, TOY_NOTEBOOKS, "--max-sessions", "1", "--warm", "0", "--name", "frise.example")
    _, headers, _ = ask(relayed, Host="frise.example", **{"X-Forwarded-Proto": "https"})
    assert headers["Location"] == "/"
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(headers["Set-Cookie"].split("; "))
    assert ask(relayed, Host="ailleurs.example")[0] == 403


def test_a_cookie_is_worth_nothing_after_leaving(server) -> None:
    """Leaving ends the session on the server too: a copy of its cookie opens nothing."""
    cookie = ask(server)[1]["Set-Cookie"].split(";")[0]
    assert ask(server.origin + "/", Cookie=cookie)[0] == 200
    status, headers, _ = ask(f"{server.origin}/logout", "POST", Cookie=cookie)
    assert (status, headers["Location"]) == (303, "/logout")
    assert ask(server.origin + "/", Cookie=cookie)[0] == 302


NAMING = [
    "/logout",
    "/login",
    "/essai",
    "/inconnue",
    "/voila/labextensions/P-SECRET",
    "/voila/api/themes/P-SECRET",
    "/voila/static/P-SECRET",
    "/statique/x/P-SECRET",
    f"/api/kernels/{NOBODY}",
    f"/seance/{NOBODY}",
]


@pytest.mark.parametrize("key", ["cle-d-essai", ""])
def test_the_log_quotes_no_address(serve, toy_store, capfd: pytest.CaptureFixture[str], key: str) -> None:
    """Neither the key nor anything of an address is written, whatever is asked, allowed or refused."""
    quiet = serve(toy_store, TOY_NOTEBOOKS, "--warm", "0", "--max-sessions", (key and "3") or "4")
    capfd.readouterr()
    answers = [ask(f"{quiet.origin}{path}?token={key}&personne=P-SECRET")[0] for path in NAMING]
    answers.append(ask(f"{quiet.origin}/login?token=cle-d-essai&next=http://ailleurs.example/P-SECRET")[0])
    answers.append(ask(f"{quiet.origin}/essai", Origin="http://ailleurs.example", Host="P-SECRET.example")[0])
    answers.append(ask_link(quiet, f"/api/kernels/{NOBODY}/channels?token={key}&personne=P-SECRET"))
    answers.append(ask(f"{quiet.origin}/essai?token=P-SECRET")[0])
    assert [status for status in answers if status >= 500] == []
    written = capfd.readouterr().err
    assert "Une clé d’accès a été refusée." in written
    assert [word for word in ("SECRET", "cle-d-essai", "Traceback", "Blocking", "redirect") if word in written] == []


def test_the_way_to_the_login_page_forgets_the_parameters(server) -> None:
    """The address that asks for the key does not carry the number of a person."""
    assert ask(f"{server.origin}/essai?personne=P-1")[1]["Location"] == "/login?next=%2Fessai"


def test_static_files_are_kept_and_compressed(server) -> None:
    """Style and scripts hold nothing of the store: they are given to all, compressed, and kept for ever."""
    page = ask(f"{server.origin}/login")[2].decode()
    path = page.split('rel="stylesheet" href="')[1].split('"')[0]
    status, headers, _ = ask(server.origin + path, **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in headers["Cache-Control"]


@pytest.mark.parametrize("name", ["..%2F..%2Fapplication.py", "application.py", "inconnu.css"])
def test_static_addresses_lead_nowhere_else(server, name: str) -> None:
    """Only the files of the static folder are sent."""
    assert ask(f"{server.origin}/statique/x/{name}")[0] in {302, 404}


def test_pages_are_not_kept(server) -> None:
    """The browser keeps no page, and may load nothing from elsewhere."""
    _, headers, _ = ask(f"{server.origin}/", Authorization="token cle-d-essai")
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
