#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Replays a run of real radar video with AIS and says how much of their time its vessels are tracked
(the CTests `quality.coverage_run_*`; ais_coverage.py says how that is counted).

    coverage_run.py HEADLAND 01_005 [--least PERCENT]

Ends with 77 (skipped) without the recordings in ../shared/data or without the coastline of the Debian package
gmt-gshhg-full, with 1 when less is covered.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
COAST = "/usr/share/gmt-gshhg/binned_GSHHS_f.nc"
SKIPPED = 77


def shared_data():
    """../shared/data beside the project; one folder further up from a worktree. None: not here."""
    for above in ("..", os.path.join("..", "..")):
        folder = os.path.normpath(os.path.join(ROOT, above, "shared", "data"))
        if os.path.isdir(folder):
            return folder
    return None


def skip(why):
    print(f"skipped: {why}")
    return SKIPPED


def first_own_position(path):
    with open(path, newline="", encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if r["is_own_ship"] == "1")
    return f"{row['lat_deg']},{row['lon_deg']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("run")
    parser.add_argument("--least", type=float, default=0.0)
    a = parser.parse_args()
    data = shared_data()
    run = os.path.join(data or "", "radar-video", "marce", f"run_{a.run}_")
    needed = [run + end for end in ("cat240.pcap.gz", "ais.nmea", "ais.csv", "detections.csv")]
    if data is None or not all(os.path.isfile(path) for path in needed):
        return skip(f"run {a.run} is not in ../shared/data/radar-video/marce")
    if not os.path.isfile(COAST):
        return skip("no coastline (Debian package gmt-gshhg-full)")
    video, nmea, ais, detections = needed
    with tempfile.TemporaryDirectory() as work:
        tracks, land = os.path.join(work, "tracks.csv"), os.path.join(work, "land.json")
        subprocess.run([a.program, "replay", "--threads", "1", "--tracks", tracks, video, nmea], check=True)
        with open(land, "w", encoding="utf-8") as file:
            subprocess.run([a.program, "chart", "land", first_own_position(ais), "--half-size-deg", "0.3"], check=True,
                           stdout=file)
        return subprocess.run([sys.executable, os.path.join(HERE, "ais_coverage.py"), "--tracks", tracks, "--ais", ais,
                               "--land", land, "--detections", detections, "--least", str(a.least)],
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
