"""What triads, blocs and alliances look like in real dyad-years, and how the search does on planted blocs.

    python benchmarks/ties.py DIRECTORY

The directory holds the files that `detente validate relations` reads, and `alliances.csv` (ATOP obligations by pair of
Correlates of War numbers and year). Prints the figures of docs/ties.md; takes about a minute.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import rankdata, spearmanr

from detente.measure.alignment import align, positions_of_alliances
from detente.measure.balance import frustration_over
from detente.measure.blocs import Blocs, blocs_of, communities, gains, modularity
from detente.measure.pressure import pressure_of
from detente.measure.relations import DyadYears, auc, fit_years, read_dyad_years, read_rivalries, table_rows
from detente.measure.stories import ordered
from detente.measure.ties import Ties, draw_ties
from detente.measure.triads import balance_of, triads_of
from detente.measure.warmth import Warmth, half_width
from detente.resolve.state_codes import load_state_codes

LEAST = 10
SHOWN = (2003, 2006, 2010, 2014)
MAJORS = 40
SEED_TRIADS = (("PAK", "RUS", "USA"), ("IND", "PAK", "RUS"), ("IND", "PAK", "USA"), ("CHN", "IND", "PAK"))
Pairs = set[tuple[tuple[str, str], int]]


def main(directory: Path) -> None:
    years = read_dyad_years(directory / "icews_dyad_years.csv")
    fits = fit_years(years)
    allied = read_alliances(directory / "alliances.csv")
    rivals = read_rivalries(directory / "rivalries.csv", from_cow, years.years)
    busiest = largest(years, MAJORS)
    for year in SHOWN:
        show_year(year, ties_in(years, fits, year, busiest), allied, rivals)
    show_together(years, fits, busiest, allied, rivals)
    show_axes(years, fits, allied)
    show_pull(years, fits, busiest)
    show_planted()
    show_search()
    show_thirds()


@cache
def from_cow(number: int, year: int) -> str | None:
    """The state that had a number of Correlates of War in a year."""
    rows = [row for found in load_state_codes().values() for row in found if row.cow_number == number]
    for row in rows:
        if (row.start is None or row.start.year <= year) and (row.end is None or row.end.year > year):
            return row.iso3 or row.id
    return None


def read_alliances(path: Path) -> Pairs:
    """Pairs and years bound to defend each other."""
    found = set()
    for row in table_rows(path, ("ccode1", "ccode2", "year", "atop_defense")):
        year = int(row["year"])
        if row["atop_defense"] == "1" and 2002 <= year <= 2014:
            a, b = from_cow(int(row["ccode1"]), year), from_cow(int(row["ccode2"]), year)
            if a and b:
                found.add((ordered(a, b), year))
    return found


def largest(years: DyadYears, number: int) -> set[str]:
    """The states with the most events."""
    told: Counter[str] = Counter()
    for pair, events in zip(years.pairs, years.counts.sum(axis=(1, 2)), strict=True):
        for state in pair:
            told[state] += int(events)
    return {state for state, _ in told.most_common(number)}


def ties_in(years: DyadYears, fits: list[Warmth], year: int, among: set[str]) -> Ties:
    """Ties of the pairs with ten events in a year."""
    at = int(year - years.years[0])
    events = years.counts[:, at].sum(axis=1)
    chosen = [n for n, pair in enumerate(years.pairs) if events[n] >= LEAST and set(pair) <= among]
    calibration = fits[0].calibration
    sd = half_width(np.array([fits[n].history_sd[at] for n in chosen]), calibration, z=1.0)
    theta = np.array([fits[n].history[at] for n in chosen])
    return draw_ties([years.pairs[n] for n in chosen], theta, sd, seed=year)


def show_year(year: int, ties: Ties, allied: Pairs, rivals: Pairs) -> None:
    print(f"\n{year}: {len(ties.states)} states, {len(ties.pairs())} ties, {np.nanmean(ties.positive):.2f} above 0")
    balance, frustrated = balance_of(ties), frustration_over(ties, draws=20)
    assert balance is not None
    print(
        f"  balanced {balance.share:.3f} [{balance.low:.3f}, {balance.high:.3f}] of {balance.triads} triads, "
        f"by chance {balance.chance:.3f}, p {balance.p_value:.3f}; frustrated {frustrated.median:.0f} "
        f"[{frustrated.low:.0f}, {frustrated.high:.0f}] of {frustrated.ties}, exact {frustrated.exact}"
    )
    blocs = blocs_of(ties)
    print(
        f"  modularity {blocs.modularity:.3f} [{blocs.low:.3f}, {blocs.high:.3f}], by chance {blocs.chance:.3f}, "
        f"p {blocs.p_value:.3f}; number {blocs.number}"
    )
    for bloc in blocs.members():
        print("   ", " ".join(f"{state}:{blocs.belonging(state):.2f}" for state in bloc))
    known = {triad.states: triad for triad in triads_of(ties)}
    for states in SEED_TRIADS:
        if states in known:
            print(f"    {'-'.join(states)} P(balanced) {known[states].balanced:.2f}")


def show_together(years: DyadYears, fits: list[Warmth], among: set[str], allied: Pairs, rivals: Pairs) -> None:
    """Does standing together in a bloc tell allies from others, and rivals from others, better than the tie alone?"""
    together, tie, pairs, before = [], [], [], None
    agreement, chances = [], []
    for year in years.years:
        ties = ties_in(years, fits, int(year), among)
        blocs, balance = blocs_of(ties, shuffles=60), balance_of(ties)
        assert balance is not None
        chances.append((blocs.p_value, balance.p_value, blindly(ties)))
        for pair in ties.pairs():
            at = ties.states.index(pair[0]), ties.states.index(pair[1])
            together.append(blocs.together[at])
            tie.append(ties.mean[at])
            pairs.append((pair, int(year)))
        if before is not None:
            agreement.append(adjusted_rand(*shared_labels(before, blocs)))
        before = blocs
    ally, rival = (np.array([pair in cases for pair in pairs], dtype=float) for cases in (allied, rivals))
    print(f"\nall years: {len(pairs)} ties, {int(ally.sum())} of allies, {int(rival.sum())} of rivals")
    print(
        f"  allies: AUC of co-membership {auc(np.array(together), ally):.3f}, of the tie {auc(np.array(tie), ally):.3f}"
    )
    for name, line in (("co-membership", together), ("the tie", tie)):
        print(f"  rivals: AUC of {name} {auc(-np.array(line), rival):.3f}")
    for at, name in enumerate(("modularity", "balance", "balance beside signs shuffled blindly")):
        print(f"  p by year of {name}: {' '.join(f'{one[at]:.2f}' for one in chances)}")
    print(
        f"  blocs of a year and the next: adjusted Rand index {np.mean(agreement):.2f} ({min(agreement):.2f} at least)"
    )


def show_axes(years: DyadYears, fits: list[Warmth], allied: Pairs) -> None:
    """Tone of events against alliances and alliance portfolios, all states."""
    told, tone, ally, kappa = years.counts.sum(axis=2), [], [], []
    states = sorted({state for pair in years.pairs for state in pair})
    for at, year in enumerate(years.years):
        rows = [(a, b, 1.0) for (a, b), when in allied if when == year]
        found = align(positions_of_alliances(rows, states))
        place = {state: number for number, state in enumerate(found.states)}
        for n in np.flatnonzero(told[:, at] >= LEAST):
            a, b = years.pairs[n]
            tone.append(fits[n].history[at])
            ally.append((years.pairs[n], int(year)) in allied)
            kappa.append(found.kappa[place[a], place[b]])
    flags, line = np.array(ally, dtype=float), np.array(tone)
    print(f"\nalliances, {len(line)} pair-years with {LEAST} events, {int(flags.sum())} allied")
    print(
        f"  AUC of warmth {auc(line, flags):.3f}; rho of warmth and kappa of alliances "
        f"{spearmanr(line, kappa).statistic:.3f}"
    )


def show_pull(years: DyadYears, fits: list[Warmth], among: set[str]) -> None:
    """Do ties move toward balance? Rank correlation of next year's move with the mean product of the two other ties."""
    states = sorted(among)
    place = {state: number for number, state in enumerate(states)}
    told, moves, pulls, levels = years.counts.sum(axis=2), [], [], []
    for at in range(len(years.years) - 1):
        network, known = np.zeros((len(states), len(states))), np.zeros((len(states), len(states)))
        chosen = [n for n, pair in enumerate(years.pairs) if told[n, at] >= LEAST and set(pair) <= among]
        for n in chosen:
            a, b = (place[state] for state in years.pairs[n])
            network[a, b] = network[b, a] = fits[n].now[at]
            known[a, b] = known[b, a] = 1
        product, number = network @ network, known @ known
        for n in chosen:
            a, b = (place[state] for state in years.pairs[n])
            if number[a, b] >= 3 and told[n, at + 1] >= LEAST:
                pulls.append(product[a, b] / number[a, b])
                levels.append(fits[n].now[at])
                moves.append(fits[n].now[at + 1] - fits[n].now[at])
    x, y, z = (rankdata(one) for one in (pulls, moves, levels))
    rxy, rxz, ryz = np.corrcoef(x, y)[0, 1], np.corrcoef(x, z)[0, 1], np.corrcoef(y, z)[0, 1]
    partial = (rxy - rxz * ryz) / np.sqrt((1 - rxz**2) * (1 - ryz**2))
    print(f"\npull of balance on next year's move: partial rank correlation {partial:.3f} of {len(moves)} moves")
    print(f"  the same between a tie and what balance asks of it, in one year: {rxz:.3f}")


def show_planted() -> None:
    """Three planted blocs of thirty states; ties of the size and doubt that real years have."""
    print()
    for spread in (0.2, 0.4, 0.8):
        scores = []
        for seed in range(5):
            random = np.random.default_rng(seed)
            camp = random.integers(0, 3, 30)
            a, b = np.triu_indices(30, 1)
            told = random.random(len(a)) < 0.5
            centre = np.where(camp[a] == camp[b], 0.4, -0.3) + spread * random.standard_normal(len(a))
            names = [f"S{number:02}" for number in range(30)]
            pairs = [(names[i], names[j]) for i, j in zip(a[told], b[told], strict=True)]
            ties = draw_ties(pairs, centre[told], np.full(told.sum(), spread), draws=200, seed=seed)
            scores.append(adjusted_rand(blocs_of(ties, shuffles=0).labels, camp))
        print(f"planted blocs, doubt {spread}: adjusted Rand index {np.mean(scores):.2f} ({min(scores):.2f} at least)")


def blindly(ties: Ties, shuffles: int = 200) -> float:
    """How often signs shuffled among all ties are as balanced as those of the mean ties: a null that is too weak."""
    rows, columns = np.nonzero(np.triu(ties.known))
    signs, random, reached = np.sign(ties.mean), np.random.default_rng(0), []
    for _ in range(shuffles):
        mixed = np.zeros_like(signs)
        mixed[rows, columns] = random.permutation(signs[rows, columns])
        mixed += mixed.T
        reached.append(float(np.trace(mixed @ mixed @ mixed)))
    return (1 + sum(one >= np.trace(signs @ signs @ signs) for one in reached)) / (1 + shuffles)


def show_search(networks: int = 1500) -> None:
    """How often the search misses the best of all splits of eight states."""
    every = np.array(list(splits(8)))
    together = (every[:, :, None] == every[:, None, :]).reshape(len(every), -1).astype(np.float32)
    missed, random = {20: 0, 40: 0}, np.random.default_rng(7)
    for _ in range(networks):
        upper = np.triu(random.standard_normal((8, 8)) * (random.random((8, 8)) < random.uniform(0.2, 1)), 1)
        network = upper + upper.T
        best = (together @ gains(network).ravel().astype(np.float32)).max()
        for starts in missed:
            missed[starts] += bool(modularity(network, communities(network, starts=starts)) < best - 1e-5)
    print(f"search: misses of the best split of eight states in {networks} networks, by beginnings: {missed}")


def splits(size: int) -> Iterator[list[int]]:
    if not size:
        yield []
        return
    for split in splits(size - 1):
        for label in range(max(split, default=-1) + 2):
            yield [*split, label]


def show_thirds(runs: int = 300) -> None:
    """Made-up thirds without any effect but a shock in common, and thirds with a response of -.5."""
    random, wrong, right = np.random.default_rng(0), 0, 0
    for run in range(runs):
        news = random.normal(0, 0.1, (25, 180)) * (random.random((25, 180)) < 0.6)
        walk, shock = np.cumsum(random.normal(0, 0.05, 180)), random.normal(0, 0.05, 180)
        placebos = {f"P{at:02}": line + shock / 2 for at, line in enumerate(news[1:])}
        found = pressure_of(("C", "A", "B"), walk + 0.3 * np.cumsum(shock), news[0] + shock / 2, placebos)
        wrong += found.p_value is not None and found.p_value <= 0.05
        if run < 60:
            moved = walk + np.concatenate([[0, 0], np.cumsum(-0.5 * news[0])[:-2]])
            found = pressure_of(("C", "A", "B"), moved, news[0], {f"P{at:02}": one for at, one in enumerate(news[1:])})
            right += found.p_value is not None and found.p_value <= 0.05
    print(f"pressure: {wrong} of {runs} thirds without effect at p <= .05, {right} of 60 with a response of -.5")


def shared_labels(a: Blocs, b: Blocs) -> Iterator[np.ndarray]:
    both = sorted(set(a.states) & set(b.states))
    for blocs in (a, b):
        yield np.array([blocs.labels[blocs.states.index(state)] for state in both])


def adjusted_rand(a: np.ndarray, b: np.ndarray) -> float:
    """Hubert and Arabie 1985, J. of Classification 2(1)."""
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    both, rows, columns = (float((n * (n - 1) / 2).sum()) for n in (table, table.sum(axis=1), table.sum(axis=0)))
    chance = rows * columns / (len(a) * (len(a) - 1) / 2)
    return (both - chance) / ((rows + columns) / 2 - chance)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
