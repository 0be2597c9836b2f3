"""What a test needs from the npm registry, by the lockfile beside it, installed once."""

import os
import shutil
import subprocess

import framework


def installed(name):
    """The folder build/functional/NAME with its node_modules; tests/functional/NAME has the lockfile."""
    if shutil.which("npm") is None:
        raise framework.Skip("npm is missing; install it with scripts/install_deps")
    source = framework.ROOT / "tests" / "functional" / name
    target = framework.ROOT / "build" / "functional" / name
    target.mkdir(parents=True, exist_ok=True)
    lock = (source / "package-lock.json").read_bytes()
    kept = target / "node_modules" / ".installed"
    if not kept.exists() or kept.read_bytes() != lock:
        for file in ("package.json", "package-lock.json"):
            shutil.copy(source / file, target)
        quiet = {**os.environ, "npm_config_update_notifier": "false"}
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=target, env=quiet, check=True)
        kept.write_bytes(lock)
    return target
