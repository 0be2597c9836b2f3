"""/openapi.json as a contract: what is asked is checked against it, and what was never asked is found."""

import csv

import jsonschema
from framework import equal

# Routes that test_explorer_api.py asks.
EXPLORER = ("/v1/pictures", "/v1/reports", "/v1/exports", "/v1/cases", "/v1/search", "/assets/")


def is_of_the_explorer(path):
    return path == "/" or path.startswith(EXPLORER) or "/links/" in path


class Contract:
    """explorer: whether its routes are the ones to be asked, or all others."""

    def __init__(self, server, explorer=False):
        self.server = server
        self.document = server.get("/openapi.json").json
        self.untried = {
            (method.upper(), path)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
            if "graphsense" not in operation.get("tags", [])  # test_graphsense.py
            and is_of_the_explorer(path) == explorer
        }

    def schema(self, reference):
        return {**reference, "components": self.document["components"]}

    def ask(self, method, route, path=None, body=None, accept="application/json", headers=None, **options):
        operation = self.document["paths"][route][method.lower()]
        self.untried.discard((method, route))
        if body is not None:
            wanted = operation["requestBody"]["content"]["application/json"]["schema"]
            jsonschema.validate(body, self.schema(wanted))
        reply = self.server.ask(method, path or route, body, {"Accept": accept, **(headers or {})}, **options)
        answers = operation["responses"]
        answers = answers.get(str(reply.status), answers.get(f"{reply.status // 100}XX"))["content"]
        kind = reply.headers["Content-Type"].split(";")[0]
        assert kind in answers, f"{route} gives {kind}"
        if kind == "application/json":
            jsonschema.validate(reply.json, self.schema(answers[kind]["schema"]))
        return reply


def payouts(chain, name):
    with open(chain / f"payroll-{name}.csv") as file:
        return list(csv.DictReader(file))


def same(t, reply, *command):
    """What was sent is what the command prints."""
    printed = t.wagetrail(*command, "--json", expect=None).out
    equal(reply.body.decode(), printed, f"the answer of {command}")
