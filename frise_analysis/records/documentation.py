"""Write ``docs/data-format.md`` from the contract and the rules: ``python -m frise_analysis.records.documentation > docs/data-format.md``."""

from __future__ import annotations

import sys

from frise_analysis.records.contract import TABLES, Column, Kind, Table
from frise_analysis.records.rules import ERROR, RULES, Rule

_KINDS = {Kind.TEXT: "texte", Kind.DATE: "date", Kind.INTEGER: "entier", Kind.NUMBER: "nombre", Kind.BOOLEAN: "oui/non"}
_OPENING = """# Format des données

> Écrit par `python -m frise_analysis.records.documentation`, d’après `records/contract.py` et `records/rules.py`. Ne pas modifier à la main.

Un lot de données est un **dossier** de fichiers CSV ou Parquet (un fichier par table, nommé d’après elle) avec un fichier `bundle.toml`,
ou un **classeur** XLSX (une feuille par table) avec `bundle.toml` à côté ou une feuille `bundle` (nom, valeur).

```toml
source = "nom du logiciel ou du fichier d’origine"
service = "SPIP de …"
extraction_date = 2026-01-31   # obligatoire : le jour de l’extraction (ou 31/01/2026) ; jamais après demain
fictional = false              # true ou false, sans guillemets
empty_tables = ["offences"]    # facultatif : tables obligatoires dont la source n’a rien, dit exprès
```

Un autre nom, ou une valeur d’une autre sorte, est refusé.

Seules les tables `persons`, `convictions` et `offences` sont obligatoires (un fichier peut n’avoir que son en-tête).
Un chargement où l’une d’elles perd son fichier ou toutes ses lignes est refusé, la base restant telle quelle, sauf si `empty_tables` la nomme.
Un lien qui mène hors du dossier est refusé ; un classeur aussi s’il dépasse 1 Go décompressé, 20 millions de cellules ou 1 000 colonnes.

## Ce qui est lu

- Séparateur `;`, `,`, tabulation ou `|` ; guillemets ; UTF-8 avec ou sans marque, UTF-16, CP1252 : reconnus d’eux-mêmes.
- En-têtes : le nom de la colonne ou un de ses noms français, sans égard aux majuscules, aux accents, à la ponctuation
  ni aux petits mots (de, du, des, d’, la, le).
- Dates : `2019-12-31`, `31/12/2019`, `31-12-2019`, `31.12.2019`, suivies ou non d’une heure ; numéros de jour des classeurs. Une année sur deux
  chiffres est refusée.
- Nombres : `12`, `12,5`, `1 234,5`. Oui/non : `oui`, `non`, `vrai`, `faux`, `O`, `N`, `1`, `0`, `true`, `false`.
- Codes : la valeur ou son libellé français (`délit`, `homme`, ou `H`). Un code inconnu est gardé, avec un avertissement.
- Vide : cellule vide, `NULL`, `NA`, `N/A`, `-` (sauf dans les textes libres). Lignes vides et espaces de bord sont ignorés.
- Les colonnes inconnues sont signalées et non chargées. Le numéro de ligne d’un constat est celui du tableur ; l’en-tête est la ligne 1.

Lignes lues = lignes chargées + lignes rejetées. Une **erreur** rejette la ligne et ce qui en dépend ; un **avertissement** la garde.
Aucun constat ne montre le contenu d’une cellule.
"""


def document() -> str:
    """The whole text of ``docs/data-format.md``."""
    tables = "\n".join(_table(t) for t in TABLES)
    rules = "\n".join(_rule(r) for r in RULES)
    return (
        f"{_OPENING}\n## Tables\n\n`*` : obligatoire.\n\n{tables}\n## Règles\n\n"
        f"| règle | effet | tables | constat | remède |\n|---|---|---|---|---|\n{rules}\n"
    )


def _table(table: Table) -> str:
    names = ", ".join(f"`{name}`" for name in table.aliases)
    rows = "\n".join(_column(c) for c in table.columns)
    required = " *" if table.required else ""
    return (
        f"### {table.name}{required}\n\n{table.doc} Autres noms du fichier : {names}.\n\n"
        f"| colonne | sorte | contenu | autres en-têtes |\n|---|---|---|---|\n{rows}\n"
    )


def _column(column: Column) -> str:
    star = "*" if column.required else ""
    codes = (
        "" if column.codes is None else " Codes : " + ", ".join(f"`{m.value}` ({m.label})" for m in column.codes) + "."
    )
    refers = f" Renvoie à `{column.references}`." if column.references else ""
    return f"| `{column.name}`{star} | {_KINDS[column.kind]} | {column.doc}.{refers}{codes} | {', '.join(column.aliases)} |"


def _rule(rule: Rule) -> str:
    effect = "erreur" if rule.severity is ERROR else "avertissement"
    tables = (
        ", ".join(dict.fromkeys(p.table for p in rule.places))
        if len({p.table for p in rule.places}) < len(TABLES)
        else "toutes"
    )
    sentence, remedy = (text.replace("{column}", "…") for text in (rule.sentence, rule.remedy))
    return f"| `{rule.id}` | {effect} | {tables} | {sentence} | {remedy} |"


if __name__ == "__main__":
    sys.stdout.write(document())
