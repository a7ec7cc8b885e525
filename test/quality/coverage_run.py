#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Replays a run of real radar video with AIS and says how much of their time its vessels are tracked
(the CTests `quality.coverage_run_*`; ais_coverage.py says how that is counted).

    coverage_run.py HEADLAND 01_005 [--least-alike PERCENT] [--most-unexplained TRACKS]

One replay is chance: a single plot that goes to one track or another moves a vessel's coverage by minutes. So the run is
replayed with some settings that differ by what nobody could know better, and the means are judged: the share of the
vessels' time with a track that moves as they do (any track nearby covers a vessel, too, so the more there are that are
no vessels, the more is covered), and the confirmed tracks on open water that nothing explains.

Ends with 77 (skipped) without the recordings in ../shared/data or without the coastline of the Debian package
gmt-gshhg-full, with 1 when less is followed or more is unexplained.
"""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
COAST = "/usr/share/gmt-gshhg/binned_GSHHS_f.nc"
SKIPPED = 77
SETTINGS = ("", "prior_speed_kn = 16.5", "prior_speed_kn = 18.5", "hidden_mean_s = 28", "hidden_mean_s = 32")  # [tracker]


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


def replayed(program, setting, inputs, judged, work):
    """What ais_coverage.py says of one replay."""
    config, tracks, result = (os.path.join(work, name) for name in ("settings.toml", "tracks.csv", "result.json"))
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"[tracker]\n{setting}\n")
    subprocess.run([program, "replay", "--threads", "1", "--config", config, "--tracks", tracks, *inputs], check=True,
                   stdout=subprocess.DEVNULL)
    said = subprocess.run([sys.executable, os.path.join(HERE, "ais_coverage.py"), "--tracks", tracks, *judged, "--json",
                           result], check=True, stdout=subprocess.PIPE, text=True).stdout
    if not setting:
        print(said)
    with open(result, encoding="utf-8") as file:
        return json.load(file)


def summary(covered, alike, chance, tracks, unexplained):
    return (f"covered {covered:.1f} %, moving alike {alike:.1f} %, by chance {chance:.1f} %, {tracks:.0f} confirmed tracks, "
            f"{unexplained:.0f} unexplained")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("run")
    parser.add_argument("--least-alike", type=float, default=0.0, help="of the vessels' time, percent")
    parser.add_argument("--most-unexplained", type=float, default=float("inf"), help="tracks")
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
        land = os.path.join(work, "land.json")
        with open(land, "w", encoding="utf-8") as file:
            subprocess.run([a.program, "chart", "land", first_own_position(ais), "--half-size-deg", "0.3"], check=True,
                           stdout=file)
        judged = ["--ais", ais, "--land", land, "--detections", detections]
        results = [replayed(a.program, setting, (video, nmea), judged, work) for setting in SETTINGS]
    rows = [(r["covered_pct"], r["alike_pct"], r["chance_pct"], r["confirmed_tracks"], len(r["unexplained"]))
            for r in results]
    for setting, row in zip(SETTINGS, rows):
        print(f"{setting or 'as delivered'}: {summary(*row)}")
    mean = [statistics.mean(column) for column in zip(*rows)]
    print(f"mean: {summary(*mean)}")
    failed = False
    if mean[1] < a.least_alike:
        print(f"less than the {a.least_alike:g} % demanded move alike")
        failed = True
    if mean[4] > a.most_unexplained:
        print(f"more unexplained than the {a.most_unexplained:g} granted")
        failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
