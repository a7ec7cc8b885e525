# SPDX-License-Identifier: Apache-2.0
"""kill -9 in the middle of a run, again and again, while the simulator goes on: after each restart the picture has its
tracks with their old numbers at their old places, and the history reaches up to the kill.
Usage: kill_test.py HEADLAND [TIMES]"""

import json
import math
import os
import random
import signal
import sys
import time

from rig import Rig, check, wait_until

NEAR_M = 150.0  # a vessel at 17 kn goes 9 m a second; two turns without plots and a new estimate are in it


def metres_apart(a, b):
    north = math.radians(b[1] - a[1]) * 6371000.0
    east = math.radians(b[0] - a[0]) * 6371000.0 * math.cos(math.radians(a[1]))
    return math.hypot(east, north)


def kept(before, after):
    return [i for i, t in before.items() if i in after and metres_apart(t["at"], after[i]["at"]) < NEAR_M]


def newest_points(rig, since):
    answer = json.loads(rig.get(f"/api/v1/history/tracks?from={since - 60:.0f}&to={since + 120:.0f}"))
    return {t["id"]: max(p[0] for p in t["points"]) for t in answer["tracks"]}


def kill_once(rig, number, chance):
    wait_until(lambda: len(rig.confirmed()) >= 3, what="confirmed tracks")
    time.sleep(chance.uniform(0.5, 3.0))  # somewhere within a chunk, a checkpoint, a turn
    # What was shown a second before the kill was written by then.
    before = rig.confirmed()
    time.sleep(1.0)
    killed = time.time()
    rig.end(rig.station, signal.SIGKILL)
    began = time.monotonic()
    rig.start_station()
    answered = time.monotonic() - began
    after = wait_until(lambda: (lambda now: now if len(kept(before, now)) >= 0.9 * len(before) else None)(rig.confirmed()),
                       patience_s=3.0, what=f"the tracks of before kill {number}: {sorted(before)}, "
                                            f"now {sorted(rig.confirmed())}")
    restored = time.monotonic() - began
    history = newest_points(rig, killed)
    behind = {i: t["time_s"] - history.get(i, 0.0) for i, t in before.items()}
    # One row a track and second: the newest may be that much older than the estimate shown.
    check(max(behind.values()) <= 1.0, f"history of tracks ends too early: {behind}")
    aside = sorted(p.name for p in (rig.folder / "data").glob("history.sqlite.damaged-*"))
    check(not aside, f"the history was given up: {aside}")
    return len(before), len(kept(before, after)), answered, restored, max(history.values()) - killed


def main(headland, times):
    chance = random.Random(1)
    with Rig(headland) as rig:
        rig.start_simulator()
        rig.start_station()
        wait_until(lambda: len(rig.confirmed()) >= 5, what="confirmed tracks")
        rows = []
        for number in range(1, times + 1):
            rows.append(kill_once(rig, number, chance))
            print("kill {}: {} tracks, {} with their numbers in their places; page after {:.2f} s, all after {:.2f} s; "
                  "history to {:+.2f} s of the kill".format(number, *rows[-1]), flush=True)
        check(rig.end(rig.station) == 0, "the station did not stop cleanly")
        # All the sessions lie in one journal; torn ends are told, not fatal.
        one = rig.replay("one", rig.journal, "--threads", 1)
        two = rig.replay("two", rig.journal, "--threads", 2)
        check(one[:2] == two[:2], "the journal with its torn ends replays differently")
        summary = one[2]
        check(summary["plots_compared"] > 0 and summary["plots_differ"] == 0, "plots differ from the recorded video's")
        check(summary["checkpoints_compared"] > 0 and summary["checkpoints_differ"] == 0, "recorded states differ")
        print(f"{sum(r[0] for r in rows)} tracks before, {sum(r[1] for r in rows)} kept; "
              f"slowest restart {max(r[3] for r in rows):.2f} s; replay: {summary['plots_compared']} sectors and "
              f"{summary['checkpoints_compared']} states compared, none differ")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
