"""Draws the charts of the benchmark with other libraries, in a process of its own.

A line of JSON on standard input, {"library": "vl-convert", "chart": "bar", "format": "png",
"times": 3}, is answered by a line with the milliseconds of processor time of each chart, those of
all threads: {"ms": […]}. matplotlib draws an equivalent chart by its object-oriented interface. The
first chart of a library includes its import.
"""

import io
import json
import sys
import time

import specs

_data = {}  # of the charts, made once: not what is measured


def _of(name):
    if name not in _data:
        makers = {"bar": specs.bars, "trellis": specs.panels, "scatter": specs.points}
        _data[name] = (specs.peer_spec(name), makers[name]())
    return _data[name]


def vl_convert(chart, picture):
    import vl_convert

    spec, _ = _of(chart)
    if picture == "svg":
        return vl_convert.vegalite_to_svg(spec)
    if picture == "png":
        return vl_convert.vegalite_to_png(spec)
    return vl_convert.vegalite_to_pdf(spec)


def matplotlib(chart, picture):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    _, rows = _of(chart)
    if chart == "trellis":
        figure = Figure(figsize=(7.2, 1.6))
        groups = sorted({row["g"] for row in rows})
        for axes, group in zip(figure.subplots(1, len(groups), sharey=True), groups):
            chosen = [row for row in rows if row["g"] == group]
            axes.scatter(
                [row["x"] for row in chosen], [row["y"] for row in chosen], facecolors="none"
            )
            axes.set_title(group)
    else:
        figure = Figure(figsize=(3, 3))
        axes = figure.subplots()
        if chart == "bar":
            axes.bar([row["a"] for row in rows], [row["b"] for row in rows])
        else:
            axes.scatter([x for x, _ in rows], [y for _, y in rows], s=30, alpha=0.7)
    target = io.BytesIO()
    figure.savefig(target, format=picture)
    return target.getvalue()


LIBRARIES = {"vl-convert": vl_convert, "matplotlib": matplotlib}


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        draw = LIBRARIES[asked["library"]]
        _of(asked["chart"])
        found = []
        for _ in range(asked["times"]):
            start = time.process_time()
            draw(asked["chart"], asked["format"])
            found.append(1000 * (time.process_time() - start))
        print(json.dumps({"ms": found}), flush=True)


main()
