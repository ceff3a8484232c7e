"""The charts of the benchmark, as Vega-Lite and as the SQL that makes their data.

Points are pseudo-random by a linear congruential generator, so that every library draws the same.
"""

import json

SCATTER_POINTS = 100_000
PANELS = 6
_BARS = [28, 55, 43, 91, 81, 53, 19, 87, 52]


def _uniform(seed):
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def bars():
    return [{"a": chr(ord("A") + i), "b": value} for i, value in enumerate(_BARS)]


def panels():
    """Twenty points for each of six groups."""
    numbers = _uniform(1)
    return [
        {"g": f"group {i % PANELS}", "x": round(next(numbers), 4), "y": round(next(numbers), 4)}
        for i in range(20 * PANELS)
    ]


def points():
    """Each coordinate is the sum of three uniform numbers: a cloud that is dense in the middle."""
    numbers = _uniform(2)

    def coordinate():
        return round(sum(next(numbers) for _ in range(3)), 5)

    return [(coordinate(), coordinate()) for _ in range(SCATTER_POINTS)]


def _quantitative(*channels):
    return {channel: {"field": channel, "type": "quantitative"} for channel in channels}


def bar():
    return {
        "data": {"values": bars()},
        "mark": "bar",
        "encoding": {
            "x": {"field": "a", "type": "nominal"},
            "y": {"field": "b", "type": "quantitative"},
        },
    }


def trellis():
    encoding = _quantitative("x", "y")
    encoding["column"] = {"field": "g", "type": "nominal"}
    return {
        "data": {"values": panels()},
        "mark": "point",
        "width": 80,
        "height": 80,
        "encoding": encoding,
    }


def scatter(data):
    """`data` is {"sql": …} for the server and {"values": […]} for a peer."""
    return {"data": data, "mark": "point", "encoding": _quantitative("x", "y")}


def peer_spec(name):
    """The text of a chart's specification with its data inside."""
    if name == "scatter":
        return json.dumps(scatter({"values": [{"x": x, "y": y} for x, y in points()]}))
    return json.dumps({"bar": bar, "trellis": trellis}[name]())
