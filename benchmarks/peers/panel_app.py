"""The chart in Panel: ``panel serve panel_app.py``. A change of the number brings another person."""

from typing import Any

import panel as pn
from content import first_person, inlined, specification

pn.extension("vega")

# Panel 1.9 keeps the named data sets of the first person (``_get_sources``): they are written where they are used.
chart = pn.pane.Vega(inlined(specification(first_person())))
person = pn.widgets.IntInput(name="person", value=first_person())


def _change(event: Any) -> None:
    chart.object = inlined(specification(event.new))


person.param.watch(_change, "value")
pn.Column(person, chart).servable()
