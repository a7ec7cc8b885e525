#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Pictures of tracks over the plots they came from, and figures beside them.

    draw_tracks.py all [--program HEADLAND] [--out FOLDER]
        runs the recordings of ../shared/data through HEADLAND and draws the pictures of
        docs/concepts/tracking-on-recordings.md into docs/images
    draw_tracks.py one --plots P.csv --tracks T.csv --out X.png [--ais A.csv] [--half-size-m M] [--least-s S]

Grey: plots (darker where more fell on one point). Colours: confirmed tracks that lived --least-s seconds, with their
numbers at the end; a disc marks where each ends. Black, thin: AIS. North up.
"""
import argparse
import csv
import gzip
import os
import subprocess
import sys
import tempfile

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from canvas import Canvas  # noqa: E402

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
COLOURS = [(214, 39, 40), (31, 119, 180), (44, 140, 44), (255, 127, 14), (148, 103, 189), (0, 150, 160), (200, 60, 140),
           (140, 86, 75), (120, 120, 0)]
CANAL_NEAR_M = 4.0  # points nearer to one another are one vessel's
CANAL = ("2023-08-18-11-52-55", "2023-08-18-17-40-50", "2023-08-19-15-23-32", "2023-08-22-18-33-03",
         "2023-08-26-14-50-43", "2023-08-31-11-37-53", "2023-09-01-16-57-19", "2023-09-03-16-51-54")
# All but the two of radars that are switched on, which hold no video.
NAVICO = ("halo24_and_nmea0183_ais.pcap", "br24-ranges-nm.pcap.gz", "4g-heading.pcap.gz", "sea_clutter_halo.pcap.gz",
          "halo-velocitytrack-away.pcap.gz", "3g.pcap.gz", "4g-ranges-mixed.pcap.gz", "halo20-ranges.pcap.gz")


def shared_data():
    for above in ("..", os.path.join("..", "..")):
        folder = os.path.normpath(os.path.join(ROOT, above, "shared", "data"))
        if os.path.isdir(folder):
            return folder
    print("draw_tracks: the recordings are not here (looked for in ../shared/data)", file=sys.stderr)
    sys.exit(2)


def columns(path, names):
    """{name: array} of a CSV file; what is empty is NaN."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(r[name]) if r.get(name) else np.nan for r in rows]) for name in names}


class Tracks:
    """Confirmed tracks: {number: (time, east, north)}, tentative rows left out."""

    def __init__(self, path):
        self.paths, self.origin = {}, None
        rows = {}
        with open(path, newline="", encoding="utf-8") as file:
            for r in csv.DictReader(file):
                if r["status"] in ("confirmed", "coasted"):
                    rows.setdefault(int(r["track_id"]), []).append([float(r[k]) for k in ("time_s", "east_m", "north_m")])
                if self.origin is None and r.get("lat_deg"):
                    self.origin = tuple(float(r[k]) for k in ("lat_deg", "lon_deg", "east_m", "north_m"))
        for number, found in rows.items():
            self.paths[number] = np.array(found).T

    def lived(self, least_s):
        return {k: p for k, p in self.paths.items() if p[0][-1] - p[0][0] >= least_s}

    def to_plane(self, lat, lon):
        """East and north of a place, from that of one row (good to some metres within 10 km)."""
        lat0, lon0, e0, n0 = self.origin
        return (e0 + (lon - lon0) * 111_320.0 * np.cos(np.radians(lat0)), n0 + (lat - lat0) * 111_200.0)


def read_ais(path, tracks):
    """Paths of AIS vessels in the plane of the tracks."""
    rows = {}
    with open(path, newline="", encoding="utf-8") as file:
        for r in csv.DictReader(file):
            if r["is_own_ship"] != "1":
                rows.setdefault(r["mmsi"], []).append((float(r["lat_deg"]), float(r["lon_deg"])))
    return [tracks.to_plane(*np.array(found).T) for found in rows.values()]


def window(e, n, half_size_m):
    """((west, east), (south, north)) of a picture: about the origin, or about nearly all plots."""
    if half_size_m is not None:
        return (-half_size_m, half_size_m), (-half_size_m, half_size_m)
    west, east = np.percentile(e, (0.3, 99.7))
    south, north = np.percentile(n, (0.3, 99.7))
    margin = 0.06 * max(east - west, north - south)
    return (west - margin, east + margin), (south - margin, north + margin)


def draw(plots_path, tracks_path, out, ais=None, half_size_m=None, least_s=10.0):
    """One picture; returns a line of figures."""
    plots = columns(plots_path, ("time_s", "east_m", "north_m", "range_m"))
    ok = np.isfinite(plots["east_m"])
    e, n = plots["east_m"][ok], plots["north_m"][ok]
    tracks = Tracks(tracks_path)
    canvas = Canvas(*window(e, n, half_size_m))
    canvas.density(e, n)
    for path in read_ais(ais, tracks) if ais else []:
        canvas.line(*path, (0, 0, 0), 1.0, 0.8)
    shown = tracks.lived(least_s)
    for number, (_, te, tn) in sorted(shown.items()):
        canvas.line(te, tn, COLOURS[number % len(COLOURS)], 2.0)
    for number, (_, te, tn) in sorted(shown.items()):
        canvas.disc(te[-1], tn[-1], 3.0, COLOURS[number % len(COLOURS)])
        if len(shown) <= 80:
            canvas.label(te[-1], tn[-1], str(number), COLOURS[number % len(COLOURS)])
    canvas.scale_bar()
    canvas.write(out)
    lives = [p[0][-1] - p[0][0] for p in tracks.paths.values()]
    span = np.nanmax(plots["time_s"]) - np.nanmin(plots["time_s"])
    return (f"{os.path.basename(out)}: {len(e)} plots in {span:.0f} s; {len(lives)} tracks confirmed, {len(shown)} of them lived "
            f"{least_s:.0f} s or more (drawn), median life {np.median(lives) if lives else 0:.0f} s, "
            f"longest {max(lives, default=0):.0f} s; {os.path.getsize(out) / 1000:.0f} kB")


def run(command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"draw_tracks: {' '.join(command)} ended with {result.returncode}\n{result.stderr}")


def canal_plots(source, out):
    """Points of a second, joined where they lie within CANAL_NEAR_M of one another, to plots CSV."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        points = np.loadtxt(file, delimiter=",", skiprows=1)
    with open(out, "w", encoding="utf-8") as file:
        file.write("time_s,scan_id,east_m,north_m\n")
        for scan, t in enumerate(np.unique(points[:, 0])):
            left = points[points[:, 0] == t][:, 1:]
            while len(left):
                group = np.zeros(len(left), bool)
                group[0] = True
                while True:  # single linkage
                    near = (np.hypot(*(left[:, None] - left[group][None]).transpose(2, 0, 1)) < CANAL_NEAR_M).any(axis=1)
                    if (near == group).all():
                        break
                    group = near
                middle = left[group].mean(axis=0)
                file.write(f"{t:.3f},{scan},{middle[0]:.3f},{middle[1]:.3f}\n")
                left = left[~group]


def draw_all(program, out):
    data = shared_data()
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        plots, tracks = os.path.join(work, "plots.csv"), os.path.join(work, "tracks.csv")
        marce = os.path.join(data, "radar-video", "marce", "run_01_005_")
        run([program, "replay", "--threads", "1", "--plots", plots, "--tracks", tracks, marce + "cat240.pcap.gz",
             marce + "ais.nmea"])
        print(draw(plots, tracks, os.path.join(out, "tracks-marce.png"), marce + "ais.csv", 7600.0, 30.0))
        for name in CANAL:
            canal_plots(os.path.join(data, "tracks", "trondheim-canal", name + ".csv.gz"), plots)
            run([program, "track", "--config", os.path.join(ROOT, "data", "radars", "trondheim-canal.toml"),
                 "--plots", plots, "--out", tracks])
            print(draw(plots, tracks, os.path.join(out, f"tracks-canal-{name[:13]}.png"), None, None, 5.0))
        for name in NAVICO:
            run([program, "replay", "--threads", "1", "--plots", plots, "--tracks", tracks,
                 os.path.join(data, "radar-pcap", "navico", name)])
            print(draw(plots, tracks, os.path.join(out, f"tracks-{name.split('.')[0].replace('_', '-')}.png"), None,
                       None, 2.0))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    every = verbs.add_parser("all")
    every.add_argument("--program", default=os.path.join(ROOT, "build", "release", "src", "app", "headland"))
    every.add_argument("--out", default=os.path.join(ROOT, "docs", "images"))
    one = verbs.add_parser("one")
    for name in ("--plots", "--tracks", "--out"):
        one.add_argument(name, required=True)
    one.add_argument("--ais")
    one.add_argument("--half-size-m", type=float)
    one.add_argument("--least-s", type=float, default=10.0)
    a = parser.parse_args()
    if a.verb == "all":
        draw_all(a.program, a.out)
    else:
        print(draw(a.plots, a.tracks, a.out, a.ais, a.half_size_m, a.least_s))


if __name__ == "__main__":
    main()
