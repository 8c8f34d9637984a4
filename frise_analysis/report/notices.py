"""What a document says of itself."""

from __future__ import annotations

from frise_analysis.vocabulary import SENTENCES

#: CPP 777-2 (no copy of the complete record), 777-3 (no mention of convictions outside the Ministry of Justice).
OFFICER = (
    "Document de travail interne, fait à partir des données enregistrées par le service à la date dite au bas de la page.",
    (
        "Ce n’est pas un extrait du casier judiciaire. Il ne peut être ni remis à la personne ni copié pour elle (CPP 777-2), et ne sort "
        "pas du ministère de la Justice (CPP 777-3)."
    ),
    "Enregistré ne veut pas dire commis ; ce qui n’est pas enregistré n’y est pas.",
    "La fiche pénale et la décision de la juridiction l’emportent sur ce document.",
    SENTENCES.record_limits,
)
PERSON = (
    "Cette page est écrite avec ce que le service a enregistré.",
    # A printed frise that leaves with the person is near to a copy of the record (CPP 777-2).
    "Cette page se lit ensemble, au service ; elle ne s’emporte pas.",
    (
        "Ce n’est pas un extrait de votre casier judiciaire, et elle n’en remplace pas la lecture. Pour lire votre casier en entier, "
        "adressez-vous au procureur de la République."
    ),
    "Elle ne vous note pas et ne dit rien de l’avenir. Les décisions des juges sont les seules qui comptent.",
    "Si quelque chose vous semble faux ou manque, dites-le.",
)
LEGAL_CAUTION = "Calculs indicatifs, règles au {day} ; seule la juridiction décide."
LEDGER_CAUTION = "Des faits et des dates. Ils ne s’additionnent pas : ce n’est pas une échelle."
FICTIONAL = "Données fictives. Aucune personne réelle n’est décrite ici."
NO_EVENT = "Aucun évènement de vie noté."
FRISE_KEY = (
    "Zone grise : période non consolidée, des faits récents peuvent ne pas être jugés encore. Détention : foncée, en détention ; "
    "claire, dehors dans la journée. Mesure en tirets : interrompue. Croix : manquement. Évènement de vie : rond plein, appui ; "
    "rond vide, difficulté ; carré, ni appui ni difficulté."
)
#: The same for the person: each mark named rather than drawn, so that it is read aloud too, and in any typeface.
OWN_FRISE_KEY = (
    "Rond plein : un appui. Rond vide : une difficulté. Carré : ni appui ni difficulté. Croix : un manquement. "
    "Barre en tirets : mesure arrêtée avant la fin. Foncé : en détention. Clair : détention avec sorties le jour. "
    "Zone grise : des faits récents peuvent manquer."
)
FRISE_TOO_HIGH = "La frise de ce parcours est trop haute pour cette page : voir l’écran."
OWN_FRISE_TOO_HIGH = "La frise est trop haute pour cette page : votre CPIP peut vous la montrer à l’écran."
