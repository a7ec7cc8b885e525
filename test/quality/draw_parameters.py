#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What each parameter of the way from video to plots does: the pictures of docs/operate/detection.md.

    draw_parameters.py HEADLAND [--out docs/images] [--seconds 120]

Plays data/scenes/strait.toml (simulated: sea clutter, a shower, two radars that interfere), replays its video with one
parameter changed at a time, and draws the plots of the last 24 turns side by side, 12 km about the radar, north up.
Grey to black: plots, darker where more fell on one point. Blue: where vessels really went. Prints the counts, too.
Of the beam tracks are drawn: black their way in that minute, red ellipses where each may be (three deviations, five times as large).
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from canvas import Canvas  # noqa: E402

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BASE = {"name": '"matoco"', "protocol": '"asterix-240"', "latitude_deg": "13.638", "longitude_deg": "121.0395",
        "antenna_height_m": "60", "beam_width_deg": "0.7", "decibels_per_level": "0.3333"}
HALF_M = 12000.0
TURN_S = 2.5
SHOWN = 24
SHEETS = {  # picture: parameter, and its values from left to right; the default is marked in the page
    "false-alarms": ("false_alarm_probability", ["1e-6", "1e-4", "1e-2"]),
    "clutter-map": ("clutter_map", ["true", "false"]),
    "cfar": ("cfar", ['"ca"', '"go"', '"so"', '"os"']),
    "clutter-shape": ("clutter_shape", ["0", "1.5", "0.5"]),
    "clutter-shape-estimated": ("clutter_shape_estimated", ["false", "true"]),
    "threshold-min": ("threshold_min", ["0", "60", "120"]),
    "extent": ("extent_max_m", ["600", "150"]),
    "beam-width": ("beam_width_deg", ["0.2", "0.7", "3"]),
    "blind-sectors": ("blind_sectors_deg", ["[]", "[200, 260]"]),
    "range-min": ("range_min_m", ["0", "3000"]),
    "track-before-detect": ("track_before_detect", ["false", "true"]),
}


def replayed(program, capture, work, key, value, what):
    config, out = os.path.join(work, "radar.toml"), os.path.join(work, what + ".csv")
    with open(config, "w", encoding="utf-8") as f:
        f.write("[[radar]]\n" + "".join(f"{k} = {v}\n" for k, v in {**BASE, key: value}.items()))
    subprocess.run([program, "replay", "--threads", "1", "--config", config, "--" + what, out, capture], check=True,
                   stdout=subprocess.DEVNULL)
    with open(out, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def plots_with(program, capture, work, key, value):
    rows = replayed(program, capture, work, key, value, "plots")
    return np.array([(float(r["time_s"]), float(r["east_m"]), float(r["north_m"])) for r in rows])


def tracks_with(program, capture, work, key, value):
    """Of each track that was confirmed within the time shown: rows of time, place, covariance."""
    rows = [r for r in replayed(program, capture, work, key, value, "tracks") if not r["mmsi"]]
    last = max(float(r["time_s"]) for r in rows)
    ways = {}
    for r in rows:
        if r["status"] == "confirmed" and float(r["time_s"]) > last - SHOWN * TURN_S:
            ways.setdefault(r["track_id"], []).append(
                [float(r[k]) for k in ("time_s", "east_m", "north_m", "var_ee", "var_nn", "cov_en")])
    return [np.array(w) for w in ways.values()]


def truth_of(path):
    ways = {}
    with open(path, newline="", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            ways.setdefault(r["target_id"], []).append((float(r["time_s"]), float(r["east_m"]), float(r["north_m"])))
    return [np.array(w) for w in ways.values()]


def ellipse(row, deviations):
    """East and north of its edge."""
    values, vectors = np.linalg.eigh(np.array([[row[3], row[5]], [row[5], row[4]]]))
    angle = np.linspace(0.0, 2.0 * np.pi, 41)
    edge = vectors @ (deviations * np.sqrt(np.maximum(values, 0.0))[:, None] * np.array([np.cos(angle), np.sin(angle)]))
    return row[1] + edge[0], row[2] + edge[1]


def draw_tracks(path, panels, ways):
    pixels = []
    for tracks in panels:
        canvas = Canvas((-HALF_M, HALF_M), (-HALF_M, HALF_M), longest=420)
        last = max((t[-1, 0] for t in tracks), default=0.0)
        for way in ways:
            part = way[(way[:, 0] > last - SHOWN * TURN_S) & (way[:, 0] <= last)]
            if len(part) > 1:
                canvas.line(part[:, 1], part[:, 2], (60, 130, 230), thick=5.0, strength=0.6)
        for t in tracks:
            canvas.line(t[:, 1], t[:, 2], (20, 20, 20), thick=1.6)
            canvas.line(*ellipse(t[-1], 15.0), (200, 60, 40), thick=1.2)
        canvas.scale_bar()
        canvas.pixels[:, -3:] = 255
        pixels.append(canvas.pixels)
    join(path, pixels)


def join(path, pixels):
    sheet = Canvas((0, 1), (0, 1), longest=2)
    sheet.pixels = np.concatenate(pixels, axis=1)
    sheet.write(path)


def draw(path, panels, ways):
    pixels = []
    for plots in panels:
        canvas = Canvas((-HALF_M, HALF_M), (-HALF_M, HALF_M), longest=420)
        last = plots[-1, 0] if len(plots) else 0.0
        shown = plots[plots[:, 0] > last - SHOWN * TURN_S] if len(plots) else plots
        for way in ways:
            part = way[(way[:, 0] > last - SHOWN * TURN_S) & (way[:, 0] <= last)]
            if len(part) > 1:
                canvas.line(part[:, 1], part[:, 2], (60, 130, 230), thick=5.0, strength=0.6)
        if len(shown):
            canvas.density(shown[:, 1], shown[:, 2], colour=(20, 20, 20), strongest=0.95)
        canvas.scale_bar()
        canvas.pixels[:, -3:] = 255
        pixels.append(canvas.pixels)
    join(path, pixels)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--out", default=os.path.join(ROOT, "docs", "images"))
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--only", nargs="+", choices=list(SHEETS))
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        capture, truth = os.path.join(work, "video.pcap"), os.path.join(work, "truth.csv")
        subprocess.run([a.program, "simulate", os.path.join(ROOT, "data", "scenes", "strait.toml"), "--duration",
                        str(a.seconds), "--pcap", capture, "--truth", truth], check=True, stdout=subprocess.DEVNULL)
        ways = truth_of(truth)
        for sheet, (key, values) in SHEETS.items():
            if a.only and sheet not in a.only:
                continue
            if sheet == "beam-width":
                tracks = [tracks_with(a.program, capture, work, key, value) for value in values]
                for value, found in zip(values, tracks):
                    deviations = [np.sqrt(t[-1, 3] + t[-1, 4]) for t in found]
                    print(f"{key} = {value}: {len(found)} confirmed tracks, "
                          f"known to {np.median(deviations):.0f} m in the middle")
                draw_tracks(os.path.join(a.out, f"detection-{sheet}.png"), tracks, ways)
                continue
            panels = [plots_with(a.program, capture, work, key, value) for value in values]
            for value, plots in zip(values, panels):
                shown = plots[plots[:, 0] > plots[-1, 0] - SHOWN * TURN_S] if len(plots) else plots
                print(f"{key} = {value}: {len(shown) / SHOWN:.1f} plots a turn")
            draw(os.path.join(a.out, f"detection-{sheet}.png"), panels, ways)
    return 0


if __name__ == "__main__":
    sys.exit(main())
