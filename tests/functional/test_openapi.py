"""/openapi.json is OpenAPI 3.1 in the eyes of a validator that is not ours."""

import json
import subprocess

import framework
from framework import DONE, equal
from npm_folder import installed
from server import Server


def validator():
    return installed("openapi") / "node_modules" / ".bin" / "validate-api"


def validated(t, program, document):
    file = t.directory / "openapi.json"
    file.write_text(json.dumps(document))
    done = subprocess.run([program, file], capture_output=True, text=True, timeout=60)
    return done.returncode == 0 and '"valid": true' in done.stdout, done.stdout + done.stderr


def story(t):
    program = validator()
    t.home.mkdir()
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
