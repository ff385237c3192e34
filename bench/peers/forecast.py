#!/usr/bin/env python3
"""Models in rounds on random tables: this program beside a plain Python programme and, if it is installed, the DECIDE exchange model.

One run, one computer, alternating order, the same tables for all. First it is checked that results agree where definitions do; only
then are times compared. See README.md in this folder.
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

# Places nearer than this share of the range are the same.
SAME = 1e-12
# Within this, on the scale from 0 to 100, results agree.
NEAR = 1e-9
ROUNDS = 10
CALLS = 20


def instance(actors, issues, seed, shared=False):
    """table[issue][actor] is (position, salience, capability), in thousandths, so that decimal and binary programmes read the same;
    with `shared`, positions are in tens, so that many stand at one place."""
    rng = random.Random(seed)

    def actor():
        place = 10.0 * rng.randrange(11) if shared else rng.randrange(100_001) / 1000
        return place, rng.randrange(50, 1001) / 1000, rng.randrange(100, 10_001) / 1000

    return [[actor() for _ in range(actors)] for _ in range(issues)]


def write_table(table, path):
    lines = ["issue,actor,position,salience,capability"]
    for issue, rows in enumerate(table):
        lines += [f"i{issue},a{actor}," + ",".join(map(str, row)) for actor, row in enumerate(rows)]
    path.write_text("\n".join(lines) + "\n")


def engine(arguments, model, path):
    out = subprocess.run([arguments.bench, model, path, str(CALLS)], capture_output=True, check=True).stdout
    return json.loads(out)


# Expected utility, from docs/methods/forecast.md as printed: votes of every voter on every pair, N³ a round.


def median(places, weights):
    """The lowest and the highest place with half of the weight on either side."""
    half, tie = sum(weights) / 2, 1e-12 * sum(weights)
    lower, below = None, 0.0
    for place, weight in sorted(zip(places, weights)):
        below += weight
        if below > half + tie:
            return place if lower is None else lower, place
        if lower is None and below >= half - tie:
            lower = place
    return lower, place


def chances(places, weights, exponents, span):
    """chances[i][j] that i prevails over j: its share of the votes on the two; none where both stand at one place."""
    count = range(len(places))
    lost = [[weights[k] * (abs(places[k] - place) / span) ** exponents[k] for place in places] for k in count]
    chance = [[None for _ in count] for _ in count]
    for i in count:
        for j in range(i):
            if abs(places[i] - places[j]) <= SAME * span:
                continue
            votes = against = 0.0
            for voter in lost:
                nearer = voter[j] - voter[i]
                if nearer > 0:
                    votes += nearer
                else:
                    against -= nearer
            cast = votes + against
            chance[i][j], chance[j][i] = (votes / cast, against / cast) if cast > 0 else (0.5, 0.5)
    return chance


def worth(distance, salience, chance, exponent):
    """What a challenge is worth in the view of an actor with this exponent; the salience is that of the challenged."""
    success, failure = 2 - 4 * (0.5 - distance / 2) ** exponent, 2 - 4 * (0.5 + distance / 2) ** exponent
    met = chance * success + (1 - chance) * failure
    return salience * met + (1 - salience) * success - (2 - 4 * 0.5**exponent)


def moved(places, weights, saliences, span):
    """Where everyone stands after a round."""
    count = range(len(places))
    plain = [1.0 for _ in count]
    distance = [[min(abs(a - b) / span, 1.0) for b in places] for a in places]
    chance = chances(places, weights, plain, span)
    others = [[j for j in count if chance[i][j] is not None] for i in count]
    secure = [sum(worth(distance[i][j], saliences[i], chance[j][i], 1.0) for j in others[i]) for i in count]
    least, most = min(secure), max(secure)
    risks = [(2 * value - most - least) / (most - least) if most - least > SAME else 0.0 for value in secure]
    exponents = [(1 - risk / 3) / (1 + risk / 3) for risk in risks]
    chance = chances(places, weights, exponents, span)
    after = []
    for i in count:
        taken, length = places[i], None
        for j in others[i]:
            own = worth(distance[i][j], saliences[j], chance[i][j], exponents[i])
            other = worth(distance[i][j], saliences[i], chance[j][i], exponents[i])
            if other > own > 0 or (own < 0 < other and other < -own):
                target = places[j]
            elif own < 0 and other > -own:
                target = places[i] + (places[j] - places[i]) * (-own / other)
            else:
                continue
            # The offer that moves it least, the first of equal ones.
            if length is None or abs(target - places[i]) < length - SAME * span:
                taken, length = target, abs(target - places[i])
        after.append(taken)
    return after


def plain_expected_utility(rows):
    """(lower median, upper median, mean) round by round, until rounds repeat."""
    places, saliences = [row[0] for row in rows], [row[1] for row in rows]
    weights = [salience * capability for _, salience, capability in rows]
    span = max(places) - min(places)
    # In billionths of the scale.
    seen, rounds = {tuple(round(place * 1e7) for place in places)}, []
    for _ in range(ROUNDS):
        if max(places) - min(places) > SAME * span:
            places = moved(places, weights, saliences, span)
        mean = sum(place * weight for place, weight in zip(places, weights)) / sum(weights)
        rounds.append((*median(places, weights), mean))
        now = tuple(round(place * 1e7) for place in places)
        if now in seen:
            break
        seen.add(now)
    return rounds


def parted(rounds, others):
    """The first round in which two runs differ, from 1; none where they agree."""
    for number, (one, other) in enumerate(zip(rounds, others), 1):
        if any(abs(a - b) > NEAR for a, b in zip(one, other)):
            return number
    return None if len(rounds) == len(others) else min(len(rounds), len(others)) + 1


def compare_expected_utility(arguments, actors, path):
    with_plain = actors <= arguments.plain_most
    part = 0
    for number in range(arguments.tables if with_plain else 0):
        table = instance(actors, 1, f"{arguments.seed}/{number}/{actors}", shared=number % 2 == 1)
        write_table(table, path)
        found, expected = engine(arguments, "expected-utility", path)["rounds"], plain_expected_utility(table[0])
        if at := parted(found, expected):
            part += 1
            print(f"  table {number} DIFFERS from round {at} of {len(found)}: {found[at - 1:at]}; plain Python {expected[at - 1:at]}")
    table = instance(actors, 1, f"{arguments.seed}/0/{actors}")
    write_table(table, path)
    times = {"engine": [], "plain": []}
    for repeat in range(arguments.repeats):
        runs = ["engine", "plain"] if with_plain else ["engine"]
        for name in runs if repeat % 2 == 0 else reversed(runs):
            if name == "engine":
                out = engine(arguments, "expected-utility", path)
                times[name].append(statistics.median(out["seconds"]))
            else:
                begun = time.perf_counter()
                plain_expected_utility(table[0])
                times[name].append(time.perf_counter() - begun)
    print(f"\nexpected utility, {actors} actors, {len(out['rounds'])} rounds")
    if with_plain:
        print(f"  medians and means of all rounds agree within {NEAR} on {arguments.tables - part} of {arguments.tables} tables")
    told(times)
    return part == 0


# Exchange. DECIDE is under the GPL: it is run here, and nothing of it is part of this project.


def decide(table):
    """Builds DECIDE's model outside the time; the function that is timed plays one round."""
    from decimal import Decimal

    from decide.model.equalgain import EqualGainModel
    from decide.model.observers.observer import Observable, Observer
    from decide.model.utils import ModelLoop

    # Of equal gains the first, not one by chance; nothing is logged.
    EqualGainModel.ALLOW_RANDOM = EqualGainModel.VERBOSE = False

    class Realized(Observer):
        def after_loop(self, realized, iteration, repetition):
            self.exchanges = list(realized)

    model = EqualGainModel()
    for actor in range(len(table[0])):
        model.add_actor(f"a{actor}")
    for issue, rows in enumerate(table):
        made = model.add_issue(f"i{issue}")
        made.lower, made.upper = 0, 100
        for actor, row in enumerate(rows):
            model.add_actor_issue(f"a{actor}", f"i{issue}", *(Decimal(str(number)) for number in row))
    model.calc_nbs()
    means = [float(model.nbs[f"i{issue}"]) for issue in range(len(table))]
    events = Observable(model, "")
    realized = Realized(events)
    loop = ModelLoop(model, events, 0)

    def run():
        loop.loop()
        exchanges = [
            {
                "votes": [[side.actor.name, side.supply.issue.name, float(side.move)] for side in (exchange.i, exchange.j)],
                # Shares of the scale times salience.
                "gains": [float(exchange.gain) / 100] * 2,
            }
            for exchange in realized.exchanges
        ]
        return {"means": means, "outcomes": [float(model.nbs[f"i{issue}"]) for issue in range(len(table))], "exchanges": exchanges}

    return loop.loop, run


def same_exchange(one, other):
    """The same two votes shift by the same, for the same gains."""
    votes, others = sorted(one["votes"]), sorted(other["votes"])
    by = zip([vote[2] for vote in votes] + sorted(one["gains"]), [vote[2] for vote in others] + sorted(other["gains"]))
    return [vote[:2] for vote in votes] == [vote[:2] for vote in others] and all(abs(a - b) <= NEAR for a, b in by)


def given(vote, table):
    """By how much a shifted vote shifts the outcome; with the places of its actor and issue."""
    actor, issue = int(vote[0][1:]), int(vote[1][1:])
    weights = [salience * capability for _, salience, capability in table[issue]]
    return actor, issue, vote[2] * weights[actor] / sum(weights)


def gained(exchange, table):
    """Whether both gain what is told, by the shifts of the two votes."""
    (i, p, by), (j, q, back) = (given(vote, table) for vote in exchange["votes"])
    first = table[q][i][1] * abs(back) - table[p][i][1] * abs(by)
    second = table[p][j][1] * abs(by) - table[q][j][1] * abs(back)
    return near([first / 100, second / 100], exchange["gains"])


def alike(one, other):
    """How many exchanges are the same from the first on."""
    count = 0
    for a, b in zip(one["exchanges"], other["exchanges"]):
        if not same_exchange(a, b):
            break
        count += 1
    return count


def near(one, other):
    return all(abs(a - b) <= NEAR for a, b in zip(one, other))


def two_by_two(arguments, path):
    """Two actors, two issues: at most one exchange, so that all of the round has one definition."""
    part = traded = 0
    for number in range(arguments.pairs):
        table = instance(2, 2, f"{arguments.seed}/pair/{number}")
        write_table(table, path)
        found, other = engine(arguments, "exchange", path), decide(table)[1]()
        count = (len(found["exchanges"]), len(other["exchanges"]))
        traded += count[0]
        if count[0] != count[1] or alike(found, other) != count[0] or not near(found["outcomes"], other["outcomes"]):
            part += 1
            print(f"  table {number} DIFFERS: {found['exchanges']} {found['outcomes']}; DECIDE {other['exchanges']} {other['outcomes']}")
    print(f"\nexchange, 2 actors and 2 issues: exchange and outcomes agree within {NEAR} on {arguments.pairs - part} of "
          f"{arguments.pairs} tables, {traded} of them with an exchange")
    return part == 0


def compare_exchange(arguments, actors, issues, path):
    print(f"\nexchange, {actors} actors and {issues} issues, the first round")
    models = ["exchange", "exchange-rescale"]
    same_means = same_first = 0
    leading, distances, shifts = {model: [] for model in models}, {model: [] for model in models}, []
    gains = {name: [] for name in [*models, "DECIDE"]}
    for number in range(arguments.tables):
        table = instance(actors, issues, f"{arguments.seed}/{number}/{actors}/{issues}")
        write_table(table, path)
        other = decide(table)[1]()
        found = {model: engine(arguments, model, path) for model in models}
        same_means += near(found["exchange"]["means"], other["means"])
        same_first += alike(found["exchange"], other) > 0
        for name, out in [*found.items(), ("DECIDE", other)]:
            gains[name] += [gained(exchange, table) for exchange in out["exchanges"]]
        for model, out in found.items():
            leading[model].append((alike(out, other), len(out["exchanges"]), len(other["exchanges"])))
            distances[model].append(statistics.mean(abs(a - b) for a, b in zip(out["outcomes"], other["outcomes"])))
        shifts.append(statistics.mean(abs(a - b) for a, b in zip(other["means"], other["outcomes"])))
        if number == 0:
            for name, values in [("weighted means", other["means"]), *((model, out["outcomes"]) for model, out in found.items()),
                                 ("DECIDE", other["outcomes"])]:
                print(f"  table 0, {name:<18}" + " ".join(f"{value:8.3f}" for value in values))
    print(f"  weighted means agree within {NEAR} on {same_means} of {arguments.tables} tables, the first exchange on {same_first}")
    print(f"  DECIDE moves outcomes by {statistics.median(shifts):.2f} from the means (mean over issues, median over tables)")
    for model in models:
        first, own, theirs = (statistics.median(column) for column in zip(*leading[model]))
        print(f"  {model}: {own:.0f} exchanges, DECIDE {theirs:.0f}, the first {first:.0f} the same; outcomes "
              f"{statistics.median(distances[model]):.2f} apart (not expected to agree; medians)")
    told_gains = (f"{name} {sum(kept)} of {len(kept)}" for name, kept in gains.items())
    print(f"  exchanges in which both gain what is told, by the shifts of the votes: {', '.join(told_gains)}")
    table = instance(actors, issues, f"{arguments.seed}/0/{actors}/{issues}")
    write_table(table, path)
    times = {"engine": [], "decide": []}
    for repeat in range(arguments.repeats):
        for name in times if repeat % 2 == 0 else reversed(times):
            if name == "decide":
                play = decide(table)[0]
                begun = time.perf_counter()
                play()
                times[name].append(time.perf_counter() - begun)
            else:
                times[name].append(statistics.median(engine(arguments, "exchange", path)["seconds"]))
    told(times)
    return same_means == arguments.tables and same_first == arguments.tables


LABELS = {"engine": "engine, reading aside", "plain": "plain Python programme", "decide": "DECIDE, building aside"}


def told(times):
    base = statistics.median(times["engine"])
    for name, taken in times.items():
        if taken:
            among = f"({1000 * min(taken):.3f} to {1000 * max(taken):.3f})"
            print(f"  {LABELS[name]:<26}{1000 * statistics.median(taken):>11.3f} ms {among:<28}{statistics.median(taken) / base:>10.1f} × the engine")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", default="target/release/forecast", help="the timer that leaves reading aside")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", type=int, default=10, help="tables on which results are compared; the first is timed")
    parser.add_argument("--pairs", type=int, default=100, help="tables of two actors and two issues")
    parser.add_argument("--actors", type=int, nargs="*", default=[10, 20, 50, 100], help="for expected utility")
    parser.add_argument("--plain-most", type=int, default=50, help="the most actors for which the plain programme is run")
    parser.add_argument("--exchange", type=int, nargs=2, default=[10, 5], metavar=("ACTORS", "ISSUES"))
    arguments = parser.parse_args()
    try:
        version = importlib.metadata.version("decide-exchange-model")
    except importlib.metadata.PackageNotFoundError:
        version = None
    print(f"DECIDE {version or 'not installed: left out'}; Python {platform.python_version()}; {platform.machine()}; "
          f"seed {arguments.seed}, {arguments.repeats} repeats")
    same = True
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "table.csv"
        for actors in arguments.actors:
            same &= compare_expected_utility(arguments, actors, path)
        if version:
            same &= two_by_two(arguments, path)
            same &= compare_exchange(arguments, *arguments.exchange, path)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
