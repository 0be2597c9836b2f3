"""What a functional test stands on. A test is a file test_*.py that ends with

    if __name__ == "__main__":
        framework.main(story)

where story(t) gets a Context: an empty directory, the programs, real nodes and the shared data.
Assertions are plain `assert` or the equal() and contains() below, which print both sides. What the
test started is killed and its directory removed when the story ends; WAGETRAIL_KEEP=1 keeps it.
"""

import json
import lzma
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import traceback
from decimal import Decimal
from pathlib import Path

from litecoin_node import PROGRAM, LitecoinNode

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WAGETRAIL_SHARED", ROOT.parent / "shared"))
BIN = Path(os.environ.get("WAGETRAIL_BIN", ROOT / "build" / "release" / "bin"))

SKIPPED = 77  # exit code, as Automake and CTest have it

# Exit codes of the programs (README, "Exit codes").
DONE, FOUND, USAGE, UNKNOWN, FAILURE = range(5)


class Skip(Exception):
    """Ends the test as skipped, with a sentence that says why."""


def equal(found, expected, what="value"):
    if found != expected:
        raise AssertionError(f"{what}: found {found!r}, expected {expected!r}")


def contains(text, part, what="text"):
    if part not in text:
        raise AssertionError(f"{what} lacks {part!r}; it is:\n{text}")


def wait_for(condition, what, seconds=60):
    """Polls until condition() is true; returns its value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for: {what}")
        time.sleep(0.05)


class Result:
    """How a finished program ended: its exit code, stdout and stderr."""

    def __init__(self, command, code, out, err):
        self.command, self.code, self.out, self.err = command, code, out, err

    @property
    def lines(self):
        return [json.loads(line, parse_float=Decimal) for line in self.out.splitlines() if line]

    @property
    def json(self):
        """The one line of JSON on stdout."""
        equal(len(self.out.splitlines()), 1, f"lines on stdout of {self.command}")
        return self.lines[0]

    def __str__(self):
        return f"$ {' '.join(self.command)}\nexit code {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Running:
    """A program started by start(): its output is gathered while it runs."""

    def __init__(self, command, environment, directory):
        self.command = command
        self.process = subprocess.Popen(
            command, env=environment, cwd=directory, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        self.out, self.err = [], []
        self.readers = [
            threading.Thread(target=lambda: self.out.extend(iter(self.process.stdout.readline, "")), daemon=True),
            threading.Thread(target=lambda: self.err.extend(iter(self.process.stderr.readline, "")), daemon=True),
        ]
        for reader in self.readers:
            reader.start()

    @property
    def alive(self):
        return self.process.poll() is None

    def holds_a_lock(self):
        """Whether it has locked a file, as the writer of a database does. Asking disturbs nobody."""
        return any(line.split()[4] == str(self.process.pid) for line in open("/proc/locks"))

    def connections(self):
        """How many TCP connections it has open."""
        mine = set()
        for entry in Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                mine.add(os.readlink(entry))
            except OSError:  # closed in the meantime
                continue
        rows = [line.split() for line in open("/proc/net/tcp")]
        return sum(row[3] == "01" and f"socket:[{row[9]}]" in mine for row in rows)

    def signal(self, number=signal.SIGINT):
        self.process.send_signal(number)

    def kill(self):
        """As `kill -9`: nothing of it gets a chance to tidy up."""
        if self.alive:
            self.process.kill()
        return self.wait()

    def wait(self, timeout=120):
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"still running after {timeout} s: {' '.join(self.command)}") from None
        for reader in self.readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return Result(self.command, code, "".join(self.out), "".join(self.err))


class Context:
    def __init__(self, directory):
        self.directory = Path(directory)
        self.home = self.directory / "home"  # of the wagetrail programs, unless a call says otherwise
        self.children = []
        self.mounts = []

    # Programs

    def program(self, name):
        path = BIN / name
        if not path.exists():
            raise Skip(f"{path} is not built; build it with: scripts/build release {name}")
        return path

    def environment(self, home=None, env=None):
        """The caller's variables without those that steer the programs, then the test's own."""
        values = {k: v for k, v in os.environ.items() if not k.startswith("WAGETRAIL_")}
        values["WAGETRAIL_HOME"] = str(home or self.home)
        values.update(env or {})
        return values

    def execute(self, program, *arguments, expect=DONE, home=None, env=None, timeout=120, stdin=""):
        """Runs a program of ours to its end. expect: its exit code (None: any)."""
        command = [str(self.program(program)), *map(str, arguments)]
        try:
            done = subprocess.run(
                command, env=self.environment(home, env), cwd=self.directory, input=stdin, text=True,
                errors="replace", capture_output=True, timeout=timeout)  # fmt: skip
        except subprocess.TimeoutExpired:
            raise AssertionError(f"no end after {timeout} s: {' '.join(command)}") from None
        result = Result(command, done.returncode, done.stdout, done.stderr)
        if expect is not None and result.code != expect:
            raise AssertionError(f"expected exit code {expect}\n{result}")
        return result

    def wagetrail(self, *arguments, **options):
        return self.execute("wagetrail", *arguments, **options)

    def ask(self, *arguments, **options):
        """The answer envelope of a command run with --json."""
        return self.wagetrail(*arguments, "--json", **options).json

    def fails(self, code, pattern, *arguments, **options):
        """The command ends with that code and one error on stderr that matches the pattern."""
        result = self.wagetrail(*arguments, expect=code, **options)
        if not re.search(pattern, result.err):
            raise AssertionError(f"stderr does not match {pattern!r}\n{result}")
        return result

    def start(self, program, *arguments, home=None, env=None):
        command = [str(self.program(program)), *map(str, arguments)]
        running = Running(command, self.environment(home, env), self.directory)
        self.children.append(running)
        return running

    # Nodes

    def litecoin(self, name="node", **options):
        """A started LitecoinNode in a directory of that name."""
        if not PROGRAM.exists():
            raise Skip(f"{PROGRAM} is missing; install it with scripts/install_deps")
        node = LitecoinNode(self.directory / name, **options)
        self.children.append(node)
        return node.start()

    # Shared data

    def shared(self, path):
        """A file or folder of the shared data, read-only."""
        found = SHARED / path
        if not found.exists():
            raise Skip(f"the shared data has no {path} (looked in {SHARED}; WAGETRAIL_SHARED says where it is)")
        return found

    def read_xz(self, path):
        with lzma.open(self.shared(path)) as file:
            return file.read()

    def core_regtest(self, which="plain"):
        """The blocks directory written by Bitcoin Core, unpacked: "plain" or "xor"."""
        folder = self.directory / f"blocks-{which}"
        if not folder.exists():
            with tarfile.open(self.shared(f"data/core-regtest/blocks-{which}.tar.xz")) as archive:
                for member in archive:
                    if member.isfile() and ".." not in member.name:
                        archive.extract(member, self.directory, set_attrs=False)
        return folder

    def core_facts(self):
        return json.loads(self.read_xz("data/core-regtest/facts.json.xz"), parse_float=Decimal)

    def block_run(self, name):
        """A contiguous run of real blocks ("btc-mainnet-genesis-run") as a blocks directory."""
        folder = self.directory / name
        if not folder.exists():
            packed = sorted(self.shared(f"data/{name}").glob("blocks-*.dat.xz"))
            folder.mkdir()
            for number, path in enumerate(packed):
                with lzma.open(path) as source, open(folder / f"blk{number:05d}.dat", "wb") as target:
                    shutil.copyfileobj(source, target)
        return folder

    # Disks

    def small_disk(self, megabytes, name="small"):
        """A directory on a disk of its own that is soon full."""
        return self._mount(name, f"size={megabytes}m")

    def read_only_disk(self, name="read-only"):
        """A directory in which nobody, not even root, can write."""
        return self._mount(name, "ro")

    def _mount(self, name, options):
        folder = self.directory / name
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "wagetrail-test", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise Skip(f"no disk can be mounted here: {done.stderr.strip()}")
        self.mounts.append(folder)
        return folder

    def close(self):
        for child in reversed(self.children):
            child.kill()
        for folder in self.mounts:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def main(story):
    """Runs story(Context) and ends the process: 0 passed, 1 failed, 77 skipped."""
    # A polite end on SIGTERM, so that children and directory go even when the runner gives up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keep = os.environ.get("WAGETRAIL_KEEP")
    directory = tempfile.mkdtemp(prefix="wagetrail-test-")
    context = Context(directory)
    try:
        story(context)
        code = 0
    except Skip as reason:
        print(f"skipped: {reason}")
        code = SKIPPED
    except Exception:  # noqa: whatever it was, the test failed
        traceback.print_exc()
        code = 1
    finally:
        context.close()
        if keep:
            print(f"kept: {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    sys.exit(code)
