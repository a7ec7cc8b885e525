# SPDX-License-Identifier: Apache-2.0
"""Operators name, drop and begin tracks on a running station; none begins in an area that the configuration names. Who did
it and when is kept; kill -9 and a restart lose none of it; a replay of the journal comes to the same, bit for bit.
Usage: orders_test.py HEADLAND"""

import csv
import io
import json
import math
import signal
import sys
import time

from rig import POSITION, Page, Rig, check, wait_until

# West of the radar, a half circle of 3 km: vessels cross it, none begins there.
AREA = [(POSITION[0] + 0.027 * math.cos(a), POSITION[1] - 0.0277 * math.sin(a))
        for a in (math.radians(k * 15.0) for k in range(13))]
CONFIG = f"[[no_initiation]]\nname = \"roads\"\npoints = {[[round(v, 6) for v in p] for p in AREA]}"


def is_inside(lon, lat):
    odd = False
    for (la, lo), (lb, mo) in zip(AREA, AREA[1:] + AREA[:1]):
        if (la > lat) != (lb > lat) and lo + (mo - lo) * (lat - la) / (lb - la) > lon:
            odd = not odd
    return odd


def order(page, **what):
    page.say({"track": what})
    return page.answer()


def give_orders(rig):
    """Orders, and what must be true of the tracks from then on."""
    page = Page(rig.web)
    named, dropped = sorted(rig.confirmed())[:2]
    check(order(page, do="rename", id=named, name="Pilot Ærø", who="Anna") == {"done": {"do": "rename", "id": named}},
          "the name was not taken")
    check(order(page, do="drop", id=dropped, who="Anna") == {"done": {"do": "drop", "id": dropped}}, "not dropped")
    begun = order(page, do="initiate", lat_deg=POSITION[0] + 0.05, lon_deg=POSITION[1] + 0.05, name="wreck",
                  who="Boris")["done"]["id"]
    # What cannot be done is said, and changes nothing.
    check("no radar track" in order(page, do="drop", id=dropped)["error"], "dropped twice")
    check("no radar track" in order(page, do="rename", id=987654, name="x")["error"], "nothing was renamed")
    for wrong in ({"do": "initiate", "lat_deg": 95, "lon_deg": 0}, {"do": "sink", "id": named},
                  {"do": "rename", "id": named, "name": "x" * 61}, {"do": "drop", "id": -1}):
        check("wrong kind" in order(page, **wrong)["error"], f"taken: {wrong}")
    wait_until(lambda: rig.picture().get(named, {}).get("operator_name") == "Pilot Ærø", what="the name")
    check(dropped not in rig.picture(), "the dropped track is still there")
    check(rig.picture()[begun]["operator_name"] == "wreck", "the track that was begun has no name")
    return named, dropped, begun


def firsts(tracks):
    first = {}
    for row in csv.DictReader(io.StringIO(tracks.decode())):
        if row["lat_deg"]:
            first.setdefault(int(row["track_id"]), row)
    return first


def nothing_began_in_the_area(tracks, begun):
    first = firsts(tracks)
    inside = [i for i, row in first.items() if is_inside(float(row["lon_deg"]), float(row["lat_deg"])) and i not in begun]
    check(not inside, f"tracks {inside} began where none may")
    return len(first)


def told_by(rig):
    events = json.loads(rig.get("/api/v1/history/events?from=0&to=9000000000"))["events"]
    return {(e["subject"], e["text"]) for e in events if e["kind"] == "operator"}


def main(headland):
    with Rig(headland, CONFIG) as rig:
        rig.start_simulator()
        rig.start_station()
        wait_until(lambda: len(rig.confirmed()) >= 4, what="confirmed tracks")
        named, dropped, begun = give_orders(rig)
        time.sleep(1.0)  # what was ordered longest ago by a chunk of the journal is on the disk
        rig.end(rig.station, signal.SIGKILL)
        rig.start_station()
        wait_until(lambda: rig.picture().get(named, {}).get("operator_name") == "Pilot Ærø", what="the name after a crash")
        check(dropped not in rig.picture(), "a dropped track came back after a crash")
        page = Page(rig.web)
        check("done" in order(page, do="rename", id=named, who="Cleo"), "the name was not taken off")
        wait_until(lambda: "operator_name" not in rig.picture().get(named, {}), what="the name gone")
        wanted = {(f"track {named}", "named 'Pilot Ærø' by Anna"), (f"track {dropped}", "dropped by Anna"),
                  (f"track {begun}", "begun by Boris"), (f"track {named}", "name taken off by Cleo")}
        # The history is written behind the picture.
        wait_until(lambda: wanted <= told_by(rig), what=f"{wanted} in the history")
        # Once more, in the session that ends in order: its last state has gone through all of them.
        _, _, again = give_orders(rig)
        time.sleep(2.0)
        check(rig.end(rig.station) == 0, "the station did not stop cleanly")

        one = rig.replay("one", rig.journal, "--threads", 1)
        two = rig.replay("two", rig.journal, "--threads", 2)
        check(one[:2] == two[:2], "the journal with orders replays differently on two threads")
        summary = one[2]
        check(summary["checkpoints_compared"] > 0, "no recorded state was compared")
        check(summary["checkpoints_differ"] == 0, f"{summary['checkpoints_differ']} recorded states differ")
        check({begun, again} <= set(firsts(one[0])), "the tracks that were begun are not in the replay")
        count = nothing_began_in_the_area(one[0], {begun, again})
        print(f"{count} tracks, {summary['checkpoints_compared']} states compared, none differ; {len(wanted)} orders told")


if __name__ == "__main__":
    main(sys.argv[1])
