#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many tracks stand for each vessel of a simulated scene, from radar video to tracks.

    scene_tracks.py PROGRAM [--scene FILE] [--seconds S] [--seeds N...] [--keep DIR]

Plays the scene's video and AIS into a capture, replays it through the station's line and compares the confirmed
tracks with the truth, every ten seconds from the second minute on. A track stands for the nearest vessel whose hull,
widened by three beams and 100 m, it is in. Printed a seed: the share of looks in which a vessel that the radar tracks at
some time has a track; tracks beside the first, a vessel; tracks that stand for none; and numbers, a vessel.
"""
import argparse
import csv
import math
import os
import re
import subprocess
import sys
import tempfile
import tomllib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STEP_S, FIRST_S, AGE_S = 10.0, 60.0, 12.0
WIDEN_M, WIDEN_BEAMS = 100.0, 3.0
LENGTH_M = {"tanker": 245, "container_ship": 294, "cargo_ship": 110, "ferry": 85, "tug": 28, "barge": 75}


def rows(path):
    with open(path, newline="", encoding="utf-8") as f:
        yield from csv.DictReader(f)


def truth_at(path):
    """Second -> [(name, east, north)]"""
    out = {}
    for r in rows(path):
        out.setdefault(round(float(r["time_s"])), []).append((r["target_id"], float(r["east_m"]), float(r["north_m"])))
    return out


def tracks_of(path):
    out = {}
    for r in rows(path):
        out.setdefault(r["track_id"], []).append(
            (float(r["time_s"]), float(r["east_m"]), float(r["north_m"]), float(r["ve_mps"]), float(r["vn_mps"]),
             r["status"], r["sources"]))
    return out


def shown(track, at_s):
    """Where a track is shown, or None."""
    last = None
    for r in track:
        if r[0] > at_s:
            break
        last = r
    if last is None or at_s - last[0] > AGE_S or last[5] not in ("confirmed", "coasted"):
        return None
    if "radar" not in last[6]:
        return None
    age = at_s - last[0]
    return last[1] + age * last[3], last[2] + age * last[4]


def score(truth, tracks, lengths, beam_deg, reach_m):
    seconds = sorted(truth)
    begin = seconds[0]
    looks, held, beside, false = {}, {}, 0, 0
    numbers, extra_by, steps = {}, {}, 0
    at_s = begin + FIRST_S
    while at_s <= seconds[-1]:
        steps += 1
        now = truth.get(round(at_s), [])
        count = {}
        for number, track in tracks.items():
            place = shown(track, at_s)
            if place is None:
                continue
            best = None
            for name, east, north in now:
                far = math.hypot(place[0] - east, place[1] - north)
                width = 0.5 * lengths.get(name, 15.0) + WIDEN_M + WIDEN_BEAMS * math.radians(beam_deg) * math.hypot(
                    east, north)
                if far <= width and (best is None or far < best[0]):
                    best = far, name
            if best is None:
                false += 1
            else:
                count[best[1]] = count.get(best[1], 0) + 1
                numbers.setdefault(best[1], set()).add(number)
        for name, east, north in now:
            if math.hypot(east, north) > reach_m:
                continue
            looks[name] = looks.get(name, 0) + 1
            if name in count:
                held[name] = held.get(name, 0) + 1
                beside += count[name] - 1
                extra_by[name] = extra_by.get(name, 0) + count[name] - 1
        at_s += STEP_S
    seen = [n for n in looks if n in held]
    return {
        "vessels": len(seen),
        "held": sum(held[n] for n in seen) / max(1, sum(looks[n] for n in seen)),
        "beside": beside / max(1, sum(held.values())),
        "false": false / max(1, steps),
        "numbers": sum(len(numbers[n]) for n in seen) / max(1, len(seen)),
        "by": sorted(((extra_by[n] / held[n], n) for n in seen if extra_by.get(n)), reverse=True),
    }


def lengths_of(scene):
    out = {}
    for v in scene.get("vessel", []):
        out[v["name"]] = v.get("length_m", LENGTH_M.get(v["kind"], 15))
    return out


def station_for(scene, folder):
    """A station's configuration for the scene's radars, in a file."""
    lines = []
    for radar in scene["radar"]:
        path = os.path.normpath(os.path.join(folder, radar["settings"]))
        with open(path, "rb") as f:
            s = tomllib.load(f)
        lines += ["[[radar]]", f'name = "{radar["name"]}"', f"latitude_deg = {radar['latitude_deg']}",
                  f"longitude_deg = {radar['longitude_deg']}",
                  f"antenna_height_m = {radar.get('antenna_height_m', s['antenna_height_m'])}",
                  f"beam_width_deg = {s['beam_deg']}",
                  f"decibels_per_level = {(s['video_max_db'] - s['video_min_db']) / 255.0}", "land_margin_m = 75.0"]
        reach = s["cells"] * s["cell_m"]
        beam = s["beam_deg"]
    return "\n".join(lines) + "\n", beam, reach


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--scene", default=os.path.join(ROOT, "data", "scenes", "strait.toml"))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7])
    parser.add_argument("--keep", help="keep captures, truth and tracks here, and use those that are there")
    parser.add_argument("--set", action="append", default=[], help="line of TOML after the radars, e.g. [tracker]")
    parser.add_argument("--names", action="store_true", help="which vessels have tracks beside the first")
    parser.add_argument("--most-beside", type=float, help="end with 1 when the mean of the seeds is more")
    parser.add_argument("--most-false", type=float, help="the same, of tracks of no vessel")
    parser.add_argument("--least-held", type=float, help="the same, when less is held, percent")
    a = parser.parse_args()
    with open(a.scene, "rb") as f:
        scene = tomllib.load(f)
    text, beam, reach = station_for(scene, os.path.dirname(a.scene))
    with tempfile.TemporaryDirectory() as work:
        folder = a.keep or work
        os.makedirs(folder, exist_ok=True)
        config = os.path.join(work, "station.toml")
        with open(config, "w", encoding="utf-8") as f:
            f.write(text + "\n".join(a.set) + "\n")
        scores = []
        for seed in a.seeds:
            capture, truth, out = (os.path.join(folder, f"{seed}-{int(a.seconds)}{end}") for end in
                                   (".pcap", "-truth.csv", "-tracks.csv"))
            if not (os.path.exists(capture) and os.path.exists(truth)):
                subprocess.run([a.program, "simulate", a.scene, "--seed", str(seed), "--duration", str(a.seconds), "--pcap",
                                capture, "--truth", truth], check=True, stdout=subprocess.DEVNULL)
            done = subprocess.run([a.program, "replay", "--config", config, "--tracks", out, capture], check=True,
                                  capture_output=True, text=True)
            fused = re.search(r"fused for half of it: (\d+); (\d+) % of", done.stdout)
            s = score(truth_at(truth), tracks_of(out), lengths_of(scene), beam, 0.95 * reach)
            scores.append(s)
            print(f"seed {seed}: {s['vessels']} vessels, held {100 * s['held']:.1f} % of the time, "
                  f"{s['beside']:.2f} tracks beside the first a vessel, {s['numbers']:.2f} numbers a vessel, "
                  f"{s['false']:.1f} tracks of no vessel, AIS fused {fused[2] if fused else '?'} % of its time")
            if a.names:
                print("   " + ", ".join(f"{n} {x:.2f}" for x, n in s["by"]))
    mean = {key: sum(s[key] for s in scores) / len(scores) for key in ("held", "beside", "false", "numbers")}
    print(f"mean: held {100 * mean['held']:.1f} %, {mean['beside']:.2f} beside the first, {mean['numbers']:.2f} numbers, "
          f"{mean['false']:.1f} of no vessel")
    worse = [what for what, limit, value in (("beside the first", a.most_beside, mean["beside"]),
                                             ("of no vessel", a.most_false, mean["false"]),
                                             ("not held", a.least_held and 100 - a.least_held, 100 - 100 * mean["held"]))
             if limit is not None and value > limit]
    for what in worse:
        print(f"more than allowed: {what}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
