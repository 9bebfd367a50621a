# Les échanges avec d’autres outils : XLIFF, TMX, tableurs.

about-xliff = Échange des traductions avec une agence ou un outil, en XLIFF
about-xliff-export = Écrit ce qui est à traduire en XLIFF
about-xliff-import = Reprend un fichier XLIFF traduit, en le comparant aux pages d’aujourd’hui
about-tmx = Échange la mémoire de traduction, en TMX
about-tmx-export = Écrit ce qui est traduit en TMX
about-tmx-import = Propose, pour ce qui n’est pas traduit, ce qu’une mémoire connaît
about-csv = Échange les traductions ou le glossaire avec un tableur
about-csv-export = Écrit les textes, ou le glossaire, pour un tableur
about-csv-import = Reprend un fichier qui vient d’un tableur

value-separator = SIGNE

arg-files = Les fichiers
arg-changed = Seulement ce qui est à traduire, à reprendre ou à relire
arg-accept = Ce qui a été modifié compte comme traduit, même si l’outil n’en dit rien
arg-glossary = Le glossaire, à la place des textes
arg-xliff-version = La version de XLIFF : 1.2 (par défaut) ou 2.1
arg-separator = Ce qui sépare les colonnes : semicolon (par défaut), comma ou tab
arg-exchange-out = Où écrire ; par défaut, le dossier « exchange » de l’espace de travail
arg-file-language = La langue du fichier, s’il ne la dit pas lui-même

exported =
    { $files ->
        [0] Aucun fichier écrit.
        [one] { $files } fichier écrit.
       *[other] { $files } fichiers écrits.
    }
taken-imported =
    { $count ->
        [0] Aucune traduction reprise.
        [one] { $count } traduction reprise.
       *[other] { $count } traductions reprises.
    }
taken-drafts =
    { $count ->
        [one] { $count } proposition à relire.
       *[other] { $count } propositions à relire.
    }
taken-stale =
    { $count ->
        [one] { $count } traduction d’un texte qui a changé depuis l’envoi : à reprendre.
       *[other] { $count } traductions de textes qui ont changé depuis l’envoi : à reprendre.
    }
taken-unchanged =
    { $count ->
        [one] { $count } texte sans changement.
       *[other] { $count } textes sans changement.
    }
taken-conflicts =
    { $count ->
        [one] { $count } conflit : la traduction d’ici est gardée.
       *[other] { $count } conflits : les traductions d’ici sont gardées.
    }
taken-obsolete =
    { $count ->
        [one] { $count } traduction d’un texte disparu, gardée à la fin du catalogue.
       *[other] { $count } traductions de textes disparus, gardées à la fin des catalogues.
    }
taken-refused =
    { $count ->
        [one] { $count } traduction refusée.
       *[other] { $count } traductions refusées.
    }

exchange-nothing = Il n’y a rien à envoyer dans cette langue : { $language }
    .hint = Sans « --changed », tout est envoyé.
exchange-encoding = Ce fichier n’est ni en UTF-8, ni en UTF-16 : il n’est pas repris
    .hint = Enregistrez-le de nouveau avec l’encodage UTF-8.
exchange-language = La langue de ce fichier n’est pas connue ici : { $language }
    .hint = Donnez-la avec « --language », ou ajoutez-la à « languages » dans « plantin.toml ».
exchange-too-deep = Les éléments de ce fichier sont imbriqués trop profondément : plus de { $limit } niveaux
    .hint = Ce n’est pas un fichier d’échange ordinaire. Exportez-le de nouveau depuis l’outil de traduction.
exchange-too-many-attributes = Cet élément a trop d’attributs : plus de { $limit }
    .hint = Ce n’est pas un fichier d’échange ordinaire. Exportez-le de nouveau depuis l’outil de traduction.
exchange-xml = Ce fichier XML est abîmé ici : { xml-says }
    .hint = Demandez-le de nouveau à l’outil qui l’a écrit. Rien n’en a été repris.
exchange-not-xliff = Ce fichier n’est pas du XLIFF 1.x ou 2.x : { $found }
    .hint = Demandez à l’outil un fichier XLIFF traduit.
exchange-not-tmx = Ce fichier n’est pas du TMX : { $found }
    .hint = Demandez à l’outil un fichier TMX.
exchange-csv = Ce tableau est abîmé : à partir d’ici, ses lignes ne se lisent plus
    .hint = Enregistrez-le de nouveau au format CSV, en UTF-8. Les lignes qui suivent ne sont pas reprises.
exchange-column = Il manque une colonne à ce tableau : { $column }
    .hint = Gardez la première ligne telle que le programme l’a écrite.
exchange-term-name = « { $term } » n’est pas un nom de terme
    .hint = Des lettres sans accent, des chiffres et des tirets : « fil-d-ariane ». La ligne n’est pas reprise.
exchange-page-unknown = Ce fichier traduit une page qui n’est pas ici ou dont le catalogue est abîmé : { $page } ({ $count } textes)
    .hint = Si la page a été déplacée, indiquez son nouveau chemin dans le fichier, puis reprenez-le.
exchange-partial = Une partie seulement de ce texte est traduite : { $unit }
    .hint = Faites traduire toutes les phrases du texte. En attendant, rien n’en est repris.
exchange-stale = Ce texte a changé depuis l’envoi : { $source }
    .hint = Sa traduction est gardée avec l’ancien texte, à reprendre. Page : { $page }, unité { $unit }.
exchange-gone = Ce texte n’est plus dans la page : { $source }
    .hint = Sa traduction est gardée à la fin du catalogue et revient avec le texte. Page : { $page }, unité { $unit }.
exchange-conflict = Ce texte a été traduit ici depuis l’envoi : { $source }
    .hint = La traduction d’ici est gardée : « { $here } ». Si l’autre est meilleure, recopiez-la. Page : { $page }, unité { $unit }.
exchange-code = { $kind ->
        [lost] Le code { $code } ({ $item }) manque dans cette traduction
        [doubled] Le code { $code } ({ $item }) est deux fois dans cette traduction
        [crossed] Le code { $code } ({ $item }) n’est pas à sa place dans cette traduction
       *[other] Le code { $code } de cette traduction n’est pas dans le texte d’origine
    }
    .hint = Dans l’outil de traduction, remettez chaque code du texte d’origine une fois. En attendant, rien n’en est repris. Page : { $page }, unité { $unit }.

## Les pages déjà traduites ailleurs

about-align = Fait des catalogues de pages qui ont été traduites ailleurs
arg-align-source = La page dans la langue d’origine, ou un dossier de pages
arg-align-target = La même page dans l’autre langue, ou un dossier de pages
arg-align-language = La langue de l’autre page ; par défaut, celle que dit son dossier
arg-align-out = Où écrire les catalogues ; par défaut, avec ceux de l’espace de travail
arg-dry-run = N’écrit rien

aligned-page =
    { $translated ->
        [one] { $translated } traduction
       *[other] { $translated } traductions
    }, { $drafts ->
        [one] { $drafts } proposition à relire
       *[other] { $drafts } propositions à relire
    }, { $missing } sans traduction, { $kept ->
        [one] { $kept } déjà traduite
       *[other] { $kept } déjà traduites
    }
aligned =
    { $files ->
        [0] Aucun catalogue écrit.
        [one] { $files } catalogue écrit.
       *[other] { $files } catalogues écrits.
    }
align-page-alone = Cette page n’a pas de traduction parmi les autres : { $page }
    .hint = Si elle en a une, donnez les deux fichiers : plantin align PAGE AUTRE-PAGE
align-page-guessed = { $page } et { $other } n’ont pas le même nom, mais se ressemblent : elles sont prises pour une même page
    .hint = Vérifiez-le. Si c’est faux, retirez le catalogue qui en a été fait.
align-page-not-published = Cette page n’est pas publiée, ou existe déjà dans cette langue : { $page }
    .hint = Rien n’en est écrit.

## Les propositions d’un moteur de traduction

about-propose = Demande à un moteur de traduction des propositions pour ce qui n’est pas traduit
help-propose =
    Les textes des pages sont envoyés à l’adresse que vous donnez, et seulement quand vous lancez
    cette commande. La clé du moteur est lue dans la variable PLANTIN_ENGINE_KEY. Une proposition
    n’est jamais publiée avant que quelqu’un l’ait relue.
value-engine = MOTEUR
value-url = ADRESSE
arg-engine = Le protocole du moteur : libretranslate ou deepl
arg-url = L’adresse du moteur, par exemple : https://traduction.exemple.fr
arg-propose-language = La langue vers laquelle traduire
arg-pause = Combien de millisecondes attendre entre deux demandes ; 500 par défaut
arg-timeout = Combien de secondes attendre une réponse ; 60 par défaut

proposed =
    { $count ->
        [0] Aucune proposition.
        [one] { $count } proposition à relire.
       *[other] { $count } propositions à relire.
    } { $unusable ->
        [0] { "" }
        [one] { $unusable } n’était pas utilisable.
       *[other] { $unusable } n’étaient pas utilisables.
    } { $left ->
        [0] { "" }
        [one] Il reste { $left } texte sans traduction : relancez la commande.
       *[other] Il reste { $left } textes sans traduction : relancez la commande.
    } { $sent } caractères envoyés.
propose-unusable = La proposition du moteur n’est pas utilisable pour ce texte : { $source }
    .hint = Elle a perdu ou ajouté un lien, une image ou du code. Traduisez ce texte vous-même.
propose-key = Le moteur de traduction refuse la clé : { $cause ->
        [silent] il répond { $status } sans un mot
       *[other] il répond { $status }, « { $answer } »
    }
    .hint = Vérifiez la variable PLANTIN_ENGINE_KEY.
propose-quota = Le moteur de traduction dit que le quota est épuisé : { $cause ->
        [silent] il répond { $status } sans un mot
       *[other] il répond { $status }, « { $answer } »
    }
    .hint = Attendez le prochain mois ou changez d’abonnement, puis relancez la commande : elle reprendra où elle s’est arrêtée.
propose-refused = Le moteur de traduction refuse la demande : { $cause ->
        [silent] il répond { $status } sans un mot
       *[other] il répond { $status }, « { $answer } »
    }
    .hint = Vérifiez l’adresse, le protocole et que le moteur connaît ces langues.
propose-busy = Le moteur de traduction a trop de demandes
    .hint = Relancez la commande plus tard, avec une plus longue « --pause » : elle reprendra où elle s’est arrêtée.
propose-away = Le moteur de traduction ne répond pas : { $cause ->
        [late] sa réponse n’est pas venue à temps
       *[away] la connexion ne se fait pas
    }
    .hint = Vérifiez l’adresse et le réseau, puis relancez la commande : elle reprendra où elle s’est arrêtée.
propose-broken = La réponse du moteur de traduction n’a pas de sens : { $cause ->
        [count] il n’a pas rendu autant de textes qu’il en a reçu
       *[broken] elle n’est pas de la forme attendue
    }
    .hint = Vérifiez que l’adresse est celle du moteur et que « --engine » dit son protocole.
propose-address = Cette adresse ne convient pas pour un moteur de traduction : { $url }
    .hint = Elle commence par « https:// ». « http:// » n’est possible que sur cette machine, ou sans clé.
propose-not-built-in = Cette version du programme ne parle à aucun moteur de traduction
    .hint = Installez la version complète.
