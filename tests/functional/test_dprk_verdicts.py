"""Was it listed on that day? The dated table of the North Korean listings, by published facts."""

import csv
import json

import framework
from framework import DONE, FOUND, UNKNOWN, USAGE, contains, equal

SIM = "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c"  # Sim Hyon Sop, OFAC 2023-04-24
KIM = "0xb6f5ec1a0a9cd1526536d3f0426c429529471f40"  # Kim Sang Man, OFAC 2023-05-23
KIM_BTC = "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ"
TORNADO = "0x12D66f87A04A9E220743712cE6d9bB1B5616B8Fc"  # OFAC 2022-11-08 to 2025-03-21
CHEIL = "TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz"  # its owner: 2017-09-26; the address: 2025-11-04

# address, day of the payment, verdict, exit code
TABLE = [
    (SIM, "2023-04-23", "PRE_DESIGNATION", DONE),
    (SIM, "2023-04-24", "LISTED_AT_PAYMENT", FOUND),
    (SIM, "2024-01-15", "LISTED_AT_PAYMENT", FOUND),
    (SIM.upper().replace("0X", "0x"), "2024-01-15", "LISTED_AT_PAYMENT", FOUND),
    (KIM, "2021-06-01", "PRE_DESIGNATION", DONE),
    (KIM, "2023-05-22T23:59:59Z", "PRE_DESIGNATION", DONE),
    (KIM, "2023-05-23T00:00:00Z", "LISTED_AT_PAYMENT", FOUND),
    (KIM_BTC, "2023-06-01", "LISTED_AT_PAYMENT", FOUND),
    (TORNADO, "2022-08-01", "PRE_DESIGNATION", DONE),
    (TORNADO, "2023-07-01", "LISTED_THEN_DELISTED", FOUND),
    (TORNADO, "2025-06-01", "DELISTED_BEFORE_PAYMENT", DONE),
    (CHEIL, "2017-09-25", "PRE_DESIGNATION", DONE),
    (CHEIL, "2024-03-01", "BLOCKED_PERSON_ADDRESS_UNPUBLISHED", FOUND),
    (CHEIL, "2025-11-04", "LISTED_AT_PAYMENT", FOUND),
    ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "2024-03-01", "NEVER_LISTED", DONE),
]


def dated_list(t):
    """As a compliance team would keep it: what came out when, from the announcements."""
    rows = [
        ("Sim Hyon Sop", SIM, "2023-04-24", "2023-04-24", ""),
        ("Kim Sang Man", KIM, "2023-05-23", "2023-05-23", ""),
        ("Kim Sang Man", KIM_BTC, "2023-05-23", "2023-05-23", ""),
        ("Tornado Cash", TORNADO, "2022-11-08", "2022-11-08", "2025-03-21"),
        ("Cheil Credit Bank", CHEIL, "2017-09-26", "2025-11-04", ""),
    ]
    path = t.directory / "dated.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["entity", "address", "designated", "listed", "removed"])
        writer.writerows(rows)
    return path


def table_holds(t):
    pins = ("--as-of", "2025-11-10", "--known-at", "2025-11-10")
    t.wagetrail("lists", "import", dated_list(t), "--name", "dated", "--published", "2025-11-10", "--known-from", "2025-11-10")
    for address, day, verdict, code in TABLE:
        result = t.ask("lists", "check", address, "--on", day, *pins, expect=code)["result"]
        equal(result["verdict"], verdict, f"{address} on {day}")
    same_day = t.ask("lists", "check", SIM, "--on", "2023-04-24", *pins, expect=FOUND)["result"]
    equal(same_day["same_day"], True, "the day of publication")
    # What was known earlier, and what is too old to say so.
    t.fails(UNKNOWN, "known by", "lists", "check", SIM, "--list", "dated", "--as-of", "2025-11-10", "--known-at", "2025-01-01")
    late = t.ask("lists", "check", TABLE[-1][0], "--as-of", "2026-03-01", expect=UNKNOWN)["result"]
    equal((late["verdict"], late["reason"]), ("UNKNOWN", "stale list"), "a list that is months old")
    words = t.wagetrail("lists", "check", CHEIL, "--on", "2024-03-01", *pins, expect=FOUND).out
    contains(words, "BLOCKED_PERSON_ADDRESS_UNPUBLISHED")
    contains(words, "2017-09-26")
    t.fails(USAGE, "is an address of no form we know", "lists", "check", SIM + "00")
    t.fails(USAGE, "time", "lists", "check", SIM, "--on", "yesterday")


def official_files_alone(t):
    """Twenty versions of the official list since May 2024 do not say when an address came out before: unknown, not listed."""
    home = t.directory / "official"
    history = t.shared("data/sanctions/ofac-crypto-history.csv")
    t.wagetrail("lists", "import", history, "--name", "ofac-sdn", home=home, timeout=300)
    published = json.loads(t.wagetrail("lists", "ls", "--json", home=home).out)["result"]["snapshots"][-1]["published"]
    for address, day, verdict, code in (
        (SIM, "2023-04-20", "PRE_DESIGNATION", DONE),
        (SIM, "2023-08-01", "UNKNOWN", UNKNOWN),
        (SIM, "2024-08-01", "LISTED_AT_PAYMENT", FOUND),
        (KIM_BTC, "2024-08-01", "LISTED_AT_PAYMENT", FOUND),
        (TORNADO, "2024-08-01", "LISTED_THEN_DELISTED", FOUND),
        (TORNADO, "2025-06-01", "DELISTED_BEFORE_PAYMENT", DONE),
    ):
        result = t.ask("lists", "check", address, "--on", day, "--as-of", published, home=home, expect=code)["result"]
        equal(result["verdict"], verdict, f"{address} on {day}, by the official files")


def story(t):
    table_holds(t)
    official_files_alone(t)


framework.main(story)
