#!/usr/bin/env python3
"""Frontier and Nash point of random additive domains: this program beside NegMAS and a plain dynamic programme in Python.

One run, one computer, alternating order, the same files for all. First it is checked that all give the same frontier and the
same Nash points; only then are times compared. See README.md in this folder.
"""

import argparse
import importlib.metadata
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OPTIONS = 10
GREATEST = 1000


def instance(issues, parties, seed):
    """Whole numbers from 0: values[issue][option][party]."""
    rng = random.Random(seed)
    return [[[rng.randrange(GREATEST) for _ in range(parties)] for _ in range(OPTIONS)] for _ in range(issues)]


def write_table(values, path):
    parties = len(values[0][0])
    lines = ["issue,option," + ",".join(f"p{party}" for party in range(parties))]
    for issue, options in enumerate(values):
        lines += [f"i{issue},o{option}," + ",".join(map(str, worth)) for option, worth in enumerate(options)]
    path.write_text("\n".join(lines) + "\n")


def write_genius(values, folder):
    """The same as GENIUS XML; all weights are 1, so that the raw reading is the sum of the evaluations."""
    folder.mkdir()
    parties = len(values[0][0])

    def issues(party):
        text = ""
        for issue, options in enumerate(values):
            text += f'<issue index="{issue + 1}" name="i{issue}" type="discrete" etype="discrete" vtype="discrete">\n'
            for option, worth in enumerate(options):
                evaluation = "" if party is None else f' evaluation="{worth[party]}"'
                text += f'<item index="{option + 1}" value="o{option}"{evaluation}/>\n'
            text += "</issue>\n"
        return text

    head = '<objective index="0" name="any" type="objective">\n'
    space = f'<utility_space number_of_issues="{len(values)}">\n'
    domain = f"<negotiation_template>\n{space}{head}{issues(None)}</objective>\n</utility_space>\n</negotiation_template>\n"
    (folder / "domain.xml").write_text(domain)
    weights = "".join(f'<weight index="{issue + 1}" value="1"/>\n' for issue in range(len(values)))
    for party in range(parties):
        (folder / f"p{party}.xml").write_text(f"<utility_space>\n{head}{issues(party)}{weights}</objective>\n</utility_space>\n")


def filtered(points):
    """The points that none beats, in plain Python: a sweep for two parties, a staircase for three, else one by one."""
    points = sorted(set(points), reverse=True)
    kept = []
    if len(points[0]) == 2:
        best = -1
        for point in points:
            if point[1] > best:
                best = point[1]
                kept.append(point)
        return kept
    for point in points:
        if not any(all(a >= b for a, b in zip(other, point)) for other in kept):
            kept.append(point)
    return kept


def plain(values):
    """Issue by issue, what is beaten dropped at once; then the greatest product of the frontier."""
    parties = len(values[0][0])
    front = [(0,) * parties]
    for options in values:
        front = filtered([tuple(a + b for a, b in zip(point, option)) for point in front for option in options])
    return front, nash(front)


def nash(front):
    def product(point):
        result = 1
        for gain in point:
            result *= gain
        return result

    most = max(map(product, front))
    return [point for point in front if product(point) == most]


def negmas(folder):
    """Loads outside the time; the function that is timed enumerates, as NegMAS does."""
    from negmas.inout import Scenario
    from negmas.preferences import nash_points, pareto_frontier

    scenario = Scenario.from_genius_folder(folder, ignore_discount=True, ignore_reserved=True)
    ufuns = sorted(scenario.ufuns, key=lambda ufun: ufun.name)
    for ufun in ufuns:
        ufun.reserved_value = 0.0
    space = scenario.outcome_space

    def run():
        outcomes = list(space.enumerate_or_sample())
        front, _ = pareto_frontier(ufuns, outcomes=outcomes, sort_by_welfare=True)
        best = nash_points(ufuns, front, outcome_space=space, ranges=[(0.0, max(p[i] for p in front)) for i in range(len(ufuns))])
        return front, [point for point, _ in best]

    return run


def whole(points):
    return sorted({tuple(round(value) for value in point) for point in points})


def median_range(times):
    return f"{1000 * statistics.median(times):>11.3f} ms ({1000 * min(times):.3f} to {1000 * max(times):.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detente", default="target/release/detente", help="the command")
    parser.add_argument("--bench", default="target/release/packages", help="the timer that leaves reading aside")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--issues", type=int, nargs="*", default=[3, 4, 5, 6], help="10 options each: 3 issues are 10^3 packages")
    parser.add_argument("--parties", type=int, nargs="*", default=[2, 3])
    parser.add_argument("--negmas-most", type=int, default=6, help="the most issues for which NegMAS is run")
    arguments = parser.parse_args()
    try:
        version = importlib.metadata.version("negmas")
    except importlib.metadata.PackageNotFoundError:
        version = None
    own = subprocess.run([arguments.detente, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{own}; NegMAS {version or 'not installed: left out'}; Python {platform.python_version()}; {platform.machine()}; "
          f"seed {arguments.seed}, {arguments.repeats} repeats, values 0 to {GREATEST - 1}")
    same = True
    for parties in arguments.parties:
        for issues in arguments.issues:
            same &= compare(arguments, issues, parties, version is not None and issues <= arguments.negmas_most)
    return 0 if same else 1


def compare(arguments, issues, parties, with_negmas):
    values = instance(issues, parties, f"{arguments.seed}/{issues}/{parties}")
    with tempfile.TemporaryDirectory() as scratch:
        table, folder = Path(scratch) / "domain.csv", Path(scratch) / "genius"
        write_table(values, table)
        write_genius(values, folder)
        library = negmas(folder) if with_negmas else None
        times = {"engine": [], "command": [], "plain": [], "negmas": []}
        results = {}
        for repeat in range(arguments.repeats):
            runs = ["engine", "command", "plain"] + (["negmas"] if library else [])
            for name in runs if repeat % 2 == 0 else reversed(runs):
                if name == "engine":
                    out = subprocess.run([arguments.bench, table, "20"], capture_output=True, check=True).stdout
                    out = json.loads(out)
                    times[name].append(statistics.median(out["seconds"]))
                    results[name] = (out["result"]["frontier"], out["result"]["nash"])
                    continue
                begun = time.perf_counter()
                if name == "command":
                    command = [arguments.detente, "packages", table, "--disagreement", "zero", "--list", "100000", "--json"]
                    out = subprocess.run(command, capture_output=True, check=True).stdout
                elif name == "plain":
                    results[name] = plain(values)
                else:
                    results[name] = library()
                times[name].append(time.perf_counter() - begun)
                if name == "command":
                    out = json.loads(out)
                    vectors = [[int(value) for value in vector["worth"]] for vector in out["frontier"]["vectors"]]
                    results[name] = (vectors, [[int(value) for value in vector] for vector in out["solutions"]["nash"]])
    print(f"\n10^{issues} packages, {parties} parties: {len(results['plain'][0])} points on the frontier")
    expected = tuple(map(whole, results["plain"]))
    same = True
    for name, result in results.items():
        found = tuple(map(whole, result))
        if found != expected:
            same = False
            print(f"  {name} DIFFERS: {len(found[0])} points, Nash {found[1]}; plain Python: {len(expected[0])} points, Nash {expected[1]}")
    if same:
        print(f"  all give the same frontier and the same Nash points {expected[1]}")
    labels = {"engine": "engine, reading aside", "command": "command, whole process", "plain": "plain Python programme", "negmas": "NegMAS, loading aside"}
    base = statistics.median(times["engine"])
    for name, taken in times.items():
        if taken:
            print(f"  {labels[name]:<26}{median_range(taken)}   {statistics.median(taken) / base:>10.1f} × the engine")
    return same


if __name__ == "__main__":
    sys.exit(main())
