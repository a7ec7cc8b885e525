# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of a run with rules: no alert that was shown is lost, what was acknowledged stays so, numbers go
on, and one situation stays one alert. New rules are loaded without a restart; those with mistakes are not.
Usage: alerts_test.py HEADLAND [TIMES]"""

import json
import random
import signal
import sys
import time

from rig import Page, Rig, check, wait_until

RULES = """
[[zone]]
name = "all of it"
points = [[13.2, 120.5], [13.2, 121.6], [13.9, 121.6], [13.9, 120.5]]
[[rule]]
name = "inside"
kind = "entry"
zones = ["all of it"]
[[rule]]
name = "fast"
kind = "speed"
above_kn = {limit}
priority = "caution"
"""


def shown(rig):
    return {a["id"]: a for a in json.loads(rig.get("/api/v1/alerts"))["alerts"]}


def situation(alert):
    return alert["rule"], tuple(sorted(s.get("mmsi", -s["track"]) for s in alert["subjects"]))


def open_twice(alerts):
    keys = [situation(a) for a in alerts.values() if a["state"] != "ended"]
    return {k for k in keys if keys.count(k) > 1}


def kill_once(rig, chance):
    wait_until(lambda: len(shown(rig)) >= 5, what="alerts")
    some = [i for i, a in shown(rig).items() if a["state"] == "active_unacknowledged"][:3]
    page = Page(rig.web)
    for i in some:
        page.say({"alert": {"id": i, "do": "acknowledge", "who": "Anna"}})
    wait_until(lambda: all(shown(rig)[i].get("by") == "Anna" for i in some),
               what=f"acknowledgement of {some}")
    end = time.monotonic() + chance.uniform(0.2, 2.0)
    before = shown(rig)
    while time.monotonic() < end:
        before.update(shown(rig))
    rig.end(rig.station, signal.SIGKILL)
    rig.start_station()
    after = shown(rig)
    lost = sorted(set(before) - set(after))
    check(not lost, f"alerts that were shown are lost: {lost}")
    for i, alert in before.items():
        check(after[i]["changed_s"] >= alert["changed_s"], f"alert {i} went back: {alert} {after[i]}")
    for i in some:
        check(after[i].get("by") == "Anna", f"alert {i} was acknowledged: {after[i]}")
    entries = json.loads(rig.get("/api/v1/alerts/entries?from=0&to=9000000000"))["entries"]
    untold = set(before) - {e["alert"] for e in entries if e["what"] == "raised"}
    check(not untold, f"alerts without a story: {untold}")
    return before, after


def reload_rules(rig, rules):
    page = Page(rig.web)
    rules.write_text(RULES.format(limit=8) + "[[rule]]\nname = \"wrong\"\nkind = \"sink\"\n")
    page.say({"rules": {"do": "reload", "who": "Anna"}})
    fault = page.answer()["error"]
    check("sink" in fault and str(rules) in fault and "of before" in fault, f"not a clear error: {fault}")
    rules.write_text(RULES.format(limit=8).replace("fast", "faster"))
    rig.station.send_signal(signal.SIGHUP)
    wait_until(lambda: any(a["rule"] == "faster" for a in shown(rig).values()), what="alerts of the new rules")
    page.say({"alert": {"id": 999999, "do": "acknowledge"}})
    check("no such alert" in page.answer()["error"], "an alert that is not there was acknowledged")
    check(not open_twice(shown(rig)), f"one situation, two alerts: {open_twice(shown(rig))}")


def main(headland, times):
    chance = random.Random(3)
    with Rig(headland, "[rules]\nfile = \"rules.toml\"") as rig:
        rules = rig.folder / "rules.toml"
        rules.write_text(RULES.format(limit=3))
        rig.config.write_text(rig.config.read_text().replace('"rules.toml"', f'"{rules}"'))
        rig.start_simulator()
        rig.start_station()
        for number in range(1, times + 1):
            before, after = kill_once(rig, chance)
            # The engine begins anew and finds the same situations: the same alerts.
            time.sleep(5.0)
            check(not open_twice(shown(rig)), f"one situation, two alerts: {open_twice(shown(rig))}")
            print(f"kill {number}: {len(before)} alerts shown, {len(set(before) & set(after))} there after it", flush=True)
        reload_rules(rig, rules)
        metrics = rig.metrics()
        print(f"rules took {metrics['headland_rules_seconds'] * 1e3:.1f} ms of the last picture; "
              f"{len(shown(rig))} alerts in all")
        check(rig.end(rig.station) == 0, "the station did not stop cleanly")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
