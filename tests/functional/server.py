"""A served home for tests: starts `wagetrail serve`, asks it over HTTP, knows its own API."""

import contextlib
import http.client
import json
import re
import socket
import ssl
from urllib.parse import urlsplit

from framework import equal, wait_for


def served_chain(t, ledger, blocks):
    """A simulated chain that is indexed in t.home, with its list; the chain's folder."""
    chain = t.directory / "chain"
    t.execute("wagetrail-sim", "--seed", 1, "--blocks", blocks, "--ledger", ledger, "--out", chain)
    t.wagetrail("sync", ledger, "--from", f"files:{chain}/blocks")
    t.wagetrail("lists", "import", chain / "sdn_advanced.xml", "--name", "ofac-sdn")
    return chain


class Reply:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def no_command_line(problem):
    """A client of the API cannot run a command, nor give it an option."""
    outside = re.sub(r'"[^"]*"', '""', f"{problem['message']} | {problem['hint']}")  # but for its own words
    assert not re.search(r"wagetrail [a-z]|(^|\s)--[a-z]", outside), problem


class Server:
    """On a free port of this machine."""

    def __init__(self, t, *options, home=None, listen="127.0.0.1:0"):
        self.running = t.start("wagetrail", "serve", "--listen", listen, *options, home=home)
        said = r"serving on (http\S+)"
        wait_for(lambda: re.search(said, "".join(self.running.err)) or not self.running.alive, "the server to listen")
        found = re.search(said, "".join(self.running.err))
        assert found, self.running.wait().err
        self.url = urlsplit(found.group(1).replace("//0.0.0.0:", "//127.0.0.1:"))

    def open(self, timeout=60):
        if self.url.scheme == "http":
            return http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=timeout)
        context = ssl._create_unverified_context()
        return http.client.HTTPSConnection(self.url.hostname, self.url.port, timeout=timeout, context=context)

    def ask(self, method, path, body=None, headers=None, expect=200):
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        connection = self.open()
        connection.request(method, path, body, headers)
        reply = Reply(connection.getresponse())
        connection.close()
        if reply.status >= 400 and reply.body:
            no_command_line(reply.json)
        if expect is not None:
            equal(reply.status, expect, f"{method} {path}: {reply.body[:400]!r}; status")
        return reply

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, body, **options):
        return self.ask("POST", path, body, **options)

    def raw(self, data, timeout=30):
        """Everything that comes back until the server closes; b'' when it just does."""
        with socket.create_connection((self.url.hostname, self.url.port), timeout=timeout) as client:
            with contextlib.suppress(OSError):  # it may have been refused while it was sent
                client.sendall(data)
                client.shutdown(socket.SHUT_WR)
            got = b""
            while True:
                try:
                    piece = client.recv(65536)
                except ConnectionResetError:
                    return got
                if not piece:
                    return got
                got += piece

    def connect(self):
        return socket.create_connection((self.url.hostname, self.url.port), timeout=30)
