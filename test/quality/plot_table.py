#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What plots make of real radar video with AIS beside it, run by run, in a table.

    plot_table.py HEADLAND [--config FILE] [--runs 01_005 01_001 03_002] [--markdown FILE]

Of every turn of a run of MarCE video (../shared/data, see coverage_run.py):
  AIS       vessels with AIS in view (400 m to 7 km, 300 m off the coast) that have a plot within max(150 m, 3 degrees)
  found     detections of the recording's owner (an independent detector) there that have a plot of ours so near
  also      plots of ours there that have such a detection
  unknown   plots a turn there that neither AIS nor that detector explains
  doubted   of the plots of AIS vessels, and of the unknown ones: for which something else than a vessel (side lobes and
            so on) is likelier than not
Bearings of a run may be off (03_002: by 12 to 18 degrees): the angle by which most AIS vessels lie on plots is taken out
first, every two minutes anew, where it brings a tenth of them more; its mean is told.
Ends with 77 (skipped) without the recordings or the coastline.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

import ais_coverage
import coverage_run

NEAR_M, FAR_M, COAST_M = 400.0, 7000.0, 300.0
GATE_M, GATE_RAD = 150.0, np.radians(3.0)
HOLE_S = 60.0
WINDOW_TURNED_S = 120.0
WINDOW_S = 1.5  # about the time when the beam was there


def read_plots(path):
    with open(path, newline="", encoding="utf-8") as f:
        rows = [(float(r["time_s"]), float(r["range_m"]), np.radians(float(r["azimuth_deg"])), int(float(r["scan_id"])),
                 float(r["cause_odds"] or 0))
                for r in csv.DictReader(f)]
    return np.array(sorted(rows))


def is_near(times, e, n, of_t, of_e, of_n, gate):
    """For each point, whether one of the others is within its gate at its time; times of the others in order."""
    hit = np.zeros(len(times), bool)
    first = np.searchsorted(of_t, times - WINDOW_S)
    last = np.searchsorted(of_t, times + WINDOW_S)
    for i in range(len(times)):
        d = np.hypot(of_e[first[i]:last[i]] - e[i], of_n[first[i]:last[i]] - n[i])
        hit[i] = bool((d <= gate[i]).any())
    return hit


class Run:
    def __init__(self, program, config, name, data, work):
        base = os.path.join(data, "radar-video", "marce", f"run_{name}_")
        plots, land = os.path.join(work, "plots.csv"), os.path.join(work, "land.json")
        command = [program, "replay", "--threads", "1", "--causes", "--plots", plots]
        subprocess.run(command + (["--config", config] if config else []) +
                       [base + "cat240.pcap.gz", base + "ais.nmea"], check=True, stdout=subprocess.DEVNULL)
        self.own, self.paths, ref = ais_coverage.read_ais(base + "ais.csv", HOLE_S)
        with open(land, "w", encoding="utf-8") as file:
            subprocess.run([program, "chart", "land", coverage_run.first_own_position(base + "ais.csv"),
                            "--half-size-deg", "0.3"], check=True, stdout=file)
        self.rings = ais_coverage.read_land(land, ref)
        self.plots = read_plots(plots)
        self.detections = None
        if os.path.isfile(base + "detections.csv"):
            d = ais_coverage.read_detections(base + "detections.csv")
            self.detections = d[np.argsort(d[:, 0])]
        first, last = self.plots[0, 0], self.plots[-1, 0]
        self.turns = np.arange(first + 15.0, last, 2.5)

    def place(self, times, ranges, bearings, turn=0.0):
        e, n = self.own.at(times)
        return e + ranges * np.sin(bearings + turn), n + ranges * np.cos(bearings + turn)

    def in_view(self, times, e, n):
        oe, on = self.own.at(times)
        r = np.hypot(e - oe, n - on)
        use = np.isfinite(r) & (r > NEAR_M) & (r < FAR_M)
        if use.any():
            use &= ais_coverage.land_distance(np.where(use, e, np.nan), np.where(use, n, np.nan), self.rings) > COAST_M
        return use, np.maximum(GATE_M, GATE_RAD * np.nan_to_num(r))

    def vessels(self):
        """Time, east, north, gate of every AIS vessel in view, at the middle of each turn."""
        parts = []
        for path in self.paths.values():
            e, n = path.at(self.turns)
            use, gate = self.in_view(self.turns, e, n)
            parts.append(np.column_stack([self.turns, e, n, gate])[use])
        return np.concatenate(parts) if parts else np.zeros((0, 4))

    def turned_by(self, vessels):
        """Of each minute or two, by how much all bearings are off: (their middles, radians)."""
        turns = np.radians(np.arange(-20.0, 20.5, 1.0))
        middles, best = [], []
        for begins in np.arange(self.turns[0], self.turns[-1], WINDOW_TURNED_S):
            v = vessels[(vessels[:, 0] >= begins) & (vessels[:, 0] < begins + WINDOW_TURNED_S)]
            some = v[:: max(1, len(v) // 200)]
            inside = np.abs(self.plots[:, 0] - begins - WINDOW_TURNED_S / 2) < WINDOW_TURNED_S / 2 + WINDOW_S
            p = self.plots[inside]
            if len(some) < 20 or len(p) == 0:
                continue
            shares = []
            for turn in turns:
                e, n = self.place(p[:, 0], p[:, 1], p[:, 2], turn)
                shares.append(is_near(some[:, 0], some[:, 1], some[:, 2], p[:, 0], e, n,
                                      np.full(len(some), GATE_M)).mean())
            straight = shares[len(turns) // 2]
            middles.append(begins + WINDOW_TURNED_S / 2)
            best.append(turns[int(np.argmax(shares))] if max(shares) > straight + 0.1 else 0.0)
        return (middles, best) if middles else ([self.turns[0]], [0.0])

    def row(self):
        v = self.vessels()
        middles, best = self.turned_by(v)
        t, r, b = self.plots[:, 0], self.plots[:, 1], self.plots[:, 2]
        e, n = self.place(t, r, b, np.interp(t, middles, best))
        seen = is_near(v[:, 0], v[:, 1], v[:, 2], t, e, n, v[:, 3])
        use, gate = self.in_view(t, e, n)
        by_ais = np.zeros(len(t), bool)
        for path in self.paths.values():
            pe, pn = path.at(t)
            by_ais |= np.hypot(pe - e, pn - n) <= gate
        found = also = float("nan")
        by_other = np.zeros(len(t), bool)
        if self.detections is not None:
            d = self.detections
            de, dn = self.place(d[:, 0], d[:, 2], d[:, 1], np.interp(d[:, 0], middles, best))
            d_use, d_gate = self.in_view(d[:, 0], de, dn)
            found = 100.0 * is_near(d[d_use, 0], de[d_use], dn[d_use], t, e, n, d_gate[d_use]).mean()
            by_other[use] = is_near(t[use], e[use], n[use], d[:, 0], de, dn, gate[use])
            also = 100.0 * by_other[use].mean()
        turns = max(len(self.turns), 1)
        doubted = self.plots[:, 4] >= 1.0
        unknown = use & ~by_ais & ~by_other
        return {"AIS vessels a turn": len(v) / turns, "with a plot, %": 100.0 * seen.mean(), "its plots found, %": found,
                "ours it found, %": also, "our plots a turn": use.sum() / turns,
                "unexplained a turn": unknown.sum() / turns,
                "AIS doubted, %": 100.0 * doubted[use & by_ais].mean(),
                "unexplained doubted, %": 100.0 * doubted[unknown].mean(), "turned by, deg": np.degrees(np.mean(best))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--config")
    parser.add_argument("--runs", nargs="+", default=["01_005", "01_001", "03_002"])
    parser.add_argument("--markdown")
    a = parser.parse_args()
    data = coverage_run.shared_data()
    if data is None or not os.path.isdir(os.path.join(data, "radar-video", "marce")):
        return coverage_run.skip("no recordings in ../shared/data/radar-video/marce")
    if not os.path.isfile(coverage_run.COAST):
        return coverage_run.skip("no coastline (Debian package gmt-gshhg-full)")
    rows = {}
    for name in a.runs:
        with tempfile.TemporaryDirectory() as work:
            rows[name] = Run(a.program, a.config, name, data, work).row()
    heads = list(next(iter(rows.values())))
    lines = ["| run | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name, row in rows.items():
        cells = ["" if np.isnan(row[h]) else f"{row[h]:.1f}" for h in heads]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    print("\n".join(lines))
    if a.markdown:
        with open(a.markdown, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
