"""What a run over questions says: the table of sets, calibration, classes of misses, latency.

Right is a result equal to that of the gold statement with the same number of columns; for defog's
sets more columns are allowed. Wrong counts SQL errors, and an answer to what has none. A question
without an answer is right when none is given.
"""

import collections
import re

import nl_clauses

Answer = collections.namedtuple("Answer", "case verdict sql reason ms confidence detail")
RIGHT, WRONG, ERROR, ABSTAINED = "right", "wrong", "SQL error", "abstained"

PRECISION_GOAL, PRECISION_STRETCH = 80, 90
CALIBRATION_GOAL = 5  # percent
THRESHOLDS = (0.78, 0.8, 0.85, 0.9)
CLASSES = 10
UNKNOWN_WORDS = 20
BINS = 10
BAR_WIDTH = 40

# name, the set of its cases, a tag they have, whether of the unseen databases (None: of any), and
# the goals: right at least, wrong at most, stretch.
GOALS = (
    ("spider_dev", "spider_dev", None, None, (45, 11, 60)),
    ("  its easy tier", "spider_dev", "easy", None, (75, 8, 85)),
    ("unseen databases", "spider_train", None, True, (40, 10, 55)),
    ("spidersyn_dev", "spidersyn_dev", None, None, (25, 8, 40)),
    ("defog_classic, lenient", "defog_classic", None, None, (30, 10, 50)),
    ("unanswerable", "unanswerable", None, None, (90, None, 97)),
)
OTHERS = (
    ("spider_train, seen", "spider_train", None, False, None),
    ("spidersyn_train, seen", "spidersyn_train", None, False, None),
    ("spidersyn_train, unseen", "spidersyn_train", None, True, None),
    ("defog_basic, lenient", "defog_basic", None, None, None),
    ("defog_advanced, lenient", "defog_advanced", None, None, None),
)


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def _percent(part, whole):
    return 100 * part / whole if whole else 0.0


def _is_answered(answer):
    return answer.sql is not None


def _selected(answers, row, unseen):
    _, of_set, tag, is_unseen, _ = row
    return [
        answer
        for answer in answers
        if answer.case["tags"][0] == of_set
        and (tag is None or tag in answer.case["tags"])
        and (is_unseen is None or is_unseen == (answer.case["db"] in unseen))
    ]


def precision(answers):
    """Percent of the answered that are right."""
    answered = [answer for answer in answers if _is_answered(answer)]
    return _percent(sum(answer.verdict == RIGHT for answer in answered), len(answered))


def _row(name, answers):
    """The row's text without goals, and its percentages of right and wrong."""
    counts = collections.Counter(answer.verdict for answer in answers)
    whole = len(answers)
    right = _percent(counts[RIGHT], whole)
    wrong = _percent(counts[WRONG] + counts[ERROR], whole)
    abstained = _percent(sum(not _is_answered(answer) for answer in answers), whole)
    text = f"  {name:24}{whole:6}{right:8.1f}{wrong:8.1f}{abstained:11.1f}{counts[ERROR]:8}"
    answered = any(map(_is_answered, answers))
    return text + (f"{precision(answers):11.1f}" if answered else f"{'-':>11}"), right, wrong


def _goal_text(goals, right, wrong):
    least, most, stretch = goals
    text = f"right >= {least} (stretch {stretch})"
    missed = right < least
    if most is not None:
        text += f", wrong <= {most}"
        missed = missed or wrong > most
    return text + ("  missed" if missed else "  held")


def print_table(answers, unseen):
    print(f"\n  {'percent of the cases':24}{'cases':>6}{'right':>8}{'wrong':>8}{'abstained':>11}"
          f"{'errors':>8}{'precision':>11}   goals")  # fmt: skip
    for row in GOALS:
        chosen = _selected(answers, row, unseen)
        if chosen:
            text, right, wrong = _row(row[0], chosen)
            print(f"{text}   {_goal_text(row[4], right, wrong)}")
    for row in OTHERS:
        chosen = _selected(answers, row, unseen)
        if chosen:
            print(_row(row[0], chosen)[0])
    verdict = "held" if precision(answers) >= PRECISION_GOAL else "missed"
    errors = sum(answer.verdict == ERROR for answer in answers)
    print(f"{_row('all', answers)[0]}   precision >= {PRECISION_GOAL} (stretch"
          f" {PRECISION_STRETCH}), errors 0  {verdict if errors == 0 else 'missed'}")  # fmt: skip


def print_thresholds(answers, unseen):
    """What a greater loupe.ask_least_confidence would leave: right / wrong percent of each set."""
    if all(answer.confidence is None for answer in answers):
        return
    print("\n  right / wrong percent at loupe.ask_least_confidence of")
    print(f"  {'':24}" + "".join(f"{least:>16.2f}" for least in THRESHOLDS))
    for row in GOALS + OTHERS:
        chosen = _selected(answers, row, unseen)
        if chosen:
            cells = (_at_least(chosen, least) for least in THRESHOLDS)
            print(f"  {row[0]:24}" + "".join(f"{cell:>16}" for cell in cells))


def _at_least(answers, least):
    kept = [a for a in answers if a.confidence is not None and a.confidence >= least]
    right = _percent(sum(answer.verdict == RIGHT for answer in kept), len(answers))
    return f"{right:.1f} / {_percent(len(kept), len(answers)) - right:.1f}"


def calibration_error(pairs):
    """Percent by which confidence and share of right answers differ, weighted over ten bins."""
    bins = _binned(pairs)
    return 100 * sum(
        abs(sum(confidence for confidence, _ in chosen) - sum(right for _, right in chosen))
        for chosen in bins
    ) / max(1, len(pairs))  # fmt: skip


def _binned(pairs):
    bins = [[] for _ in range(BINS)]
    for confidence, right in pairs:
        bins[min(BINS - 1, max(0, int(confidence * BINS)))].append((confidence, right))
    return bins


def print_calibration(answers):
    answered = [answer for answer in answers if _is_answered(answer)]
    pairs = [
        (answer.confidence, answer.verdict == RIGHT)
        for answer in answered
        if answer.confidence is not None
    ]
    if not pairs:
        return
    error = calibration_error(pairs)
    verdict = "held" if error <= CALIBRATION_GOAL else "missed"
    print(f"\n  Confidence against correctness of {len(pairs)} answers (# right, | mean confidence)")
    for number, chosen in enumerate(_binned(pairs)):
        if chosen:
            _print_bin(number, chosen)
    if len(pairs) < len(answered):
        print(f"  {len(answered) - len(pairs)} answers without a confidence: ask() failed on them")
    print(f"  expected calibration error {error:.1f} %   goal <= {CALIBRATION_GOAL} %  {verdict}")


def _print_bin(number, chosen):
    mean = sum(confidence for confidence, _ in chosen) / len(chosen)
    share = sum(right for _, right in chosen) / len(chosen)
    bar = list("#" * round(share * BAR_WIDTH) + "." * (BAR_WIDTH - round(share * BAR_WIDTH)))
    bar[min(BAR_WIDTH - 1, int(mean * BAR_WIDTH))] = "|"
    low, high = number / BINS, (number + 1) / BINS
    print(f"  {low:.1f} to {high:.1f} {''.join(bar)} right {100 * share:5.1f} %, confidence"
          f" {100 * mean:5.1f} %, {len(chosen)} answers")  # fmt: skip


def reason_class(reason):
    """A reason without the names in it: its first sentence, up to a colon."""
    text = re.sub(r'"[^"]*"', '"…"', reason)
    text = re.sub(r'"…"(?:(?:, and |, or |, | and | or )(?:"…"|…))+', '"…"', text)
    text = re.split(r"[:.](?:\s|$)", text, maxsplit=1)[0]
    return re.sub(r"\d+", "0", text).replace('"…" mean ', '"…" means ')


def unknown_words(answer):
    """Words that the reason says mean nothing."""
    words, known, _ = answer.reason.partition(" nothing here")
    return [word.lower() for word in re.findall(r'"([^"]*)"', words)] if known else []


def miss_class(answer):
    """The class of a miss; None for a right answer."""
    if answer.verdict == RIGHT:
        return None
    if answer.verdict == ABSTAINED:
        return "abstained: " + reason_class(answer.reason)
    if answer.verdict == ERROR:
        return "SQL error " + (answer.detail or "").split(" ")[0]
    if answer.case["expect"] != "answer":
        return "wrong: answered what has no answer"
    if answer.detail == "lenient":
        return "wrong: more columns than asked for"
    clauses = nl_clauses.differing(answer.sql, answer.case["gold_sql"])
    return "wrong: " + (" and ".join(clauses) or "no clause seen to differ")


def print_misses(answers, unseen):
    """The largest classes, of databases that may be looked at."""
    seen = [answer for answer in answers if answer.case["db"] not in unseen]
    classes = collections.Counter(filter(None, map(miss_class, seen)))
    clauses = collections.Counter()
    for answer in seen:
        if answer.verdict == WRONG and answer.case["expect"] == "answer":
            clauses.update(nl_clauses.differing(answer.sql, answer.case["gold_sql"]))
    if not classes:
        return
    print(f"\n  The {CLASSES} largest of {len(classes)} classes of {sum(classes.values())} misses"
          f" in {len(seen)} cases of seen databases")  # fmt: skip
    for name, count in sorted(classes.items(), key=lambda item: (-item[1], item[0]))[:CLASSES]:
        print(f"  {count:6}{_percent(count, len(seen)):6.1f} %  {name[:120]}")
    _print_counts("clauses that differ in wrong answers", clauses.most_common())
    words = collections.Counter(
        word for answer in seen if answer.verdict == ABSTAINED for word in unknown_words(answer)
    )
    _print_counts("words that mean nothing", words.most_common(UNKNOWN_WORDS))


def _print_counts(title, counts):
    if counts:
        print(f"  {title}: " + ", ".join(f"{name} {count}" for name, count in counts))


def print_latency(answers):
    times = [answer.ms for answer in answers]
    print(f"\n  ask_sql, each question once: p50 {quantile(times, 0.5):.1f} ms,"
          f" p95 {quantile(times, 0.95):.1f} ms, longest {max(times):.0f} ms")  # fmt: skip
