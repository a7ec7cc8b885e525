#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plots over the video they were made of, one picture a recording: those of docs/concepts/plots-on-recordings.md.

    draw_recordings.py HEADLAND [--out docs/images] [--only NAME ...]

Replays each recording of ../shared/data with the program's defaults (nothing is configured) and draws the last turn:
video grey, darker where it is stronger; plots of that turn red, and orange where something else than a vessel (a side
lobe and so on) is likelier to have given them; head-up where the recording has no heading. `before` pictures show the
video alone. Prints how many plots there are. Recordings that are not there are skipped, and said so.
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
import coverage_run  # noqa: E402

PIXELS = 560
SHOWN = {  # picture: file under ../shared/data/radar-pcap, half its width in metres
    "navico-br24": ("navico/br24-ranges-nm.pcap.gz", None),
    "navico-3g": ("navico/3g.pcap.gz", None),
    "navico-4g": ("navico/4g-heading.pcap.gz", None),
    "navico-halo20": ("navico/halo20-ranges.pcap.gz", None),
    "navico-halo24": ("navico/halo24_and_nmea0183_ais.pcap", None),
    "navico-sea-clutter": ("navico/sea_clutter_halo.pcap.gz", None),
    "garmin-xhd": ("garmin/garmin_xhd.pcap.gz", None),
    "furuno-drs4d-nxt": ("furuno/furuno1_drs4d-nxt_with_nmea.pcap.gz", None),
    "furuno-drs4w": ("furuno/radar3_drs4w.pcap.gz", None),
    "raymarine-quantum2": ("raymarine/quantum2_solent_03.pcap.gz", None),
    "raymarine-rd": ("raymarine/e120_rd_tx_gain.pcap.gz", None),
}
ALSO_BEFORE = {"navico-sea-clutter"}


class Video:
    """What `headland replay --video` wrote: rows from north (or the bow) clockwise, cells outward."""

    def __init__(self, path):
        with open(path, "rb") as f:
            assert f.readline() == b"P5\n"
            self.notes = {}
            line = f.readline()
            while line.startswith(b"#"):
                name, value = line[1:].strip().decode().split(" ", 1)
                self.notes[name] = value
                line = f.readline()
            width, height = map(int, line.split())
            f.readline()
            self.rows = np.frombuffer(f.read(width * height), np.uint8).reshape(height, width)
        self.start, self.cell = float(self.notes["range_start_m"]), float(self.notes["cell_m"])
        self.reach = self.start + self.cell * width

    def fill(self):
        """Rows that the radar left out, as the one before."""
        rows = self.rows.copy()
        for i in np.flatnonzero(~rows.any(axis=1)):
            rows[i] = rows[i - 1]
        return rows


def last_turn(path, radar):
    with open(path, newline="", encoding="utf-8") as f:
        rows = [r for r in csv.DictReader(f) if r["sensor"] == radar]
    p = np.array([(float(r["time_s"]), float(r["range_m"]), np.radians(float(r["azimuth_deg"])), float(r["scan_id"]),
                   float(r["cause_odds"] or 0)) for r in rows])
    if len(p) == 0:
        return np.zeros((0, 5)), 0
    scans = np.unique(p[:, 3])
    began = np.array([p[p[:, 3] == s, 0].min() for s in scans])
    turn = np.median(np.diff(began)) if len(scans) > 1 else 2.5
    return p[p[:, 0] > p[:, 0].max() - 1.02 * turn], len(scans)


def paint(video, half, with_plots, plots, out):
    canvas = Canvas((-half, half), (-half, half), PIXELS)
    y, x = np.mgrid[0:PIXELS, 0:PIXELS] + 0.5
    east, north = x / canvas.scale - half, half - y / canvas.scale
    rows = video.fill()
    cell = ((np.hypot(east, north) - video.start) / video.cell).astype(int)
    azimuth = (np.mod(np.arctan2(east, north), 2 * np.pi) / (2 * np.pi) * len(rows)).astype(int) % len(rows)
    inside = (cell >= 0) & (cell < rows.shape[1])
    level = np.where(inside, rows[azimuth, np.clip(cell, 0, rows.shape[1] - 1)], 0)
    shade = np.rint(np.sqrt(level / 255.0) * 5) / 5  # few greys: a small file
    canvas.pixels[:] = np.where(inside[..., None], 255.0 - 150.0 * shade[..., None], 236.0)
    if with_plots:
        for _, r, b, _, odds in plots:
            canvas.disc(r * np.sin(b), r * np.cos(b), 2.6, (255, 150, 0) if odds >= 1.0 else (214, 0, 20))
    canvas.scale_bar()
    canvas.write(out)


def draw(program, name, recording, half, folder):
    with tempfile.TemporaryDirectory() as work:
        pgm, plots_path = os.path.join(work, "video.pgm"), os.path.join(work, "plots.csv")
        subprocess.run([program, "replay", "--threads", "1", "--video", pgm, "--causes", "--plots", plots_path, recording], check=True,
                       stdout=subprocess.DEVNULL)
        video = Video(pgm)
        plots, scans = last_turn(plots_path, video.notes["radar"])
        half = half or video.reach
        if name in ALSO_BEFORE:
            paint(video, half, False, plots, os.path.join(folder, f"plots-{name}-before.png"))
        out = os.path.join(folder, f"plots-{name}.png")
        paint(video, half, True, plots, out)
    doubted = int((plots[:, 4] >= 1.0).sum())
    print(f"{name}: {len(plots)} plots in the last of {scans} turns, {doubted} of them likelier something else than a "
          f"vessel; {video.reach:.0f} m, {os.path.getsize(out) // 1000} kB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--out", default=os.path.join(coverage_run.ROOT, "docs", "images"))
    parser.add_argument("--only", nargs="+", choices=sorted(SHOWN))
    a = parser.parse_args()
    data = coverage_run.shared_data()
    if data is None:
        return coverage_run.skip("no recordings in ../shared/data")
    for name, (path, half) in SHOWN.items():
        recording = os.path.join(data, "radar-pcap", path)
        if a.only and name not in a.only:
            continue
        if not os.path.isfile(recording):
            print(f"skipped: {path} is not there")
            continue
        draw(os.path.abspath(a.program), name, recording, half, a.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
