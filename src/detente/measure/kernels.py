"""The arithmetic of warmth that runs for every pair and month, compiled.

Symbols: y[t, k] weight of stories of type k in month t; w[t, k] the world's mix; s[k] the type's score / 5; eps the
share of wrong codes; theta[t] warmth; q the variance of its monthly step; tau2 that of month noise.

    P(k | theta) = (1 − eps) · p_k + eps · w_k,   p_k = w_k · exp(theta · s_k) / Z

Source: Laplace approximation to a state-space model with non-Gaussian observations (Durbin and Koopman 2012, Time
Series Analysis by State Space Methods, ch. 10). Departs from it by: steps use the greater of the observed and the
expected information, which keeps them short where a rare type is seen; variances use the expected one, which is
positive where the mixture is not concave.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_LEAST_INFORMATION = 0.05  # per story: keeps a step finite where nearly all weight lies on one type
_LONGEST_STEP = 1.0  # of theta at once
_FARTHEST = 4.0  # |theta| beyond which the mix is one type whatever the data say
_PRIOR = 1.0  # variance of theta before the first month


@njit(cache=True)
def month_terms(y, w, s, eps, eta):  # type: ignore[no-untyped-def]
    """Slope of the log likelihood of one month at `eta`, its expected information, and the greater of that and the
    observed one."""
    total, z, m, spread = 0.0, 0.0, 0.0, 0.0
    n_types = s.shape[0]
    tilted = np.empty(n_types)
    for k in range(n_types):
        tilted[k] = w[k] * np.exp(eta * s[k])
        z += tilted[k]
    for k in range(n_types):
        tilted[k] /= z
        m += tilted[k] * s[k]
        total += y[k]
    for k in range(n_types):
        spread += tilted[k] * (s[k] - m) ** 2
    slope, expected, observed = 0.0, 0.0, 0.0
    for k in range(n_types):
        chance = (1 - eps) * tilted[k] + eps * w[k]
        if chance <= 0.0:
            continue
        change = (1 - eps) * tilted[k] * (s[k] - m) / chance
        expected += change * change * chance
        if y[k] > 0.0:
            slope += y[k] * change
            observed += y[k] * (change * change - (1 - eps) * tilted[k] * ((s[k] - m) ** 2 - spread) / chance)
    information = total * max(expected, _LEAST_INFORMATION)
    return slope, information, max(observed, information)


@njit(cache=True)
def linearise(y, w, s, eps, eta, z, v, careful):  # type: ignore[no-untyped-def]
    """Fill the pseudo-observations z[t] and their variances v[t] (infinite without stories).

    With `careful` steps to the mode stay short: the information is the greater of the two.
    """
    for t in range(eta.shape[0]):
        if y[t].sum() <= 0.0:
            z[t], v[t] = 0.0, np.inf
            continue
        slope, expected, greater = month_terms(y[t], w[t], s, eps, eta[t])
        information = greater if careful else expected
        v[t] = 1.0 / information
        z[t] = eta[t] + slope / information


@njit(cache=True)
def smooth(z, r, q, theta, p):  # type: ignore[no-untyped-def]
    """Smooth z[t] of variance r[t] to theta[t] of variance p[t]; q[t] is the variance of the step to t."""
    n = z.shape[0]
    ahead = np.empty(n)
    mean, variance = 0.0, _PRIOR
    for t in range(n):
        if t > 0:
            variance += q[t]
        ahead[t] = variance
        if r[t] < np.inf:
            spread = variance + r[t]
            miss = z[t] - mean
            mean += variance / spread * miss
            variance = variance * r[t] / spread
        theta[t], p[t] = mean, variance
    for t in range(n - 2, -1, -1):
        gain = p[t] / ahead[t + 1]
        theta[t] += gain * (theta[t + 1] - theta[t])
        p[t] += gain * gain * (p[t + 1] - ahead[t + 1])


@njit(cache=True)
def _step(level, wanted):  # type: ignore[no-untyped-def]
    """Go toward the wanted level, not so far at once that a rare type throws it beyond where data say anything."""
    near = min(level + _LONGEST_STEP, max(level - _LONGEST_STEP, wanted))
    return min(_FARTHEST, max(-_FARTHEST, near))


@njit(cache=True)
def to_mode(y, w, s, eps, q, tau2, eta, theta, p, z, v, rounds):  # type: ignore[no-untyped-def]
    """Linearise at `eta` and smooth, `rounds` times; all arrays but the first three and q are filled in place.

    `eta` is the level of the month, its own noise among it. On return z, v and p rest on the expected information at
    the mode, which a single surprising story does not make sure of itself.
    """
    r = np.empty(eta.shape[0])
    for _ in range(rounds):
        linearise(y, w, s, eps, eta, z, v, True)
        r[:] = v + tau2
        smooth(z, r, q, theta, p)
        for t in range(eta.shape[0]):
            level = theta[t]
            if v[t] < np.inf:
                level += tau2 / r[t] * (z[t] - theta[t])
            eta[t] = _step(eta[t], level)
    linearise(y, w, s, eps, eta, z, v, False)
    r[:] = v + tau2
    smooth(z, r, q, np.empty(eta.shape[0]), p)


@njit(cache=True)
def likeliest(z, v, extra, q_grid, q_log_prior, tau2_grid, tau2_log_prior):  # type: ignore[no-untyped-def]
    """The q and tau2 of the grids with the highest marginal likelihood of z, times prior."""
    n = z.shape[0]
    best, best_q, best_tau2 = -np.inf, q_grid[0], tau2_grid[0]
    for i in range(q_grid.shape[0]):
        for j in range(tau2_grid.shape[0]):
            mean, variance, value = 0.0, _PRIOR, q_log_prior[i] + tau2_log_prior[j]
            for t in range(n):
                if t > 0:
                    variance += q_grid[i] + extra[t]
                if v[t] < np.inf:
                    r = v[t] + tau2_grid[j]
                    spread, miss = variance + r, z[t] - mean
                    value -= 0.5 * (np.log(spread) + miss * miss / spread)
                    mean += variance / spread * miss
                    variance = variance * r / spread
            if value > best:
                best, best_q, best_tau2 = value, q_grid[i], tau2_grid[j]
    return best_q, best_tau2


@njit(cache=True)
def filter_months(y, w, s, eps, q, tau2, theta, p, ahead, ahead_p):  # type: ignore[no-untyped-def]
    """Warmth of each month from that month and those before it, and its prediction one month ahead.

    Each month is iterated to its own mode (an iterated extended Kalman filter), so that nothing later leaks in.
    """
    mean, variance = 0.0, _PRIOR
    for t in range(theta.shape[0]):
        if t > 0:
            variance += q[t]
        ahead[t], ahead_p[t] = mean, variance
        if y[t].sum() > 0.0:
            eta, start, width = mean, mean, variance
            for _ in range(6):
                slope, expected, information = month_terms(y[t], w[t], s, eps, eta)
                v = 1.0 / information
                z = eta + slope * v
                mean = start + width / (width + v + tau2) * (z - start)
                variance = width * (1.0 / expected + tau2) / (width + 1.0 / expected + tau2)
                eta = _step(eta, mean + tau2 / (v + tau2) * (z - mean))
        theta[t], p[t] = mean, variance


@njit(cache=True)
def partition(z, r, q, penalty, least):  # type: ignore[no-untyped-def]
    """Cut months into spells, each of which begins at a level of its own and then drifts with variance `q` a month.

    The cut months make −2 log likelihood plus `penalty` a cut as small as any cuts can. A spell has at least `least`
    months; months with r = inf have no say. Returns the first month of each spell but the first.

    Source: optimal partitioning, Jackson et al. 2005, IEEE Signal Processing Letters 12(2). Departs from it by: a spell
    costs what a local level model leaves unexplained, so that a drift is not cut into steps.
    """
    n = z.shape[0]
    best, before = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = -penalty
    for start in range(n - least + 1):
        if best[start] == np.inf:
            continue
        mean, variance, cost = 0.0, _PRIOR, best[start] + penalty
        for t in range(start, n):
            if t > start:
                variance += q
            if r[t] < np.inf:
                spread, miss = variance + r[t], z[t] - mean
                cost += np.log(spread / r[t]) + miss * miss / spread
                mean += variance / spread * miss
                variance = variance * r[t] / spread
            end = t + 1
            if end - start >= least and (end == n or n - end >= least) and cost < best[end]:
                best[end], before[end] = cost, start
    cuts, number, end = np.zeros(n, dtype=np.int64), 0, n
    while n >= least and before[end] > 0:
        end = before[end]
        cuts[number] = end
        number += 1
    return cuts[:number][::-1].copy()
