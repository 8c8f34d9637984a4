-- Codes as enumerations: millions of measures are then a few bytes each. Those of the vocabulary (held equal by a test), in its order; '' is what the
-- vocabulary does not know, of which the load warned. Branches and officers as the tables name them.
create type measure_code as enum (
    'CJ', 'ARSE', 'ARSEM', 'DP', 'AJP', 'AJI', 'ESR', 'SP', 'SPR', 'TIG', 'TNR', 'STAGE', 'DDSE-P', 'DDSE-A', 'SL', 'PE', 'LC', 'LSC',
    'SUSP', 'FRAC', 'SSJ', 'SJ', 'PSEM', 'SPL', 'BAR', 'CONV', 'SR', 'JA', 'SME', 'STIG', 'CPEN', 'PSE', ''
);
create type measure_phase as enum ('pre', 'post');
create type measure_setting as enum ('open', 'closed');
create type measure_outcome as enum (
    'accomplie', 'revoquee', 'revoquee_partiellement', 'retiree', 'convertie', 'dessaisissement', 'deces', 'autre'
);
create type sex as enum ('F', 'M', 'X');
create type age_band as enum ('mineurs', '18-20', '21-24', '25-29', '30-39', '40-49', '50-59', '60-plus', 'inconnu');
create type offence_family as enum (
    'homicide_vie', 'violences', 'sexuelles', 'vols_violence', 'vols_recel', 'degradations', 'escroquerie_faux', 'stupefiants', 'route',
    'involontaires_route', 'autorite_ordre', 'finances_travail', 'autre_non_classe'
);
create type obligation_code as enum (
    'travail_formation', 'residence_fixee', 'soins', 'charges_famille', 'indemnisation', 'sommes_tresor', 'conduite', 'permis',
    'activite_interdite', 'interdiction_paraitre', 'paris', 'debits_boissons', 'frequentation', 'interdiction_contact', 'arme', 'stage',
    'diffusion', 'remise_enfants', 'eviction_domicile', 'bracelet_anti_rapprochement', 'autorisation_etranger', 'prise_en_charge', 'tig',
    'injonction_soins', 'confiscation', 'impots', 'comptabilite', ''
);
create type breach_kind as enum (
    'absence_convocation', 'non_respect_contact', 'non_respect_paraitre', 'non_respect_soins', 'defaut_justificatifs',
    'indemnisation_non_versee', 'non_respect_horaires', 'travail_non_execute', 'nouveaux_faits', 'autre', ''
);
create type referral_custody as enum ('free', 'held', 'released', 'unknown');
create type branch_code as enum (
    select distinct branch_id
    from (select branch_id from measures union all select branch_id from officers) b
    where branch_id is not null
    order by branch_id
);
create type officer_code as enum (select distinct officer_id from measures where officer_id is not null order by officer_id);
