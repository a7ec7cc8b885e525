# SPDX-License-Identifier: Apache-2.0
"""`headland track` on plots made here: what holds without a configuration, what it says of a track, and what of itself.
Usage: track_test.py HEADLAND"""

import csv
import math
import random
import re
import subprocess
import sys

from rig import Rig, check

TURN_S = 2.5


def plots(turns, vessels, clutter=None):
    """Rows of a plots file: vessels as (east, north, ve, vn), clutter as plots(turn, chance)."""
    chance = random.Random(1)
    rows = ["time_s,scan_id,range_m,azimuth_deg"]
    for turn in range(turns):
        places = [(e + ve * turn * TURN_S, n + vn * turn * TURN_S) for e, n, ve, vn in vessels]
        places += clutter(turn, chance) if clutter else []
        found = sorted((math.degrees(math.atan2(e, n)) % 360.0, math.hypot(e, n)) for e, n in places)
        for azimuth, metres in found:
            metres, azimuth = metres + chance.gauss(0, 6), (azimuth + chance.gauss(0, 0.2)) % 360.0
            rows.append(f"{1.7e9 + (turn + azimuth / 360.0) * TURN_S:.4f},{turn},{metres:.2f},{azimuth:.4f}")
    return "\n".join(rows) + "\n"


def sea(_, chance):
    return [(chance.uniform(-6000, 6000), chance.uniform(-6000, 6000)) for _ in range(60)]


def crowd(turn, chance):
    return [(3090 + chance.uniform(-200, 200), 3060 + chance.uniform(-200, 200)) for _ in range(100 if turn > 10 else 0)]


class Track:
    def __init__(self, rig):
        self.rig = rig
        self.sea, self.crowd = rig.folder / "sea.csv", rig.folder / "crowd.csv"
        self.sea.write_text(plots(40, [(2000, 3000, 5, -3), (-1500, 2500, -4, 2), (4000, -1000, 0, 0)], sea))
        self.crowd.write_text(plots(30, [(3000 + 60 * (k % 4), 3000 + 60 * (k // 4), 0, 0) for k in range(12)], crowd))

    def run(self, *arguments, code=0):
        done = subprocess.run([self.rig.headland, "track", *map(str, arguments)], capture_output=True, text=True,
                              timeout=120, cwd=self.rig.folder)
        check(done.returncode == code, f"{arguments}: {done.returncode}, not {code}: {done.stdout}{done.stderr}")
        return done

    def tracks(self, *arguments):
        out = self.rig.folder / "tracks.csv"
        self.run("--plots", self.sea, "--out", out, *arguments)
        return out.read_bytes()


def without_configuration(t):
    """What an empty configuration says holds without one, too."""
    empty, section, other = (t.rig.folder / n for n in ("empty.toml", "section.toml", "other.toml"))
    empty.write_text("")
    section.write_text("[tracker]\n")
    other.write_text("[tracker]\nconfirm_existence = 0.6\n")
    none = t.tracks()
    check(none.count(b",confirmed,") > 50, "no tracks")
    check(none == t.tracks("--config", empty), "an empty configuration changes the tracks")
    check(none == t.tracks("--config", section), "an empty [tracker] changes the tracks")
    check(none != t.tracks("--config", other), "no configuration would change these tracks: the test is blind")


def explained(t):
    numbers = sorted({int(row["track_id"]) for row in csv.DictReader(t.tracks().decode().splitlines())})
    told = t.run("--plots", t.sea, "--explain", numbers[0]).stdout.splitlines()
    began = r"was initiated at \d\d:\d\d:\d\d\.\d by a plot -?\d+ m east, -?\d+ m north.*\."
    check(re.fullmatch(rf"Track {numbers[0]} {began}", told[0]), told[0])
    check(len(told) > 2 and all(line.startswith("  ") for line in told[1:]), f"more than one sentence: {told}")
    two = t.run("--plots", t.sea, "--explain", numbers[0], "--explain", numbers[1]).stdout.splitlines()
    check([line.split()[1] for line in two if line.startswith("Track")] == [str(n) for n in numbers[:2]], f"{two}")
    missing = numbers[-1] + 1000
    done = t.run("--plots", t.sea, "--explain", missing, code=1)
    check(f"no track {missing}; numbers near it: " in done.stderr and str(numbers[-1]) in done.stderr, done.stderr)
    check(done.stdout == "", f"it explained something: {done.stdout}")
    # The others are told all the same.
    check(t.run("--plots", t.sea, "--explain", missing, "--explain", numbers[0], code=1).stdout.splitlines() == told, "")


def approximated(t):
    out = t.rig.folder / "tracks.csv"
    check("approximated" not in t.run("--plots", t.sea, "--out", out).stderr, "three vessels were approximated")
    told = t.run("--plots", t.crowd, "--out", out).stderr
    check(re.search(r" tracks confirmed; .*; approximated: [1-9]\d* clusters too large to be enumerated", told), told)


def recordings_are_kept(t):
    """No output empties what is read, under whatever name, nor what was there before where there is nothing to read."""
    before, other = t.sea.read_bytes(), t.rig.folder / "other.csv"
    other.symlink_to(t.sea)
    for out in (t.sea, other):
        check("is read from" in t.run("--plots", t.sea, "--out", out, code=1).stderr, "it does not say why")
    kept, missing = t.rig.folder / "kept.csv", t.rig.folder / "missing.csv"
    kept.write_text("kept")
    replay = [t.rig.headland, "replay"]
    for command in ([*replay, t.sea, "--plots", t.sea], [*replay, missing, "--plots", kept]):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        check(done.returncode == 1, f"{command}: {done.returncode}: {done.stderr}")
    check(t.sea.read_bytes() == before and kept.read_text() == "kept", "it is gone")
    check("/dev/stdout" in t.run("--plots", t.sea, "--out", "-", code=1).stderr, "a file named - was written")


def main(headland):
    with Rig(headland) as rig:
        track = Track(rig)
        for part in (without_configuration, explained, approximated, recordings_are_kept):
            part(track)
            print(f"{part.__name__}: good", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
