"""/openapi.json is OpenAPI 3.1 in the eyes of a validator that is not ours."""

import json
import os
import shutil
import subprocess

import framework
from framework import DONE, equal
from server import Server

CHECK = framework.ROOT / "tests" / "functional" / "openapi"
INSTALLED = framework.ROOT / "build" / "functional" / "openapi"


def validator():
    """Installed once from the npm registry, by the lockfile."""
    if shutil.which("npm") is None:
        raise framework.Skip("npm is missing; install it with scripts/install_deps")
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = (CHECK / "package-lock.json").read_bytes()
    kept = INSTALLED / "node_modules" / ".installed"
    if not kept.exists() or kept.read_bytes() != lock:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(CHECK / name, INSTALLED)
        quiet = {**os.environ, "npm_config_update_notifier": "false"}
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=INSTALLED, env=quiet, check=True)
        kept.write_bytes(lock)
    return INSTALLED / "node_modules" / ".bin" / "validate-api"


def validated(t, program, document):
    file = t.directory / "openapi.json"
    file.write_text(json.dumps(document))
    done = subprocess.run([program, file], capture_output=True, text=True, timeout=60)
    return done.returncode == 0 and '"valid": true' in done.stdout, done.stdout + done.stderr


def story(t):
    program = validator()
    server = Server(t)
    document = server.get("/openapi.json").json
    valid, said = validated(t, program, document)
    assert valid, said
    # It can say no.
    document["paths"]["/healthz"]["get"].pop("responses")
    document["paths"]["/healthz"]["get"]["parameters"] = [{"name": "x"}]
    valid, said = validated(t, program, document)
    assert not valid, said
    server.running.signal()
    equal(server.running.wait(12).code, DONE, "end")


if __name__ == "__main__":
    framework.main(story)
