"""Time of a load with all its checks, against the engine's plain copy of the same files, in the same run.

python benchmarks/load.py                      # one million offences
python benchmarks/load.py --rows 10000000
python benchmarks/load.py --shuffled           # offences in no order: the load sorts them by person
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

_PERSONS = """
select 'P' || lpad(i::varchar, 9, '0') as person_id, 'Personne ' || i as display_name, case when i % 10 = 0 then 'F' else 'M' end as sex,
  date '1950-01-01' + (i * 7919 % 18000)::integer as birth_date
from range({persons}) as t(i)"""
_CONVICTIONS = """
select 'C' || lpad(i::varchar, 9, '0') as conviction_id, 'P' || lpad((i // 3)::varchar, 9, '0') as person_id,
  date '2010-06-01' + (i * 104729 % 4500)::integer as decision_date, 'TJ ' || i % 160 as court, 'condamnation' as record_entry_type
from range({persons} * 3) as t(i)"""
_OFFENCES = """
select 'I' || lpad(i::varchar, 10, '0') as offence_id, 'P' || lpad((i // 6)::varchar, 9, '0') as person_id,
  'C' || lpad((i // 2)::varchar, 9, '0') as conviction_id, date '2010-01-01' + ((i // 2) * 104729 % 4500)::integer as offence_start_date,
  null::date as offence_end_date, 'day' as date_precision, (7000 + i % 300)::varchar as natinf_code,
  ['VOL AGGRAVE PAR DEUX CIRCONSTANCES', 'CONDUITE D''UN VEHICULE SANS PERMIS', 'VIOLENCE SUIVIE D''INCAPACITE N''EXCEDANT PAS 8 JOURS',
   'USAGE ILLICITE DE STUPEFIANTS', 'OUTRAGE A UNE PERSONNE DEPOSITAIRE DE L''AUTORITE PUBLIQUE'][i % 5 + 1] || ' ' || i % 400 as label,
  'delit' as nature, null::integer as contravention_class, null::varchar as family, (i % 7 + 1)::double as max_sentence_years,
  i % 50 = 0 as attempt, i % 9 = 0 as intimate_partner
from range({rows}) as t(i) {order}"""


def generate(folder: Path, *, rows: int, shuffled: bool) -> None:
    """Write the bundle: six offences and three convictions a person."""
    size = {"rows": rows, "persons": rows // 6 + 1, "order": "order by hash(i)" if shuffled else ""}
    with duckdb.connect() as connection:
        for name, sql in (("persons", _PERSONS), ("convictions", _CONVICTIONS), ("offences", _OFFENCES)):
            connection.execute(f"copy ({sql.format(**size)}) to '{folder / name}.csv' (header, delimiter ';')")
    (folder / "bundle.toml").write_text('source = "banc"\nextraction_date = 2024-01-31\nfictional = true\n')


_COPY = """
import duckdb, sys
connection = duckdb.connect(sys.argv[2], config={"memory_limit": "2GB", "temp_directory": sys.argv[2] + ".tmp"})
for name in ("persons", "convictions", "offences"):
    connection.execute(f"create table {name} as select * from read_csv('{sys.argv[1]}/{name}.csv')")
connection.close()
"""
_LOAD = """
import sys
from pathlib import Path
from frise_analysis.store.loading import load
report = load(Path(sys.argv[1]), store=Path(sys.argv[2]))
assert report.rejected == 0, report
"""


def measure(program: str, *arguments: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak megabytes of a program in a process of its own.

    Processor seconds are the ones to compare on a machine that does other work at the same time.
    """
    ender = "\nimport resource\nu = resource.getrusage(resource.RUSAGE_SELF)\nprint(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program + ender, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - began
    processor, memory = (float(x) for x in done.stdout.split()[-2:])
    return seconds, processor, memory


def main() -> None:
    """Measure each in turn, ``--repeat`` times, and print the best of both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--shuffled", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="frise-bench-") as name:
        folder = Path(name)
        generate(folder, rows=asked.rows, shuffled=asked.shuffled)
        copies, loads = [], []
        for _ in range(asked.repeat):
            (folder / "copy.duckdb").unlink(missing_ok=True)
            copies.append(measure(_COPY, folder, folder / "copy.duckdb"))
            loads.append(measure(_LOAD, folder, folder / "store.duckdb"))
    print(f"{asked.rows:,} offences, best of {asked.repeat}")
    for column, name in enumerate(("seconds", "processor seconds", "peak MB")):
        copy, load = (min(measured[column] for measured in kind) for kind in (copies, loads))
        print(f"{name}: copy {copy:.1f}, load {load:.1f}, ratio {load / copy:.2f}")


if __name__ == "__main__":
    main()
