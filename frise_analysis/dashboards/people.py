"""Finding people: a query on the store, whatever its size, never a list of options."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from frise_analysis.analysis.headings import described, person_heading
from frise_analysis.analysis.person_path import Person
from frise_analysis.store.engine import Store

MOST_RESULTS = 12
WORDS = 3
LONGEST_QUERY = 80


def search(store: Store, text: str) -> list[dict[str, object]]:
    """People whose pseudonym or name holds each word typed, in any order, case or accent: at most twelve."""
    words = plain(text[:LONGEST_QUERY]).split()[:WORDS]
    if not words:
        return []
    filled = {f"word_{i}": (words[i - 1] if i <= len(words) else "") for i in range(1, WORDS + 1)}
    return [_result(row) for row in store.rows("person_search", limit=MOST_RESULTS, **filled)]


def consulted(store: Store, keys: Sequence[object]) -> list[dict[str, object]]:
    """The people of these keys that the store still holds, each once, in the order given."""
    wanted = [key for key in dict.fromkeys(keys) if isinstance(key, int)][:MOST_RESULTS]
    found = (store.rows("person_by_key", person_key=key) for key in wanted)
    return [_result(rows[0]) for rows in found if rows]


def plain(text: str) -> str:
    """Lower case without accents, as ``search_text`` is stored."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def heading(person: Person, name: str | None) -> str:
    """The line that says whose path is shown, as on a document."""
    return person_heading(person, name)


def _result(row: dict[str, object]) -> dict[str, object]:
    words = " · ".join(str(p) for p in (row["display_name"], described(row["sex"], row["birth_year"])) if p)
    return {"person_key": row["person_key"], "person_id": row["person_id"], "words": words}
