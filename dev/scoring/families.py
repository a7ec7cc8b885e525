# SPDX-License-Identifier: Apache-2.0
"""What is scored: families of scenes, the figures of other trackers, and the goals.

The figures of others are constants, measured once by this project on the same scenes with the same
scorer (../shared/anchors.md, section 9; no part of this repository): Stone Soup (commit ec032a9) and VIMMJIPDA (b4a0f77, the tracker of Hem,
Brekke and Tokle), both tuned in good faith on these very scenes.
"""

MERGE = ["--merge-range", "40", "--merge-azimuth", "1.5"]
SIMULATED = {  # name: arguments of make_scenario.py, seeds, seeds of a quick run
    "calm": (["calm"], 10),
    "calm-spikes": (["calm", "--wander", "1", "--spikes", "20"], 10),
    "calm-merge": (["calm", *MERGE], 10),
    "coastal": (["coastal", "--duration", "300"], 5),
    "coastal-spikes": (["coastal", "--duration", "300", "--wander", "1", "--spikes", "100"], 5),
    "coastal-merge": (["coastal", "--duration", "300", *MERGE], 5),
}
QUICK_SEEDS = 2
# Long runs for false tracks: hours of each, as scenes of ten minutes with seeds of their own. Every scene begins with a
# tracker that knows nothing of its sea, so most of what is counted comes from first half minutes: six an hour.
LONG = {
    "long-calm": ["calm"],
    "long-calm-spikes": ["calm", "--wander", "1", "--spikes", "20"],
    "long-coastal": ["coastal"],
    "long-coastal-spikes": ["coastal", "--wander", "1", "--spikes", "100"],
}
LONG_HOURS = 10.0
SCENES_PER_HOUR = 6
FIRST_LONG_SEED = 1001
AUTOFERRY = (2, 3, 5, 13, 16, 22)
CPU = {  # name: arguments; only the cost is measured
    "calm": ["calm"],
    "coastal": ["coastal", "--duration", "300"],
    "dense": ["dense", "--duration", "120"],
    "strait": ["strait", "--duration", "120"],
}
# Scenes in which a part of the sea is not seen for a while again and again: who comes back gets its number again?
GAPS = {"calm-gaps": SIMULATED["calm"], "coastal-gaps": SIMULATED["coastal"]}
GAP_FROM_S, GAP_TO_S, GAP_PERIOD_S = 100.0, 160.0, 200.0  # of each period unseen,
GAP_FROM_DEG, GAP_TO_DEG = 60.0, 240.0                    # between these bearings
FAMILIES = [*SIMULATED, *GAPS, *LONG, "autoferry", "cpu"]

# Figures of others. Columns as in the tables that report.py prints; None: not measured.
PEERS_AUTOFERRY = [
    # name, GOSPA, OSPA(2), RMSE, coverage, latency, breaks per target, ID switches, false, ms of CPU a scan
    ("Stone Soup GNN", 13.4, 12.7, 4.9, 85.4, 12.1, 0.33, 2, 3, "13"),
    ("Stone Soup JPDA", 13.5, 12.6, 4.8, 85.4, 12.1, 0.33, 2, 3, "18-20"),
    ("VIMMJIPDA, own parameters", 14.9, 15.2, 8.0, 86.5, 6.0, 1.00, 10, 6, "27"),
    ("VIMMJIPDA, adapted", 13.5, 11.2, 5.5, 86.9, 11.5, 0.33, 1, 4, "28"),
    ("oracle (anchor)", 12.0, 9.6, 5.7, 90.2, 8.4, 0.33, 2, 0, None),
]
PEERS_SIMULATED = {
    # name, GOSPA, OSPA(2), RMSE at updates, cargo / bound, fast boats, ID switches per target, false per h,
    # latency, ms of CPU a scan
    "calm": [
        ("Stone Soup GNN, q 1", "88, 101", "29, 36", "17.6, 20.9", "2.2, 2.4", "28, 33", "0.2", "0", "12.2, 10.4", "270"),
        ("Stone Soup JPDA-LBP", "92", "35", "19.7", None, None, "0.55", "0", "12.2", "510"),
        ("VIMMJIPDA, true clutter", "110", "44", "13.0", "1.5", "24", "0.2", "84", "11.1", "570"),
        ("VIMMJIPDA, 6.3 x clutter", "97, 93", "33, 32", "13.0, 16.0", "1.5, 1.5", "25, 31", "0.2, 0.3", "6, 12",
         "13.2, 13.3", "510"),
    ],
    "calm-spikes": [
        ("Stone Soup GNN", "201, 211", "81, 83", "21.3, 23.1", None, None, "1.0, 0.55", "1360, 1390", "11.1, 11.3", "290"),
        ("VIMMJIPDA, 6.3 x clutter", "204, 204", "77, 80", "14.8, 16.5", None, None, "0.35, 0.1", "1030, 1070",
         "13.6, 12.0", "980"),
    ],
    "coastal": [
        ("Stone Soup GNN (120 scans)", "368", "58", "28.6", "2.0", "45", "0.28", "753", "11.5", "1610"),
        ("Stone Soup JPDA-LBP (24)", "353", "60", "27.0", None, None, "0.04", "472", "11.5", "3000"),
        ("VIMMJIPDA (8, cost only)", None, None, None, None, None, None, None, None, "8800"),
    ],
}
PEERS_CPU = [("dense", "Stone Soup GNN, extrapolated", "11000"), ("strait", "Stone Soup GNN, extrapolated", "28000")]

# Goals: family -> (figure, "<=" or ">=", limit[, upper limit]). Figures ending in `_ratio` are ours over the
# oracle's of the same run; `within` takes both limits.
GOALS = {
    "calm": [("gospa_ratio", "<=", 1.08), ("latency_s", "<=", 8.5), ("fast_ratio", "<=", 1.1),
             ("switches_excess", "<=", 0.0)],
    "calm-spikes": [("gospa_ratio", "<=", 1.2), ("latency_s", "<=", 12.0), ("nees", "within", 1.6, 2.6),
                    ("nees_95_pct", "within", 93.0, 97.0), ("fast_ratio", "<=", 1.1), ("switches_excess", "<=", 0.0)],
    "calm-merge": [("gospa_ratio", "<=", 1.2), ("switches_excess", "<=", 0.0)],
    "coastal": [("gospa_ratio", "<=", 1.08), ("latency_s", "<=", 8.5), ("fast_ratio", "<=", 1.1),
                ("switches_excess", "<=", 0.0)],
    "coastal-spikes": [("gospa_ratio", "<=", 1.2), ("latency_s", "<=", 12.0), ("nees", "within", 1.6, 2.6),
                       ("nees_95_pct", "within", 93.0, 97.0), ("fast_ratio", "<=", 1.1),
                       ("switches_excess", "<=", 0.0)],
    "coastal-merge": [("gospa_ratio", "<=", 1.2), ("switches_excess", "<=", 0.0)],
    "long-calm": [("false_per_h", "<=", 1.0)],
    "long-calm-spikes": [("false_per_h", "<=", 20.0)],
    "long-coastal": [("false_per_h", "<=", 3.0)],
    "long-coastal-spikes": [("false_per_h", "<=", 60.0)],
    "autoferry": [("gospa_m", "<=", 12.5), ("ospa2_m", "<=", 10.3), ("coverage_pct", ">=", 88.0),
                  ("latency_s", "<=", 8.5), ("id_switches", "<=", 1), ("false_near", "<=", 1)],
    "autoferry (aim)": [("gospa_m", "<=", 12.0), ("ospa2_m", "<=", 9.6), ("coverage_pct", ">=", 90.0)],
    "cpu": [("calm_ms", "<=", 0.2), ("coastal_ms", "<=", 1.5), ("strait_ms", "<=", 40.0)],
}
# Without the long runs (quick), the false tracks of the short ones are judged.
FALSE_GOALS = {"calm": 1.0, "calm-spikes": 20.0, "coastal": 3.0, "coastal-spikes": 60.0}
