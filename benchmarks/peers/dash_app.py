"""The chart in Dash: ``python dash_app.py PORT``. A change of the number brings another person."""

import sys
from typing import Any

import dash
import dash_vega_components as dvc
from content import EMBED, first_person, specification
from dash import Input, Output, dcc, html

app = dash.Dash(__name__, serve_locally=True)


def _layout() -> html.Div:
    key = first_person()
    chart = dvc.Vega(id="chart", spec=specification(key), opt=EMBED)
    return html.Div([dcc.Input(id="person", type="number", value=key), chart])


app.layout = _layout


@app.callback(Output("chart", "spec"), Input("person", "value"), prevent_initial_call=True)
def _change(person_key: int) -> dict[str, Any]:
    return specification(person_key)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
