"""Logistic regression whose coefficients take away only: what a sign may do to a confidence.

    log_odds, divisors = fit([([1, 0], True), ([0, 2], False), …])

The probability that a reading is right is 1 / (1 + exp(-(log_odds - sum of divisor * amount))) with
divisors >= 0, so that no sign of doubt raises it. Coordinates are stepped in a fixed order from
zero until the likelihood rests: the same data give the same digits.
"""

import math

RIDGE = 4.0  # keeps rare signs near no effect
ROUNDS = 200
REST = 1e-3  # of the log-likelihood


def _share(log_odds):
    return 1 / (1 + math.exp(-log_odds))


def confidence(log_odds, divisors, amounts):
    return _share(log_odds - sum(divisor * x for divisor, x in zip(divisors, amounts)))


def _likelihood(at, outcomes):
    return sum(math.log(_share(z) if right else 1 - _share(z)) for z, right in zip(at, outcomes))


def fit(samples, least=None):
    """The log-odds without a sign, and the divisors, of pairs of amounts and whether it was right;
    `least` gives the smallest divisor of each sign, 0 where it is absent."""
    outcomes = [right for _, right in samples]
    signs = len(samples[0][0])
    shown = [[(i, amounts[k]) for i, (amounts, _) in enumerate(samples) if amounts[k]]
             for k in range(signs)]  # fmt: skip
    least = least or [0.0] * signs
    log_odds, divisors = 0.0, list(least)
    at = [-sum(d * x for d, x in zip(divisors, amounts)) for amounts, _ in samples]
    before = -math.inf
    for _ in range(ROUNDS):
        log_odds = _step_all(log_odds, at, outcomes)
        for k in range(signs):
            divisors[k] = _step(divisors[k], least[k], shown[k], at, outcomes)
        now = _likelihood(at, outcomes)
        if abs(now - before) < REST:
            break
        before = now
    return log_odds, divisors


def _step_all(log_odds, at, outcomes):
    shares = [_share(z) for z in at]
    slope = sum(right - share for right, share in zip(outcomes, shares))
    bend = sum(share * (1 - share) for share in shares)
    step = slope / max(bend, 1e-9)
    at[:] = [z + step for z in at]
    return log_odds + step


def _step(divisor, least, shown, at, outcomes):
    slope, bend = -RIDGE * divisor, RIDGE
    for i, amount in shown:
        share = _share(at[i])
        slope -= amount * (outcomes[i] - share)
        bend += amount * amount * share * (1 - share)
    moved = max(least, divisor + slope / bend)
    for i, amount in shown:
        at[i] -= (moved - divisor) * amount
    return moved
