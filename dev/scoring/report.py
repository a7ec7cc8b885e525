# SPDX-License-Identifier: Apache-2.0
"""The tables and the verdict on each goal, as text."""
import math

import families

SIMULATED_COLUMNS = [  # heading, our figure, decimals
    ("GOSPA m", "gospa_m", 1), ("OSPA(2) m", "ospa2_m", 1), ("RMSE upd m", "rmse_m", 1),
    ("cargo/bound", "cargo_bound_ratio", 2), ("fast m", "fast_m", 1), ("switch/tgt", "switches_per_target", 3),
    ("false/h", "false_per_h", 1), ("latency s", "latency_s", 1), ("ms/scan", "cpu_ms", 2)]
AUTOFERRY_COLUMNS = [
    ("GOSPA m", "gospa_m", 1), ("OSPA(2) m", "ospa2_m", 1), ("RMSE m", "rmse_m", 1), ("coverage %", "coverage_pct", 1),
    ("latency s", "latency_s", 1), ("breaks/tgt", "breaks_per_target", 2), ("switches", "id_switches", 0),
    ("false", "false_near", 0), ("ms/scan", "cpu_ms", 2)]
NAMES = {
    "gospa_ratio": "GOSPA over the oracle's", "fast_ratio": "fast boats' error at plots over the oracle's",
    "switches_excess": "ID switches per target above the oracle's", "latency_s": "latency, s",
    "false_per_h": "false tracks per hour", "nees": "NEES", "nees_95_pct": "NEES inside the 95 % bound, %",
    "gospa_m": "GOSPA, m", "ospa2_m": "OSPA(2), m", "coverage_pct": "coverage, %", "id_switches": "ID switches",
    "false_near": "near false tracks", "calm_ms": "calm, ms of CPU a scan", "coastal_ms": "coastal, ms of CPU a scan",
    "strait_ms": "strait, ms of CPU a scan"}


def number(value, decimals):
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    return "-" if math.isnan(value) else f"{value:.{decimals}f}"


def span(bounds, decimals):
    return "" if bounds is None else f"{number(bounds[0], decimals)}..{number(bounds[1], decimals)}"


def table(rows):
    """Rows of text; the first is the heading and the first column is left-aligned."""
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    lines = []
    for k, row in enumerate(rows):
        lines.append("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths))))
        if k == 0:
            lines.append("  ".join("-" * w for w in widths))
    return "\n".join(lines)


def simulated(name, result):
    values, bounds = result["values"], result["intervals"]
    rows = [[f"{name} ({len(result['scenes'])} seeds)", *(c[0] for c in SIMULATED_COLUMNS)],
            ["Headland", *(number(values[k], d) for _, k, d in SIMULATED_COLUMNS)],
            ["  95 %", *(span(bounds.get(k), d) for _, k, d in SIMULATED_COLUMNS)],
            ["oracle of this run", *(number(values.get("oracle_" + k), d) for _, k, d in SIMULATED_COLUMNS)]]
    for peer in families.PEERS_SIMULATED.get(name, []):
        rows.append([peer[0], *(number(v, 1) for v in peer[1:])])
    parts = []
    for mark, who in (("", "Headland"), ("oracle_", "oracle")):
        part = ", ".join(f"{p} {number(values[f'{mark}gospa_{p}_m'], 1)}" for p in ("loc", "missed", "false"))
        parts.append(f"{who}: GOSPA rms parts {part} m; coverage {number(values[mark + 'coverage_pct'], 1)} %; NEES "
                     f"{number(values[mark + 'nees'], 2)}, {number(values[mark + 'nees_95_pct'], 1)} % in 95 % bound; "
                     f"false/h {number(values[mark + 'false_per_h'], 1)}")
    ratio = f"GOSPA over the oracle's: {number(values['gospa_ratio'], 3)} ({span(bounds.get('gospa_ratio'), 3)}); " \
            f"fast boats at plots over the oracle's: {number(values['fast_ratio'], 3)} ({span(bounds.get('fast_ratio'), 3)}), " \
            f"with coasted rows: {number(values['fast_coasted_ratio'], 3)}"
    return "\n".join([table(rows), ratio, *parts])


def autoferry(result):
    values, bounds = result["values"], result["intervals"]
    rows = [["Autoferry, radar", *(c[0] for c in AUTOFERRY_COLUMNS)]]
    rows.append(["Headland", *(number(values[k], d) for _, k, d in AUTOFERRY_COLUMNS)])
    rows.append(["  95 %", *(span(bounds.get(k), d) for _, k, d in AUTOFERRY_COLUMNS)])
    keys = ["gospa_rms_m", "ospa2_mean_m", "pos_rmse_m", "coverage_pct", "latency_mean_s", "breaks_per_target",
            "id_switches", "false_tracks"]
    for scene in result["scenes"]:
        rows.append([f"  scene {scene['scene']}",
                     *(number(float(scene["ours"][k]), c[2]) for k, c in zip(keys, AUTOFERRY_COLUMNS)),
                     number(1000.0 * scene["cpu_s"] / scene["scans"], 2)])
    for peer in families.PEERS_AUTOFERRY:
        rows.append([peer[0], *(number(v, c[2]) for v, c in zip(peer[1:], AUTOFERRY_COLUMNS))])
    return table(rows) + f"\nNEES {number(values['nees'], 2)}; CPU here includes start-up"


def long_run(name, result):
    v, bounds = result["values"], result["intervals"]
    return (f"{name}: {v['hours']:.1f} h of data, {v['false_tracks']} false tracks, {v['false_per_h']:.2f} per hour "
            f"(95 %, Poisson: {number(v['false_least_per_h'], 2)}..{number(v['false_most_per_h'], 2)}; bootstrap over "
            f"scenes: {span(bounds.get('false_per_h'), 2)}), mean life {number(v['false_mean_life_s'], 0)} s, "
            f"coverage {number(v['coverage_pct'], 1)} %, latency {number(v['latency_s'], 1)} s")


def gaps(name, result):
    v, bounds = result["values"], result["intervals"]
    return (f"{name} ({len(result['scenes'])} seeds, half the sea unseen for 60 s in every 200 s): "
            f"{number(v['switches_per_target'], 3)} ID switches per target "
            f"({span(bounds.get('switches_per_target'), 3)}), OSPA(2) {number(v['ospa2_m'], 1)} m "
            f"({span(bounds.get('ospa2_m'), 1)}), GOSPA {number(v['gospa_m'], 1)} m, "
            f"{number(v['false_per_h'], 1)} false tracks per hour, coverage {number(v['coverage_pct'], 1)} %")


def cpu(result):
    rows = [["CPU, user + system, start-up off", "ms/scan", "runs"]]
    for name, value in result["values"].items():
        rows.append([name.removesuffix("_ms"), number(value, 3), " ".join(number(r, 3) for r in result["runs"][name])])
    for name, who, value in families.PEERS_CPU:
        rows.append([f"{name}: {who}", value, ""])
    return table(rows)


def limit_of(goal):
    _, kind, *limits = goal
    return f"{limits[0]} to {limits[1]}" if kind == "within" else f"{kind} {limits[0]}"


def verdict(goal, values):
    """(text, met): met is None where this run did not measure the figure at all. Measured, and no number
    (nothing was tracked, so there is no latency): not met."""
    figure, kind, *limits = goal
    if figure not in values:
        return f"{NAMES[figure]}: not measured in this run (goal {limit_of(goal)})", None
    value = values[figure]
    if math.isnan(value):
        return f"{NAMES[figure]}: no figure, since a scene gave none: nothing tracked there? (goal {limit_of(goal)})", False
    # Counts per target carry rounding of the last digit.
    met = {"<=": lambda: value <= limits[0] + 1e-9, ">=": lambda: value >= limits[0] - 1e-9,
           "within": lambda: limits[0] <= value <= limits[-1]}[kind]()
    return f"{NAMES[figure]}: {value:.4g} (goal {limit_of(goal)})", met


def goals_of(name, results):
    goals = list(families.GOALS.get(name, []))
    if name in families.FALSE_GOALS and f"long-{name}" not in results:
        goals.append(("false_per_h", "<=", families.FALSE_GOALS[name]))
    return goals


MARKS = {True: "pass", False: "FAIL", None: "-"}


def goals(results):
    """(all verdicts as text, whether all that were measured are met). Aims are told, but do not count."""
    lines, met_count, count = [], 0, 0
    names = list(results)
    if "autoferry" in names:
        names.insert(names.index("autoferry") + 1, "autoferry (aim)")
    for name in names:
        for goal in goals_of(name, results):
            text, met = verdict(goal, results[name.removesuffix(" (aim)")]["values"])
            lines.append(f"{MARKS[met]:<4}  {name:<20} {text}")
            if met is not None and not name.endswith("(aim)"):
                count += 1
                met_count += met
    lines.append(f"{met_count} of {count} goals met")
    return "\n".join(lines), met_count == count
