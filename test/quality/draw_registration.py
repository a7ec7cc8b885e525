#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plots over AIS as measured and after registration: the pictures of docs/concepts/registration.md.

    draw_registration.py [--program HEADLAND] [--out FOLDER] [--runs 01_001,01_005,03_002]

Each picture is of the last 150 s of radar: dots are plots (darker where more fell on one point), red lines are AIS
positions of the same time, grey lines the charted coast. North up.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from canvas import Canvas  # noqa: E402
from draw_tracks import ROOT, Tracks, columns, run, shared_data  # noqa: E402

LAST_S = 150.0
HALF_SIZE_M = {"01_001": 4200.0, "01_005": 5600.0, "03_002": 3800.0}
RADAR = """[[radar]]
name = "radar1"
registration = {}
land_margin_m = -1
extent_max_m = 2000
"""


def coast(program, lat, lon, tracks):
    """Lines of the charted coast, in the plane; none where no coastline is installed."""
    found = subprocess.run([program, "chart", "land", f"{lat},{lon}", "--half-size-deg", "0.1"], capture_output=True,
                           text=True, check=False)
    lines = []
    if found.returncode == 0:
        for feature in json.loads(found.stdout)["features"]:
            for ring in feature["geometry"]["coordinates"]:
                points = np.array(ring)[:, :2]
                lines.append(tracks.to_plane(points[:, 1], points[:, 0]))
    return lines


def draw(program, run_name, registration, folder, work):
    """One picture, and what the summary says of it."""
    marce = os.path.join(shared_data(), "radar-video", "marce", f"run_{run_name}_")
    paths = {kind: os.path.join(work, kind) for kind in ("config", "plots", "tracks", "summary")}
    with open(paths["config"], "w", encoding="utf-8") as file:
        file.write(RADAR.format("true" if registration else "false"))
    run([program, "replay", "--threads", "1", "--config", paths["config"], "--plots", paths["plots"], "--tracks",
         paths["tracks"], "--summary", paths["summary"], marce + "cat240.pcap.gz", marce + "ais.nmea"])
    tracks = Tracks(paths["tracks"])
    plots = columns(paths["plots"], ("time_s", "east_m", "north_m", "sensor_east_m", "sensor_north_m"))
    end = np.nanmax(plots["time_s"])
    late = plots["time_s"] > end - LAST_S
    middle = float(plots["sensor_east_m"][late][-1]), float(plots["sensor_north_m"][late][-1])
    half = HALF_SIZE_M.get(run_name, 5000.0)
    canvas = Canvas((middle[0] - half, middle[0] + half), (middle[1] - half, middle[1] + half), 620)
    canvas.density(plots["east_m"][late], plots["north_m"][late])
    for line in coast(program, tracks.origin[0], tracks.origin[1], tracks):
        canvas.line(*line, (120, 130, 120), 1.2)
    rows = {}
    with open(marce + "ais.csv", newline="", encoding="utf-8") as file:
        for r in csv.DictReader(file):
            if r["is_own_ship"] != "1" and end - LAST_S < float(r["t_s_of_day"]) + end - end % 86400 < end:
                rows.setdefault(r["mmsi"], []).append((float(r["lat_deg"]), float(r["lon_deg"])))
    for found in rows.values():
        e, n = tracks.to_plane(*np.array(found).T)
        canvas.line(e, n, (214, 39, 40), 2.0)
        canvas.disc(e[-1], n[-1], 3.0, (214, 39, 40))
    canvas.scale_bar()
    name = f"registration-{run_name.replace('_', '-')}-{'after' if registration else 'before'}.png"
    canvas.write(os.path.join(folder, name))
    with open(paths["summary"], encoding="utf-8") as file:
        error = json.load(file)["registration"][0]
    print(f"{name}: {error['azimuth_bias_deg']:+.2f} deg (+/- {error['azimuth_bias_deg_sigma']:.2f}), taken off "
          f"{error['taken_off_azimuth_deg']:+.2f} deg, {error['residual_before_m']:.0f} m to "
          f"{error['residual_after_m']:.0f} m")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, "build", "release", "src", "app", "headland"))
    parser.add_argument("--out", default=os.path.join(ROOT, "docs", "images"))
    parser.add_argument("--runs", default="01_001,01_005,03_002")
    a = parser.parse_args()
    for name in a.runs.split(","):
        for registration in (False, True):
            with tempfile.TemporaryDirectory() as work:
                draw(a.program, name, registration, a.out, work)


if __name__ == "__main__":
    main()
