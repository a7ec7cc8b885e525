# SPDX-License-Identifier: Apache-2.0
"""What a station recorded gives the same tracks again, bit for bit, on one thread and on two, and the same that the
station itself came to. Usage: journal_test.py HEADLAND"""

import contextlib
import csv
import io
import json
import sys

from rig import Rig, check, wait_until


def same(one, other, what):
    check(one[0] == other[0], f"the tracks of {what} differ")
    check(one[1] == other[1], f"the plots of {what} differ")


def agrees_with_itself(summary, what):
    check(summary["plots_compared"] > 0, f"{what}: no recorded plots were compared with recorded video")
    check(summary["plots_differ"] == 0, f"{what}: {summary['plots_differ']} sectors of plots differ from the video's")
    # States hold every track to the last bit: this is the live run against its replay.
    check(summary["checkpoints_compared"] > 0, f"{what}: no recorded state was compared")
    check(summary["checkpoints_differ"] == 0, f"{what}: {summary['checkpoints_differ']} recorded states differ")
    check(not any("journal" in reason for reason in summary["rejected"]), f"{what}: {summary['rejected']}")


def last_rows(tracks):
    rows = {}
    for row in csv.DictReader(io.StringIO(tracks.decode())):
        rows[row["track_id"]] = row
    return rows


def the_page_agrees(picture, tracks):
    """Each radar track that the page showed last is where the replay's track was at that very time."""
    rows = [(float(r["time_s"]), float(r["lat_deg"]), float(r["lon_deg"]))
            for r in csv.DictReader(io.StringIO(tracks.decode())) if r["lat_deg"]]
    found = 0
    shown = [t for t in picture.values() if t["sources"] == ["radar"] and t["stage"] == "confirmed"]
    for track in shown:
        lon, lat = track["at"]
        found += any(abs(t - track["time_s"]) < 1e-3 and abs(a - lat) < 1e-5 and abs(o - lon) < 1e-5
                     for t, a, o in rows)
    check(shown and found == len(shown), f"{found} of {len(shown)} tracks of the page are in the replay")


# A session that ends with its recording shows also what still waited for the beam; one that is followed by another hands
# that over to it.
def begins_with(both, one, plots):
    rows, of_one = both.splitlines(), one.splitlines()
    alike = next((i for i, row in enumerate(of_one) if i >= len(rows) or row != rows[i]), len(of_one))
    last_plot_s = float(plots.splitlines()[-1].split(b",", 1)[0])
    waited = [float(row.split(b",", 1)[0]) for row in of_one[alike:]]
    check(alike > 0.9 * len(of_one) and all(t > last_plot_s - 0.2 for t in waited),
          f"the first session is not the beginning of both: row {alike} of {len(of_one)}")


def score_follows(rig):
    """`score --live` beside a station that runs: tells of its journal again and again, until it is stopped."""
    report = rig.folder / "live.json"
    score = rig.begin("score", "score", "--leave-ais-out", "--live", "--config", rig.config, "--every", "1", "--json", report)

    def vessels_heard():
        with contextlib.suppress(OSError, ValueError):
            return json.loads(report.read_text())
        return None
    first = wait_until(vessels_heard, what="a first report of score --live")
    wait_until(lambda: vessels_heard() not in (None, first), what="another report of score --live")
    check(rig.end(score) == 0, "score --live did not stop cleanly")


def run_session(rig, turns, beside=lambda rig: None):
    rig.start_station()
    wait_until(lambda: rig.metrics().get('headland_turns_total{radar="matoco"}', 0) >= turns and rig.confirmed(),
               what="confirmed tracks")
    beside(rig)
    picture = rig.confirmed()
    check(rig.end(rig.station) == 0, "the station did not stop cleanly")
    return picture


def main(headland):
    with Rig(headland) as rig:
        rig.start_simulator()
        picture = run_session(rig, turns=5, beside=score_follows)
        one = rig.replay("one", rig.journal, "--threads", 1)
        same(one, rig.replay("two", rig.journal, "--threads", 2), "1 and 2 threads")
        same(one, rig.replay("again", rig.journal, "--threads", 2), "two runs on 2 threads")
        agrees_with_itself(one[2], "first session")
        check(one[2]["tracks"]["confirmed"] > 0, "no tracks")
        the_page_agrees(picture, one[0])

        # Stopped and started again: one journal, two sessions.
        run_session(rig, turns=2)
        both = rig.replay("both", rig.journal, "--threads", 1)
        same(both, rig.replay("both2", rig.journal, "--threads", 2), "two sessions")
        agrees_with_itself(both[2], "two sessions")
        begins_with(both[0], *one[:2])

        # From a later file on: what comes before its first checkpoint cannot be used, all else is the same.
        files = sorted(rig.journal.glob("*.hlj"))
        check(len(files) > 1, "expected several files of the journal")
        part = rig.replay("later", *files[1:])
        summary = part[2]
        check(summary["plots_differ"] + summary["checkpoints_differ"] == 0, "a replay from a later file on comes to another state")
        check(len(part[0]) > 1000 and both[0].endswith(part[0].split(b"\n", 1)[1]),
              "the tracks of a later file are not the end of all tracks")
        print(f"{one[2]['plots_compared']} + {both[2]['plots_compared'] - one[2]['plots_compared']} sectors, "
              f"{both[2]['checkpoints_compared']} states, {len(last_rows(both[0]))} tracks: all the same; "
              f"{len(picture)} tracks of the page found again")


if __name__ == "__main__":
    main(sys.argv[1])
