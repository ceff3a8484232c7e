"""What a run over a list of questions says: a table by shape, then every miss in a line.

A question counts in each of its shapes and once in the last row. "More" are right answers with
columns besides those asked for; asking back counts as abstaining.
"""

import collections

Outcome = collections.namedtuple("Outcome", "question verdict reason answer")
RIGHT, MORE, WRONG, ABSTAINED, ERROR = "right", "more", "wrong", "abstained", "error"
VERDICTS = (RIGHT, MORE, WRONG, ABSTAINED, ERROR)
LINE = 240  # characters of a miss


def _row(name, outcomes):
    counts = collections.Counter(outcome.verdict for outcome in outcomes)
    cells = "".join(f"{counts[verdict]:11}" for verdict in VERDICTS)
    print(f"  {name:24}{len(outcomes):9}{cells}")


def print_table(outcomes):
    shapes = dict.fromkeys(shape for outcome in outcomes for shape in outcome.question["shapes"])
    print(f"\n  {'shape':24}{'questions':>9}" + "".join(f"{verdict:>11}" for verdict in VERDICTS))
    for shape in shapes:
        _row(shape, [outcome for outcome in outcomes if shape in outcome.question["shapes"]])
    for database in dict.fromkeys(outcome.question["database"] for outcome in outcomes):
        of_database = [o for o in outcomes if o.question["database"] == database]
        _row(f"all of {database}", of_database)
    _row("all", outcomes)
    _print_precision(outcomes)


def _print_precision(outcomes):
    answered = [outcome for outcome in outcomes if outcome.verdict in (RIGHT, MORE, WRONG)]
    right = sum(outcome.verdict != WRONG for outcome in answered)
    if answered:
        share = 100 * right / len(answered)
        print(f"  of {len(answered)} answered, {right} are right: {share:.0f} %")


def print_misses(outcomes):
    misses = [outcome for outcome in outcomes if outcome.verdict not in (RIGHT, MORE)]
    print(f"\n  {len(misses)} misses")
    for outcome in misses:
        question = outcome.question
        text = f"{question['id']} {outcome.verdict:9} {question['question']} | {outcome.reason}"
        text = " ".join(text.split())
        print("  " + (text if len(text) <= LINE else text[: LINE - 1] + "…"))
