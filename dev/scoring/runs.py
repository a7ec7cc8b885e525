# SPDX-License-Identifier: Apache-2.0
"""Scenes made and kept, the tracker run over them, its tracks scored: one dictionary of figures a scene."""
import contextlib
import csv
import functools
import hashlib
import importlib.util
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import families

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
if not os.path.isdir(SHARED):  # a worktree lies one folder deeper
    SHARED = os.path.join(os.path.dirname(os.path.dirname(ROOT)), "shared")
TOOLS = os.path.join(SHARED, "tools")
DATA = os.path.join(SHARED, "data")
CACHE = os.path.join(ROOT, "build", "score")
NEEDED = ["make_scenario.py", "score_tracks.py", "oracle_tracks.py", "autoferry_to_csv.py", "pcrlb.py"]


class Failed(Exception):
    """The tracker or a tool did not do its work; the text says which and why."""


def missing():
    """What is needed and is not there, in words; empty when all is."""
    lines = [f"the tool {name} (looked for in ../shared/tools)" for name in NEEDED
             if not os.path.isfile(os.path.join(TOOLS, name))]
    if not os.path.isdir(os.path.join(DATA, "tracks", "autoferry")):
        lines.append("the Autoferry recordings (looked for in ../shared/data/tracks/autoferry)")
    return lines


def tool(name):
    """A tool of ../shared/tools as a module."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, os.path.join(TOOLS, name + ".py"))
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def call_tool(name, arguments):
    """Runs a tool's main() and returns what it printed."""
    module = tool(name)
    said, argv = io.StringIO(), sys.argv
    sys.argv = [name, *arguments]
    try:
        with contextlib.redirect_stdout(said):
            module.main()
    except SystemExit as end:
        if end.code:
            raise Failed(f"{name} {' '.join(arguments)}: ended with {end.code}") from end
    finally:
        sys.argv = argv
    return said.getvalue()


@functools.cache
def digest(*files):
    """Of the contents of all tools, of this file (it holds the scorer's options) and of `files`."""
    tools = sorted(os.path.join(TOOLS, name) for name in os.listdir(TOOLS) if name.endswith(".py"))
    text = hashlib.sha256()
    for path in [*tools, os.path.abspath(__file__), *files]:
        with open(path, "rb") as file:
            text.update(hashlib.sha256(file.read()).digest())
    return text.hexdigest()[:12]


def kept(key, make, *files):
    """The folder build/score/KEY_DIGEST; `make(folder)` fills it once, from the tools and `files`: another scene maker,
    scorer or recording has another folder. Safe with several runs at a time."""
    folder = os.path.join(CACHE, f"{key}_{digest(*files)}")
    if not os.path.isdir(folder):
        os.makedirs(CACHE, exist_ok=True)
        work = tempfile.mkdtemp(prefix=".making-", dir=CACHE)
        try:
            make(work)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        try:
            os.rename(work, folder)
        except OSError:  # another run was quicker
            shutil.rmtree(work, ignore_errors=True)
    return folder


def scene_key(arguments, seed):
    return "_".join(a.replace("--", "") for a in arguments) + f"_seed{seed}"


def scenario(arguments, seed, with_oracle):
    """The folder of a simulated scene, its oracle's tracks beside it (without: plots and truth only)."""
    def make(folder):
        call_tool("make_scenario", [arguments[0], folder, "--seed", str(seed), *arguments[1:]])
        if with_oracle:
            call_tool("oracle_tracks", [folder, os.path.join(folder, "oracle.csv")])
    return kept(scene_key(arguments, seed) + ("" if with_oracle else "_plain"), make)


def autoferry(number):
    source = os.path.join(DATA, "tracks", "autoferry", f"scenario{number}_")
    detections, truth = source + "detections.json", source + "groundTruth.json"
    return kept(f"autoferry{number}", lambda folder: call_tool(
        "autoferry_to_csv", [detections, truth, folder, "--sensor", "2"]), detections, truth)


def run_tracker(program, config, plots, out):
    """Seconds of CPU (user and system) of one run of `headland track`."""
    command = [program, "track", "--plots", plots, "--out", out, "--config", config]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise Failed(f"{' '.join(command)}\nended with {process.returncode}: {said.read().decode(errors='replace')[:2000]}")
    return usage.ru_utime + usage.ru_stime


def options(groups=None, **more):
    return tool("score_tracks").Options(c=100.0, gate=200.0, groups=groups, **more)


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def score_oracle(folder, groups):
    """The oracle's figures of a scene, kept beside it."""
    path = os.path.join(folder, "oracle.json")
    if not os.path.exists(path):
        score_tracks = tool("score_tracks")
        figures = score_tracks.score_files(os.path.join(folder, "truth.csv"), os.path.join(folder, "oracle.csv"),
                                           options(groups))
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False) as file:
            file.write(score_tracks.to_json({"oracle": figures}))
        os.rename(file.name, path)
    return read_json(path)["oracle"]


def cargo_bound(folder):
    """The bound on the position error of straight courses (pcrlb.py, no process noise), kept beside the scene."""
    path = os.path.join(folder, "bound.json")
    if not os.path.exists(path):
        said = call_tool("pcrlb", ["--scenario", folder, "--kinds", "cargo", "--q", "0", "--skip", "4", "--json"])
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False) as file:
            file.write(said)
        os.rename(file.name, path)
    return read_json(path)["pos_rmse_bound_m"]


def without_coasted(tracks, out):
    """The rows of the tracks that a plot went into: the oracle writes no others."""
    with open(tracks, encoding="utf-8") as source, open(out, "w", encoding="utf-8", newline="") as target:
        reader, writer = csv.reader(source), csv.writer(target, lineterminator="\n")
        header = next(reader)
        writer.writerow(header)
        status_at = header.index("status") if "status" in header else None  # a tracker that tells none coasts none
        writer.writerows(row for row in reader if row and (status_at is None or row[status_at] != "coasted"))


def simulated_scene(job):
    """(program, config, arguments, seed) -> {"ours": figures, "ours_at_plots": figures, "oracle": figures, ...}"""
    program, config, arguments, seed = job
    folder = scenario(arguments, seed, True)
    info = read_json(os.path.join(folder, "scenario.json"))
    groups = info["kind_of_target"]
    with tempfile.TemporaryDirectory() as work:
        tracks = os.path.join(work, "tracks.csv")
        cpu_s = run_tracker(program, config, os.path.join(folder, "plots.csv"), tracks)
        truth, at_plots = os.path.join(folder, "truth.csv"), os.path.join(work, "at_plots.csv")
        ours = tool("score_tracks").score_files(truth, tracks, options(groups))
        without_coasted(tracks, at_plots)
        ours_at_plots = tool("score_tracks").score_files(truth, at_plots, options(groups, stride=1e9))
    result = {"seed": seed, "ours": ours, "ours_at_plots": ours_at_plots, "oracle": score_oracle(folder, groups), "cpu_s": cpu_s,
              "scans": info["duration"] * info["rpm"] / 60.0, "hours": info["duration"] / 3600.0}
    if "--wander" not in arguments and "cargo" in groups.values():
        result["cargo_bound_m"] = cargo_bound(folder)
    return result


def write_with_gaps(plots, out):
    """The plots without those that fall into the gaps; rows that are no plots (empty scans) stay."""
    with open(plots, encoding="utf-8") as source, open(out, "w", encoding="utf-8", newline="") as target:
        reader, writer = csv.reader(source), csv.writer(target, lineterminator="\n")
        header = next(reader)
        writer.writerow(header)
        time_at, bearing_at = header.index("time_s"), header.index("azimuth_deg")
        for row in reader:
            if row[bearing_at]:
                phase, bearing = float(row[time_at]) % families.GAP_PERIOD_S, float(row[bearing_at]) % 360.0
                if (families.GAP_FROM_S < phase < families.GAP_TO_S
                        and families.GAP_FROM_DEG < bearing < families.GAP_TO_DEG):
                    continue
            writer.writerow(row)


def gap_scene(job):
    """As simulated_scene, with gaps and without oracle."""
    program, config, arguments, seed = job
    folder = scenario(arguments, seed, True)
    info = read_json(os.path.join(folder, "scenario.json"))
    with tempfile.TemporaryDirectory() as work:
        plots, tracks = os.path.join(work, "plots.csv"), os.path.join(work, "tracks.csv")
        write_with_gaps(os.path.join(folder, "plots.csv"), plots)
        run_tracker(program, config, plots, tracks)
        ours = tool("score_tracks").score_files(os.path.join(folder, "truth.csv"), tracks, options())
    return {"seed": seed, "ours": ours, "hours": info["duration"] / 3600.0}


def false_scene(job):
    """As simulated_scene, without oracle: for counting false tracks. The scene is not kept (it is large)."""
    program, config, arguments, seed = job
    with tempfile.TemporaryDirectory() as work:
        call_tool("make_scenario", [arguments[0], work, "--seed", str(seed), *arguments[1:]])
        info = read_json(os.path.join(work, "scenario.json"))
        tracks = os.path.join(work, "tracks.csv")
        run_tracker(program, config, os.path.join(work, "plots.csv"), tracks)
        # One window of OSPA(2) only: it costs most and is not looked at here.
        ours = tool("score_tracks").score_files(os.path.join(work, "truth.csv"), tracks, options(stride=1e9))
    return {"seed": seed, "ours": ours, "hours": info["duration"] / 3600.0}


def autoferry_scene(job):
    program, config, number = job
    folder = autoferry(number)
    with tempfile.TemporaryDirectory() as work:
        tracks = os.path.join(work, "tracks.csv")
        cpu_s = run_tracker(program, config, os.path.join(folder, "plots.csv"), tracks)
        score_tracks = tool("score_tracks")
        ours = score_tracks.score_files(
            os.path.join(folder, "truth.csv"), tracks,
            score_tracks.Options(c=30.0, vicinity=60.0, track_time_offset=-2.0))
    with open(os.path.join(folder, "plots.csv"), encoding="utf-8") as file:
        scans = len({line.split(",")[1] for line in file}) - 1
    return {"scene": number, "ours": ours, "cpu_s": cpu_s, "scans": scans}


def start_up_s(program, config, repeats=5):
    """Seconds of CPU of a run over one empty scan: what starting costs."""
    with tempfile.TemporaryDirectory() as work:
        plots = os.path.join(work, "plots.csv")
        with open(plots, "w", encoding="utf-8") as file:
            file.write("time_s,range_m,azimuth_deg,east_m,north_m,scan_id\n0.0,,,,,0\n")
        return statistics.median(run_tracker(program, config, plots, os.path.join(work, "tracks.csv"))
                                 for _ in range(repeats))


def cpu_ms(program, config, arguments, repeats):
    """Milliseconds of CPU a scan, start-up taken off: the median of some runs, and all of them."""
    folder = scenario(arguments, 1, arguments[0] in ("calm", "coastal"))
    info = read_json(os.path.join(folder, "scenario.json"))
    scans = info["duration"] * info["rpm"] / 60.0
    start = start_up_s(program, config)
    with tempfile.TemporaryDirectory() as work:
        runs = [run_tracker(program, config, os.path.join(folder, "plots.csv"), os.path.join(work, "tracks.csv"))
                for _ in range(repeats)]
    values = [(run - start) * 1000.0 / scans for run in runs]
    return statistics.median(values), values
