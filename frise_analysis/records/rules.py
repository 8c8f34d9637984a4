"""Every rule that a row is checked against, each written once.

A rule is data: where it applies (``Place``) and the SQL condition under which it is **violated**. In a condition, ``r`` is the row;
``person``, ``conviction`` and ``measure`` are the loaded rows it refers to; ``extraction`` is the day of the extraction.
Errors reject the row and what hangs on it; warnings keep it. Rules marked ``found_by`` are found elsewhere than in a condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frise_analysis.records.cells import TWO_DIGIT_YEAR, known_codes, literal
from frise_analysis.records.contract import TABLES, Column, Kind, Table
from frise_analysis.records.contract import table as table_named
from frise_analysis.vocabulary import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True)
class Place:
    """One table, one column, and the SQL condition that says the rule is violated there; no condition: found by a query."""

    table: str
    column: str | None
    violated: str | None = None


@dataclass(frozen=True)
class Rule:
    """``sentence`` says what is wrong (``{column}`` is the column's name), ``remedy`` what to do."""

    id: str
    severity: Severity
    sentence: str
    remedy: str
    places: tuple[Place, ...]


def _columns(*kinds: Kind) -> Iterable[tuple[int, Table, Column]]:
    for table in TABLES:
        for position, column in enumerate(table.columns):
            if not kinds or column.kind in kinds:
                yield position, table, column


def _unreadable(*kinds: Kind) -> tuple[Place, ...]:
    return tuple(Place(t.name, c.name, f"r.unread & {1 << i} <> 0") for i, t, c in _columns(*kinds))


def _two_digits() -> tuple[Place, ...]:
    return tuple(Place(t.name, c.name, f"r.unread & {1 << i + TWO_DIGIT_YEAR} <> 0") for i, t, c in _columns(Kind.DATE))


def _required() -> tuple[Place, ...]:
    """An unreadable value is not a missing one: it has its own rule."""
    unread = "r.unread & {bits} = 0 and "
    return tuple(
        Place(
            t.name,
            c.name,
            (unread.format(bits=(1 << i) | (1 << i + TWO_DIGIT_YEAR)) if c.kind is not Kind.TEXT else "")
            + f"r.{c.name} is null",
        )
        for i, t, c in _columns()
        if c.required
    )


def _unknown_codes() -> tuple[Place, ...]:
    return tuple(
        Place(t.name, c.name, f"r.{c.name} not in ({', '.join(literal(x) for x in known_codes(c.codes))})")
        for _, t, c in _columns(Kind.TEXT)
        if c.codes
    )


#: Tables whose rows carry the key a reference looks for, under the name they have in conditions.
PARENTS = {"persons": "person", "convictions": "conviction", "measures": "measure"}
#: Columns that hold the references of lists the service may keep elsewhere: missing ones are only warned of.
_LISTS = ("branches", "officers")


def _references(*, to_lists: bool) -> tuple[Place, ...]:
    found = []
    for _, table, column in _columns(Kind.TEXT):
        parent, _, key = (column.references or "").partition(".")
        if parent and (parent in _LISTS) is to_lists:
            condition = (
                f"r.{column.name} not in (select {key} from {parent})" if to_lists else _unmatched(column, parent)
            )
            found.append(Place(table.name, column.name, condition))
    return tuple(found)


def _unmatched(column: Column, parent: str) -> str:
    return f"r.{column.name} is not null and {PARENTS[parent]}.person_key is null"


def _hanging() -> tuple[Place, ...]:
    return tuple(Place(p.table, p.column) for p in _references(to_lists=False))


_EVENTS = {
    "persons": ("birth_date", "death_date"),
    "convictions": ("decision_date",),
    "offences": ("offence_start_date", "offence_end_date"),
    "custody_periods": ("start_date",),
    "measures": ("referral_date", "first_interview_date"),
    "breaches": ("breach_date",),
}


def _future(*, events: bool) -> tuple[Place, ...]:
    """What has happened cannot be after the extraction (error); a term may be planned, and is only doubtful."""
    return tuple(
        Place(t.name, c.name, f"r.{c.name} > extraction")
        for _, t, c in _columns(Kind.DATE)
        if (c.name in _EVENTS.get(t.name, ())) is events and c.name != "planned_end_date"
    )


def _implausible_dates() -> tuple[Place, ...]:
    return tuple(
        Place(t.name, c.name, f"(r.{c.name} < date '1900-01-01' or r.{c.name} > date '2200-01-01')")
        for _, t, c in _columns(Kind.DATE)
    )


def _ends() -> tuple[Place, ...]:
    plain = [
        Place(t.name, "end_date", "r.end_date < r.start_date")
        for t in TABLES
        if {"start_date", "end_date"} <= {c.name for c in t.columns}
    ]
    return (*plain, Place("offences", "offence_end_date", "r.offence_end_date < r.offence_start_date"))


def _per_table(*, keyed: bool) -> tuple[Place, ...]:
    return tuple(Place(t.name, t.key) for t in TABLES if t.key or not keyed)


def _amounts() -> tuple[Place, ...]:
    bounds = (
        ("sentences", "firm_days", 0, 22_000),
        ("sentences", "suspended_days", 0, 22_000),
        ("sentences", "hours", 0, 1_000),
        ("sentences", "amount_eur", 0, 10_000_000),
        ("offences", "contravention_class", 1, 5),
        ("offences", "max_sentence_years", 0, 99),
    )
    return tuple(Place(t, c, f"r.{c} not between {low} and {high}") for t, c, low, high in bounds)


RULES = (
    Rule("unreadable_date", ERROR, "La colonne {column} ne contient pas une date lisible.", "Écrivez la date sous la forme 31/12/2019 ou 2019-12-31, et vérifiez que ce jour existe.", _unreadable(Kind.DATE)),
    Rule("two_digit_year", ERROR, "La date de la colonne {column} a une année sur deux chiffres.", "Écrivez l’année sur quatre chiffres : le siècle ne se devine pas.", _two_digits()),
    Rule("unreadable_number", ERROR, "La colonne {column} ne contient pas un nombre lisible.", "Écrivez un nombre sans unité, par exemple 12 ou 12,5 ; sans décimale si la colonne compte des jours, des heures ou des années de naissance.", _unreadable(Kind.INTEGER, Kind.NUMBER)),
    Rule("unreadable_boolean", ERROR, "La colonne {column} ne contient ni oui ni non.", "Écrivez oui ou non (ou laissez vide si l’on ne sait pas).", _unreadable(Kind.BOOLEAN)),
    Rule("required_missing", ERROR, "La colonne obligatoire {column} est vide.", "Complétez cette valeur dans le logiciel d’origine.", _required()),
    Rule("key_not_unique", ERROR, "L’identifiant de la colonne {column} est donné par plusieurs lignes qui diffèrent.", "Gardez la bonne ligne, ou donnez à chacune son identifiant ; aucune n’est chargée en attendant.", _per_table(keyed=True)),
    Rule("exact_duplicate", ERROR, "Cette ligne répète exactement une autre ligne du fichier ; une seule est chargée.", "Rien n’est perdu ; retirez la répétition si elle vient de l’export.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("reference_missing", ERROR, "La colonne {column} renvoie à une ligne qui n’existe pas.", "Ajoutez la ligne manquante au fichier de cette table, ou corrigez l’identifiant.", _references(to_lists=False)),
    Rule("parent_rejected", ERROR, "La ligne à laquelle renvoie la colonne {column} a été rejetée ; celle-ci en dépend.", "Corrigez d’abord la ligne dont elle dépend.", _hanging()),
    Rule("list_reference_missing", WARNING, "La colonne {column} renvoie à une antenne ou à un agent absents de leur liste.", "Complétez la liste des antennes ou des agents.", _references(to_lists=True)),
    Rule("end_before_start", ERROR, "La date de {column} précède le début.", "Vérifiez les deux dates ; elles sont peut-être inversées.", _ends()),
    Rule("facts_after_judgment", ERROR, "Les faits sont datés d’après la décision qui les juge.", "Vérifiez la date des faits, la date de la décision et le rattachement à la condamnation.", (
        Place("offences", "offence_start_date", "r.offence_start_date > conviction.decision_date"),
    )),
    Rule("facts_end_after_judgment", WARNING, "La fin des faits est datée d’après la décision qui les juge.", "Vérifiez la date de fin des faits.", (
        Place("offences", "offence_end_date", "r.offence_end_date > conviction.decision_date and r.offence_start_date <= conviction.decision_date"),
    )),
    Rule("judgment_in_childhood", WARNING, "La décision est prise avant les dix ans de la personne.", "Vérifiez la date de naissance et la date de la décision.", (
        Place("convictions", "decision_date", "r.decision_date < coalesce(person.birth_date, make_date(person.birth_year, 1, 1)) + interval 10 year"),
    )),
    Rule("facts_in_childhood", WARNING, "Les faits sont datés d’avant les dix ans de la personne.", "Vérifiez la date de naissance et la date des faits.", (
        Place("offences", "offence_start_date", "r.offence_start_date < coalesce(person.birth_date, make_date(person.birth_year, 1, 1)) + interval 10 year"),
    )),
    Rule("final_before_decision", WARNING, "La décision serait définitive avant d’avoir été prise.", "Vérifiez les deux dates.", (
        Place("convictions", "final_date", "r.final_date < r.decision_date"),
    )),
    Rule("event_in_future", ERROR, "La date de {column} est postérieure au jour de l’extraction.", "Vérifiez la date, ou la date d’extraction déclarée dans bundle.toml.", _future(events=True)),
    Rule("term_in_future", WARNING, "La date de {column} est postérieure au jour de l’extraction.", "Si elle est prévue et non advenue, laissez-la vide ou utilisez la colonne de date prévue.", _future(events=False)),
    Rule("implausible_date", ERROR, "La date de {column} n’est pas vraisemblable (avant 1900 ou après 2200).", "Vérifiez l’année.", _implausible_dates()),
    Rule("implausible_birth_year", ERROR, "L’année de naissance n’est pas vraisemblable.", "Écrivez l’année sur quatre chiffres, entre 1900 et l’année de l’extraction.", (
        Place("persons", "birth_year", "r.birth_year not between 1900 and year(extraction)"),
    )),
    Rule("birth_year_differs", WARNING, "L’année de naissance n’est pas celle de la date de naissance.", "Gardez la date de naissance seule, ou corrigez l’année.", (
        Place("persons", "birth_year", "r.birth_year <> year(r.birth_date)"),
    )),
    Rule("death_before_birth", ERROR, "Le décès précède la naissance.", "Vérifiez les deux dates.", (
        Place("persons", "death_date", "r.death_date < r.birth_date"),
    )),
    Rule("death_before_facts", WARNING, "Des faits sont datés d’après le décès de la personne.", "Vérifiez la date de décès et la date des faits.", (
        Place("offences", "offence_start_date", "r.offence_start_date > person.death_date"),
    )),
    Rule("unknown_code", WARNING, "La colonne {column} contient un code inconnu ; il est gardé tel quel.", "Utilisez un code de docs/data-format.md, ou traduisez le vôtre dans une correspondance (mapping).", _unknown_codes()),
    Rule("custody_overlap", WARNING, "Cette période de détention en chevauche une autre de la même personne.", "Vérifiez les dates ; les jours communs ne seront comptés qu’une fois.", (
        Place("custody_periods", "start_date"),
    )),
    Rule("implausible_amount", WARNING, "La quantité de la colonne {column} n’est pas vraisemblable.", "Vérifiez l’unité : jours pour l’emprisonnement, heures pour le travail, euros pour les montants, années pour la peine encourue.", _amounts()),
    Rule("precision_inconsistent", WARNING, "La précision annoncée ne va pas avec les dates des faits.", "Une période a une date de fin ; des faits datés au jour près n’en ont pas d’autre que leur début.", (
        Place("offences", "date_precision", "((r.date_precision = 'period' and r.offence_end_date is null) or (r.date_precision = 'day' and r.offence_end_date > r.offence_start_date))"),
    )),
    Rule("natinf_shape", WARNING, "Le code NATINF n’a pas la forme attendue.", "Un code NATINF est un nombre de un à six chiffres.", (
        Place("offences", "natinf_code", "not regexp_full_match(r.natinf_code, '[0-9]{1,6}')"),
    )),
    Rule("breach_outside_measure", WARNING, "Le manquement est daté d’en dehors de la mesure à laquelle il renvoie.", "Vérifiez la date du manquement et les dates de la mesure.", (
        Place("breaches", "breach_date", "(r.breach_date < measure.start_date or r.breach_date > measure.end_date)"),
    )),
    Rule("person_differs", ERROR, "La ligne renvoie à une condamnation ou à une mesure d’une autre personne.", "Vérifiez l’identifiant de la personne et celui de la colonne {column}.", (
        Place("offences", "conviction_id", "r.person_id <> conviction.person_id"),
        Place("measures", "conviction_id", "r.person_id <> conviction.person_id"),
        Place("breaches", "measure_id", "r.person_id <> measure.person_id"),
    )),
    Rule("wrong_field_count", ERROR, "La ligne n’a pas le même nombre de cellules que l’en-tête.", "Un séparateur manque ou est en trop ; mettez entre guillemets un texte qui contient le séparateur.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("unterminated_quote", ERROR, "Un guillemet ouvert dans cette ligne n’est pas refermé.", "Refermez le guillemet, ou doublez-le s’il fait partie du texte.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("invalid_bytes", ERROR, "La ligne contient des octets qui ne sont pas du texte.", "Enregistrez le fichier en UTF-8 depuis le logiciel d’origine.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("line_unreadable", ERROR, "La ligne ne peut pas être lue.", "Vérifiez ses séparateurs et ses guillemets ; une ligne ne peut pas dépasser 2 Mo.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("column_missing", ERROR, "Une colonne obligatoire manque : {column}. Le fichier n’est pas chargé.", "Ajoutez la colonne à l’en-tête (première ligne), sous ce nom ou sous un de ses noms français.", tuple(Place(t.name, c.name) for _, t, c in _columns() if c.required)),
    Rule("column_repeated", ERROR, "La colonne {column} figure deux fois dans l’en-tête. Le fichier n’est pas chargé.", "Gardez une seule de ces colonnes.", tuple(Place(t.name, c.name) for _, t, c in _columns())),
    Rule("title_above_header", ERROR, "Un titre précède l’en-tête. Le fichier n’est pas chargé.", "Supprimez les lignes au-dessus de celle qui nomme les colonnes.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("file_empty", WARNING, "Le fichier est vide.", "Rien n’est chargé de ce fichier ; laissez au moins l’en-tête.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("column_unknown", WARNING, "Des colonnes ne sont pas reconnues et ne sont pas chargées.", "Renommez-les si elles correspondent à une colonne de docs/data-format.md ; sinon, rien à faire.", tuple(Place(t.name, None) for t in TABLES)),
    Rule("file_ignored", WARNING, "Un fichier ou une feuille ne correspond à aucune table et n’est pas lu.", "Renommez-le d’après une table de docs/data-format.md s’il en contient une.", ()),
)  # fmt: skip

BY_ID = {rule.id: rule for rule in RULES}


@dataclass(frozen=True)
class Check:
    """A rule at one place, and the bit that says so in the mask of a row."""

    bit: int
    rule: Rule
    place: Place

    @property
    def sentence(self) -> str:
        """The sentence with its column named in French."""
        return self.said(self.rule.sentence)

    @property
    def remedy(self) -> str:
        """The remedy with its column named in French."""
        return self.said(self.rule.remedy)

    def said(self, text: str, header: str | None = None) -> str:
        """A text of the rule with its column named: as the file's own ``header`` does, else in French."""
        name = header or (table_named(self.place.table).column(self.place.column).french if self.place.column else "")
        return text.replace("{column}", f"« {name} »")


#: Rules about lines or files, which never reach a row's mask.
FILE_RULES = frozenset(
    {
        "wrong_field_count", "unterminated_quote", "invalid_bytes", "line_unreadable", "column_missing", "column_repeated",
        "title_above_header", "file_empty", "column_unknown", "file_ignored",
    }
)  # fmt: skip


def checks_of(table: Table) -> tuple[Check, ...]:
    """Every check a row of ``table`` passes, each with its bit."""
    pairs = [(r, p) for r in RULES if r.id not in FILE_RULES for p in r.places if p.table == table.name]
    return tuple(Check(bit, rule, place) for bit, (rule, place) in enumerate(pairs))


def mask(checks: Iterable[Check]) -> int:
    """The bits of several checks together."""
    return sum(1 << check.bit for check in checks)


def find_check(table: Table, rule: str, column: str | None = None) -> Check:
    """The check of one rule on one table (and column); ``KeyError`` where there is none."""
    for check in checks_of(table):
        if check.rule.id == rule and column in (None, check.place.column):
            return check
    raise KeyError(rule)
