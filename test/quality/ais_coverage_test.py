#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ais_coverage.py counts what it says, and its exit code follows --least (the CTest `quality.ais_coverage`)."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
LAT, LON = 50.0, -1.0
STEP_DEG = 5e-5  # of latitude, 5.6 m


def ais_of(seconds):
    """Own ship that stands still, and one vessel about 2 km north that moves away."""
    rows = ["t_s_of_day,mmsi,lat_deg,lon_deg,is_own_ship"]
    for t in range(seconds + 1):
        rows += [f"{t},1,{LAT},{LON},1", f"{t},2,{LAT + 0.02 + t * STEP_DEG},{LON},0"]
    return "\n".join(rows) + "\n"


def tracks_of(seconds, status="confirmed", off_deg=0.0, north_mps=0.0):
    """A track of that vessel until `seconds`; north_mps: what it says of its speed."""
    rows = ["track_id,time_s,lat_deg,lon_deg,ve_mps,vn_mps,status"]
    rows += [f"7,{t},{LAT + 0.02 + off_deg + t * STEP_DEG},{LON},0,{north_mps},{status}" for t in range(seconds + 1)]
    return "\n".join(rows) + "\n"


def coverage(tracks, *options):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in (("tracks.csv", tracks), ("ais.csv", ais_of(215))):
            paths.append(os.path.join(folder, name))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(text)
        return subprocess.run([sys.executable, os.path.join(HERE, "ais_coverage.py"), "--tracks", paths[0], "--ais",
                               paths[1], *options], capture_output=True, text=True, check=False)


class Coverage(unittest.TestCase):
    def test_a_vessel_tracked_all_the_time_is_covered_and_its_track_explained(self):
        result = coverage(tracks_of(215), "--least", "100")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("covered 100.0 % of 200 s of 1 vessels; 1 confirmed tracks, 0 on open water", result.stdout)

    def test_only_a_track_that_moves_as_the_vessel_does_follows_it(self):
        with_it = coverage(tracks_of(215, north_mps=STEP_DEG * 111200.0), "--aside-m", "1000")
        self.assertRegex(with_it.stdout, r"moving alike: (9[0-9.]+|100.0) %; by chance, 1000 m aside: 0.0 %")
        crossing = coverage(tracks_of(215, north_mps=-20.0))
        self.assertIn("covered 100.0 %", crossing.stdout)
        self.assertIn("by tracks moving alike: 0.0 %", crossing.stdout)

    def test_less_than_demanded_ends_with_1_and_without_a_demand_with_0(self):
        beside = tracks_of(215, off_deg=0.01)  # a kilometre off: no cover, and nothing explains it
        self.assertEqual(coverage(beside, "--least", "70").returncode, 1)
        result = coverage(beside)
        self.assertEqual(result.returncode, 0)
        self.assertIn("covered 0.0 %", result.stdout)
        self.assertIn("track 7", result.stdout)

    def test_the_first_seconds_are_left_out_as_told(self):
        self.assertIn("of 215 s", coverage(tracks_of(215), "--settle-s", "0").stdout)

    def test_no_confirmed_track_covers_nothing(self):
        result = coverage(tracks_of(215, status="tentative"), "--least", "1")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("covered 0.0 % of 200 s", result.stdout)

    def test_no_vessel_that_counts_is_less_than_demanded(self):
        self.assertEqual(coverage(tracks_of(215), "--far-m", "1000", "--least", "1").returncode, 1)


if __name__ == "__main__":
    unittest.main()
