# SPDX-License-Identifier: Apache-2.0
"""Figures of a family from the figures of its scenes, with 95 % confidence intervals (bootstrap over scenes)."""
import math

import numpy as np

RESAMPLES = 2000


def _number(value):
    return math.nan if value is None else value


def _mean(scenes, side, key):
    """NaN when one scene has no figure: leaving it out would reward a tracker that found nothing there."""
    return float(np.mean([_number(s[side].get(key)) for s in scenes]))


def _total(scenes, side, key):
    return sum(s[side][key] for s in scenes)


def _group_rms(scenes, side, group):
    """Root mean square over the scenes (that have the group) of its position error at updates; NaN as in _mean."""
    values = [_number(s[side]["groups"][group]["pos_rmse_update_m"]) for s in scenes if group in s[side].get("groups", {})]
    return math.sqrt(float(np.mean(np.square(values)))) if values else math.nan


def _ratio(a, b):
    return a / b if b else math.nan


def _bound_ratio(scenes):
    pairs = [(s["ours"]["groups"]["cargo"]["pos_rmse_update_m"], s["cargo_bound_m"]) for s in scenes
             if "cargo_bound_m" in s and "cargo" in s["ours"].get("groups", {})]
    pairs = [(a, b) for a, b in pairs if a is not None and not math.isnan(a)]
    if not pairs:
        return math.nan
    return math.sqrt(sum(a * a for a, _ in pairs) / sum(b * b for _, b in pairs))


def _nees(scenes, side, key):
    """Mean over all updates of all scenes."""
    counts = [s[side]["nees_count"] for s in scenes]
    if not sum(counts):
        return math.nan
    return sum(s[side][key] * n for s, n in zip(scenes, counts) if n) / sum(counts)


def simulated(scenes):
    """{figure: value} of a family of simulated scenes."""
    out = {}
    for side, mark in (("ours", ""), ("oracle", "oracle_")):
        out[mark + "gospa_m"] = _mean(scenes, side, "gospa_mean_m")
        for part in ("loc", "missed", "false"):
            out[f"{mark}gospa_{part}_m"] = _mean(scenes, side, f"gospa_{part}_m")
        out[mark + "ospa2_m"] = _mean(scenes, side, "ospa2_mean_m")
        out[mark + "rmse_m"] = _mean(scenes, side, "pos_rmse_update_m")
        out[mark + "switches_per_target"] = _ratio(_total(scenes, side, "id_switches"), _total(scenes, side, "targets"))
        out[mark + "false_per_h"] = _total(scenes, side, "false_tracks") / sum(s["hours"] for s in scenes)
        out[mark + "latency_s"] = _mean(scenes, side, "latency_mean_s")
        out[mark + "coverage_pct"] = _mean(scenes, side, "coverage_pct")
        out[mark + "nees"] = _nees(scenes, side, "nees_mean")
        out[mark + "nees_95_pct"] = _nees(scenes, side, "nees_in_95pct")
    # The oracle has rows at plots alone: it is set against ours there. A coasted row is a forecast, of a craft in a turn a poor one.
    out["fast_m"] = _group_rms(scenes, "ours_at_plots", "fast")
    out["fast_coasted_m"] = _group_rms(scenes, "ours", "fast")
    out["oracle_fast_m"] = _group_rms(scenes, "oracle", "fast")
    out["gospa_ratio"] = _ratio(out["gospa_m"], out["oracle_gospa_m"])
    out["fast_ratio"] = _ratio(out["fast_m"], out["oracle_fast_m"])
    out["fast_coasted_ratio"] = _ratio(out["fast_coasted_m"], out["oracle_fast_m"])
    out["switches_excess"] = out["switches_per_target"] - out["oracle_switches_per_target"]
    out["cargo_bound_ratio"] = _bound_ratio(scenes)
    out["cpu_ms"] = 1000.0 * sum(s["cpu_s"] for s in scenes) / sum(s["scans"] for s in scenes)
    return out


def _poisson_mean(count, share):
    """The mean with which `count` events or fewer are seen in that share of all cases (by bisection)."""
    low, high = 0.0, 2.0 * count + 20.0
    for _ in range(80):
        mean = (low + high) / 2.0
        terms = (k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1))
        low, high = (mean, high) if sum(math.exp(t) for t in terms) > share else (low, mean)
    return high


def poisson_interval(count):
    """The exact 95 % interval of a Poisson mean of which `count` events were seen (Garwood 1936)."""
    return (_poisson_mean(count - 1, 0.975) if count else 0.0, _poisson_mean(count, 0.025))


def false_only(scenes):
    hours = sum(s["hours"] for s in scenes)
    lives = [s["ours"]["false_track_mean_life_s"] * s["ours"]["false_tracks"] for s in scenes if s["ours"]["false_tracks"]]
    count = _total(scenes, "ours", "false_tracks")
    least, most = poisson_interval(count)
    return {"false_per_h": count / hours, "hours": hours, "false_tracks": count,
            "false_least_per_h": least / hours, "false_most_per_h": most / hours,
            "false_mean_life_s": _ratio(sum(lives), count), "coverage_pct": _mean(scenes, "ours", "coverage_pct"),
            "latency_s": _mean(scenes, "ours", "latency_mean_s")}


def gaps(scenes):
    targets = _total(scenes, "ours", "targets")
    return {"switches_per_target": _ratio(_total(scenes, "ours", "id_switches"), targets), "targets": targets,
            "ospa2_m": _mean(scenes, "ours", "ospa2_mean_m"), "gospa_m": _mean(scenes, "ours", "gospa_mean_m"),
            "false_per_h": _total(scenes, "ours", "false_tracks") / sum(s["hours"] for s in scenes),
            "coverage_pct": _mean(scenes, "ours", "coverage_pct")}


def autoferry(scenes):
    return {
        "gospa_m": _mean(scenes, "ours", "gospa_rms_m"), "ospa2_m": _mean(scenes, "ours", "ospa2_mean_m"),
        "rmse_m": _mean(scenes, "ours", "pos_rmse_m"), "coverage_pct": _mean(scenes, "ours", "coverage_pct"),
        "latency_s": _mean(scenes, "ours", "latency_mean_s"),
        "breaks_per_target": _mean(scenes, "ours", "breaks_per_target"),
        "id_switches": _total(scenes, "ours", "id_switches"), "false_near": _total(scenes, "ours", "false_tracks"),
        "nees": _nees(scenes, "ours", "nees_mean"),
        "cpu_ms": 1000.0 * sum(s["cpu_s"] for s in scenes) / sum(s["scans"] for s in scenes),
    }


def intervals(scenes, summarise, seed=1):
    """{figure: (low, high)}: 95 % intervals by resampling the scenes."""
    if len(scenes) < 2:
        return {}
    rng = np.random.default_rng(seed)
    drawn = [summarise([scenes[i] for i in rng.integers(0, len(scenes), len(scenes))]) for _ in range(RESAMPLES)]
    out = {}
    for key in drawn[0]:
        values = np.array([d[key] for d in drawn], float)
        values = values[np.isfinite(values)]
        if len(values):
            out[key] = (float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5)))
    return out
