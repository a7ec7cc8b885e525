#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""dev/score says what it lacks, and scores a tracker that knows the answer as the oracle (the CTest `score`)."""
import json
import math
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "dev", "scoring"))
import figures  # noqa: E402
import report  # noqa: E402
import runs  # noqa: E402
import sensitivity  # noqa: E402

# Answers `track --plots P --out O --config C` with the oracle's tracks, which lie beside the plots.
KNOWS_THE_ANSWER = '#!/bin/sh\ncp "$(dirname "$3")/oracle.csv" "$5"\n'
FINDS_NOTHING = '#!/bin/sh\nhead -n 1 "$(dirname "$3")/oracle.csv" > "$5"\n'
REFUSES = '#!/bin/sh\necho no such key >&2\nexit 2\n'


def program(folder, text):
    path = os.path.join(folder, "headland")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, stat.S_IRWXU)
    return path


def score(root, *arguments):
    return subprocess.run([sys.executable, os.path.join(root, "dev", "score"), "--jobs", "1", *arguments],
                          capture_output=True, text=True, check=False)


class Score(unittest.TestCase):
    def test_without_the_tools_it_names_them_and_ends_with_2(self):
        with tempfile.TemporaryDirectory() as folder:
            root = os.path.join(folder, "a", "b")
            shutil.copytree(os.path.join(ROOT, "dev", "scoring"), os.path.join(root, "dev", "scoring"))
            shutil.copy(os.path.join(ROOT, "dev", "score"), os.path.join(root, "dev", "score"))
            result = score(root, "--quick")
        self.assertEqual(result.returncode, 2)
        self.assertIn("score_tracks.py", result.stderr)

    @unittest.skipIf(runs.missing(), "the scorer is not in ../shared")
    def test_a_tracker_that_knows_the_answer_is_the_oracle(self):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "out.json")
            result = score(ROOT, "--seeds", "1", "--only", "calm", "--program", program(folder, KNOWS_THE_ANSWER),
                           "--json", out)
            self.assertEqual(result.returncode, 0, result.stderr)
            with open(out, encoding="utf-8") as file:
                values = json.load(file)["calm"]["values"]
        self.assertAlmostEqual(values["gospa_ratio"], 1.0, places=3)
        self.assertEqual(values["false_per_h"], 0)

    @unittest.skipIf(runs.missing(), "the scorer is not in ../shared")
    def test_a_tracker_that_finds_nothing_ends_with_1_where_that_is_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            blind = program(folder, FINDS_NOTHING)
            lenient, strict = (score(ROOT, "--seeds", "1", "--only", "calm", "--program", blind, *more)
                               for more in ((), ("--strict",)))
        self.assertEqual((lenient.returncode, strict.returncode), (0, 1), strict.stderr)
        self.assertRegex(strict.stdout, "FAIL +calm +latency, s: no figure")

    @unittest.skipIf(runs.missing(), "the scorer is not in ../shared")
    def test_a_program_that_fails_fails_the_score_with_its_words(self):
        with tempfile.TemporaryDirectory() as folder:
            result = score(ROOT, "--seeds", "1", "--only", "calm", "--program", program(folder, REFUSES))
        self.assertEqual(result.returncode, 1)
        self.assertIn("no such key", result.stderr)


class Verdicts(unittest.TestCase):
    def test_a_figure_over_its_limit_fails_and_one_at_it_passes(self):
        self.assertFalse(report.verdict(("latency_s", "<=", 8.5), {"latency_s": 8.6})[1])
        self.assertTrue(report.verdict(("latency_s", "<=", 8.5), {"latency_s": 8.5})[1])

    def test_a_figure_outside_a_range_fails_either_way(self):
        goal = ("nees", "within", 1.6, 2.6)
        self.assertEqual([report.verdict(goal, {"nees": v})[1] for v in (1.5, 2.0, 2.7)], [False, True, False])

    def test_what_was_not_measured_has_no_verdict(self):
        text, met = report.verdict(("strait_ms", "<=", 40.0), {"calm_ms": 0.1})
        self.assertIsNone(met)
        self.assertIn("not measured", text)

    def test_a_figure_that_is_no_number_fails_and_says_so(self):
        text, met = report.verdict(("latency_s", "<=", 8.5), {"latency_s": math.nan})
        self.assertFalse(met)
        self.assertIn("no figure", text)

    def test_goals_are_all_met_only_if_each_that_was_measured_is(self):
        good = {"calm_ms": 0.1, "coastal_ms": 1.0}
        self.assertTrue(report.goals({"cpu": {"values": good}})[1])
        self.assertFalse(report.goals({"cpu": {"values": {**good, "strait_ms": 99.0}}})[1])
        self.assertFalse(report.goals({"cpu": {"values": {**good, "strait_ms": math.nan}}})[1])


class Figures(unittest.TestCase):
    def test_a_scene_without_a_figure_is_not_left_out_of_the_mean(self):
        scenes = [{"ours": {"latency_mean_s": 8.0}}, {"ours": {"latency_mean_s": math.nan}}]
        self.assertTrue(math.isnan(figures._mean(scenes, "ours", "latency_mean_s")))
        self.assertEqual(figures._mean(scenes[:1], "ours", "latency_mean_s"), 8.0)

    def test_a_group_that_was_never_tracked_in_a_scene_has_no_error(self):
        scenes = [{"ours": {"groups": {"fast": {"pos_rmse_update_m": e}}}} for e in (3.0, None)]
        self.assertTrue(math.isnan(figures._group_rms(scenes, "ours", "fast")))


class AtPlots(unittest.TestCase):
    def rows_left(self, text):
        with tempfile.TemporaryDirectory() as folder:
            tracks, out = os.path.join(folder, "tracks.csv"), os.path.join(folder, "out.csv")
            with open(tracks, "w", encoding="utf-8") as file:
                file.write(text)
            runs.without_coasted(tracks, out)
            with open(out, encoding="utf-8") as file:
                return file.read()

    def test_coasted_rows_go_and_all_others_stay(self):
        said = "time_s,track_id,status\n1,1,tentative\n2,1,confirmed\n3,1,coasted\n4,1,deleted\n"
        self.assertEqual(self.rows_left(said), said.replace("3,1,coasted\n", ""))

    def test_a_tracker_that_tells_no_status_loses_no_row(self):
        said = "time_s,track_id\n1,1\n2,1\n"
        self.assertEqual(self.rows_left(said), said)


class Cache(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.before = runs.CACHE, runs.TOOLS
        runs.TOOLS = os.path.join(self.folder.name, "tools")
        runs.CACHE = os.path.join(self.folder.name, "cache")
        os.mkdir(runs.TOOLS)
        self.write_tool("first")
        self.made = []

    def tearDown(self):
        runs.CACHE, runs.TOOLS = self.before
        runs.digest.cache_clear()

    def write_tool(self, text):
        with open(os.path.join(runs.TOOLS, "make_scenario.py"), "w", encoding="utf-8") as file:
            file.write(text)
        runs.digest.cache_clear()

    def test_a_scene_is_made_once_and_anew_when_its_maker_changed(self):
        first = runs.kept("calm", self.made.append)
        self.assertEqual(runs.kept("calm", self.made.append), first)
        self.assertEqual(len(self.made), 1)
        self.write_tool("second")
        self.assertNotEqual(runs.kept("calm", self.made.append), first)
        self.assertEqual(len(self.made), 2)

    def test_a_scene_that_could_not_be_made_leaves_nothing_behind(self):
        def fail(_):
            raise runs.Failed("no")
        with self.assertRaises(runs.Failed):
            runs.kept("calm", fail)
        self.assertEqual(os.listdir(runs.CACHE), [])


class Intervals(unittest.TestCase):
    def test_no_event_still_allows_for_some(self):
        self.assertEqual(figures.poisson_interval(0)[0], 0.0)
        self.assertAlmostEqual(figures.poisson_interval(0)[1], 3.689, places=3)
        self.assertAlmostEqual(figures.poisson_interval(10)[0], 4.795, places=3)
        self.assertAlmostEqual(figures.poisson_interval(10)[1], 18.390, places=3)

    def test_scenes_that_agree_leave_no_doubt(self):
        scenes = [{"x": 2.0}] * 3
        self.assertEqual(figures.intervals(scenes, lambda s: {"x": sum(c["x"] for c in s) / len(s)})["x"], (2.0, 2.0))


class Variants(unittest.TestCase):
    def test_each_number_of_a_file_is_halved_and_doubled_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "radar.toml")
            with open(path, "w", encoding="utf-8") as file:
                file.write('# 3 = not a key\n[tracker]\na_m = 4.0  # metres\nname = "x"\nb = 1\n')
            found = dict(sensitivity.variants(path))
        self.assertEqual(list(found), ["as shipped", "a_m / 2", "a_m x 2", "b / 2", "b x 2"])
        self.assertIn("a_m = 8.0  # metres", found["a_m x 2"])
        self.assertIn("b = 1\n", found["a_m x 2"])


if __name__ == "__main__":
    unittest.main()
