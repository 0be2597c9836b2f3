"""A real litecoind on regtest in a directory of its own, and a client for its JSON-RPC."""

import base64
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from decimal import Decimal
from pathlib import Path

# The wrapper in /usr/bin writes a configuration file into the home directory.
PROGRAM = Path(os.environ.get("WAGETRAIL_LITECOIND", "/usr/lib/litecoin/litecoind"))

COIN = 100_000_000
COINBASE_MATURITY = 100
MWEB_HEIGHT = 432
BATCH = 200


class NodeError(Exception):
    """The node could not be started, or stopped answering."""


class RpcError(Exception):
    def __init__(self, method, error):
        super().__init__(f"{method}: {error.get('message')} (code {error.get('code')})")
        self.code = error.get("code")


def coins(units):
    """Base units as the decimal text that the node's RPC reads exactly."""
    return f"{units // COIN}.{units % COIN:08d}"


def units(value):
    """Base units of an amount in an answer of the node (a Decimal: see Rpc)."""
    return int((Decimal(value) * COIN).to_integral_exact())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Rpc:
    """JSON-RPC over one kept connection. Numbers with a point are read as Decimal, never as float."""

    def __init__(self, port, credentials, timeout=120, wallet=None):
        self.port = port
        self.timeout = timeout
        self.path = f"/wallet/{wallet}" if wallet else "/"
        token = base64.b64encode(credentials.encode()).decode()
        self.headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        self.connection = None

    def post(self, body):
        data = json.dumps(body)
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            try:
                self.connection.request("POST", self.path, data, self.headers)
                answer = self.connection.getresponse()
                raw = answer.read()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # The node closes idle connections; a fresh one gets a second chance.
                self.close()
                if attempt == 2:
                    raise
        if answer.status == 401:
            raise NodeError("the node refused user and password")
        return json.loads(raw, parse_float=Decimal)

    def call(self, method, *params):
        answer = self.post({"id": 0, "method": method, "params": params})
        if answer["error"]:
            raise RpcError(method, answer["error"])
        return answer["result"]

    def batch(self, calls):
        """calls: (method, param, ...) tuples. Results in their order; the first error is raised."""
        calls = list(calls)
        results = []
        for start in range(0, len(calls), BATCH):
            part = calls[start : start + BATCH]
            body = [{"id": i, "method": c[0], "params": c[1:]} for i, c in enumerate(part)]
            answers = sorted(self.post(body), key=lambda answer: answer["id"])
            for call, answer in zip(part, answers):
                if answer["error"]:
                    raise RpcError(call[0], answer["error"])
                results.append(answer["result"])
        return results

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class LitecoinNode:
    """mweb: let the extension block activate at height 432 (see activate_mweb). auth: "password" or
    "cookie". The directory survives stop() and kill(), so start() continues where the chain was."""

    def __init__(self, directory, mweb=False, auth="password", arguments=()):
        self.directory = Path(directory)
        self.mweb = mweb
        self.auth = auth
        self.arguments = list(arguments)
        self.user, self.password = "tester", "secret-" + hashlib.sha256(str(directory).encode()).hexdigest()[:12]
        self.process = None
        self.rpc_port = self.p2p_port = None
        self.client = None

    @property
    def blocks_dir(self):
        return self.directory / "regtest" / "blocks"

    @property
    def cookie_file(self):
        return self.directory / "regtest" / ".cookie"

    @property
    def url(self):
        """Without credentials."""
        return f"http://127.0.0.1:{self.rpc_port}"

    @property
    def url_with_password(self):
        return f"http://{self.user}:{self.password}@127.0.0.1:{self.rpc_port}"

    def start(self, arguments=()):
        if not PROGRAM.exists():
            raise NodeError(f"{PROGRAM} is missing; install it with scripts/install_deps")
        self.directory.mkdir(parents=True, exist_ok=True)
        for attempt in range(3):
            if self._try_start(arguments):
                return self
        raise NodeError("litecoind did not start; the end of its log:\n" + self.log_tail())

    def _try_start(self, arguments):
        self.rpc_port, self.p2p_port = free_port(), free_port()
        command = [
            str(PROGRAM), f"-datadir={self.directory}", "-regtest", "-server", "-rest", "-txindex", "-bind=127.0.0.1",
            f"-port={self.p2p_port}", f"-rpcport={self.rpc_port}", "-fallbackfee=0.0002", "-par=1", "-rpcthreads=8",
            "-printtoconsole=0", "-dnsseed=0", "-listenonion=0",
        ]  # fmt: skip
        if self.auth == "password":
            command += [f"-rpcuser={self.user}", f"-rpcpassword={self.password}"]
        if not self.mweb:
            command.append("-vbparams=mweb:9999999999:9999999999")
        log = open(self.directory / "output.log", "ab")
        with log:
            self.process = subprocess.Popen(
                command + self.arguments + list(arguments), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self._wait_until_ready()

    def _wait_until_ready(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            try:
                self.client = Rpc(self.rpc_port, self.credentials())
                self.client.call("getblockchaininfo")
                return True
            except (OSError, RpcError, NodeError, http.client.HTTPException):
                time.sleep(0.05)
        self.kill()
        return False

    def credentials(self):
        if self.auth == "cookie":
            return self.cookie_file.read_text()
        return f"{self.user}:{self.password}"

    def log_tail(self, lines=20):
        text = ""
        for path in (self.directory / "output.log", self.directory / "regtest" / "debug.log"):
            if path.exists():
                text += "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) + "\n"
        return text

    def stop(self):
        """Orderly: everything is flushed to disk when it returns."""
        if self.process is None:
            return
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise NodeError("litecoind did not stop within 60 s") from None
        self.process = None

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def restart(self):
        self.stop()
        return self.start()

    # Questions

    def rpc(self, method, *params):
        return self.client.call(method, *params)

    def batch(self, calls):
        return self.client.batch(calls)

    def wallet(self, name="wallet"):
        """A client bound to the node's own wallet of that name, which is made when absent."""
        if name not in self.rpc("listwallets"):
            self.rpc("createwallet", name)
        return Rpc(self.rpc_port, self.credentials(), wallet=name)

    @property
    def height(self):
        return self.rpc("getblockcount")

    @property
    def tip(self):
        return self.rpc("getbestblockhash")

    def hash_at(self, height):
        return self.rpc("getblockhash", height)

    def blocks(self, first, last):
        """Blocks first..last as decoded JSON with their transactions."""
        hashes = self.batch(("getblockhash", height) for height in range(first, last + 1))
        return self.batch(("getblock", block_hash, 2) for block_hash in hashes)

    def balances(self, addresses):
        """The node's own answer: base units unspent on each address, by a scan of its UTXO set."""
        descriptors = [f"addr({address})" for address in addresses]
        totals = dict.fromkeys(addresses, 0)
        scripts = {
            info["scriptPubKey"]: address
            for address, info in zip(addresses, self.batch(("validateaddress", a) for a in addresses))
        }
        for coin in self.rpc("scantxoutset", "start", descriptors)["unspents"]:
            totals[scripts[coin["scriptPubKey"]]] += units(coin["amount"])
        return totals

    # Reorganisations

    def abandon(self, depth):
        """Drops the newest depth blocks from the active chain; returns the hash to reconsider()."""
        root = self.hash_at(self.height - depth + 1)
        self.rpc("invalidateblock", root)
        return root

    def reconsider(self, root):
        self.rpc("reconsiderblock", root)

    # Extension blocks

    def activate_mweb(self):
        """Mines to height 432 with the peg-in that the activation needs; returns its txid.

        Without a peg-in in the mempool the node cannot build the block of that height, and from then
        on every block ends with a HogEx transaction. `generateblock` crashes the node afterwards.
        """
        if not self.mweb:
            raise NodeError("this node was started with MWEB off")
        wallet = self.wallet()
        address = wallet.call("getnewaddress")
        remaining = MWEB_HEIGHT - 1 - self.height
        if remaining < COINBASE_MATURITY:
            raise NodeError(f"activate_mweb needs {COINBASE_MATURITY} blocks before height {MWEB_HEIGHT}")
        wallet.call("generatetoaddress", remaining, address)
        peg_in = wallet.call("sendtoaddress", wallet.call("getnewaddress", "", "mweb"), 1)
        wallet.call("generatetoaddress", 1, address)
        return peg_in
