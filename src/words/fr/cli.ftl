# Ce que le programme dit lui-même : l'aide, l'avancement, le tableau final, et ce qui
# l'empêche de travailler.

## L'aide

about = Compose un site, des PDF et des EPUB à partir de pages en Markdown, dans toutes les langues à la fois
about-init = Prépare un espace de travail qui peut être composé aussitôt
about-build = Compose le site, les PDF et les EPUB
about-extract = Crée ou met à jour les catalogues à traduire
about-status = Dit où en sont les traductions, et ce qu’il reste à faire
about-check = Relit tout et dit ce qui ne va pas, sans rien écrire
about-review = Ouvre sur cette machine une page où relire et corriger les traductions
about-import = Fait un espace de travail d’un site d’Eleventy, VitePress, Docusaurus, MkDocs, Hugo, mdBook ou Jekyll, sans rien exécuter ni rien écraser
about-serve = Montre la publication dans un navigateur, et la remontre à chaque changement
about-new = Prépare une page
about-new-page = Crée une page vide, avec son titre, dans un fichier nommé d’après lui
about-doctor = Dit ce qui est installé, et ce que cet espace de travail a de particulier
about-completions = Donne le fichier qui complète les commandes dans votre terminal
about-man = Donne la page de manuel, au format roff

help-usage = Utilisation :
help-commands = Commandes{ "\u00A0" }
help-arguments = Arguments{ "\u00A0" }
help-options = Options{ "\u00A0" }
help-after =
    Codes de sortie :
      0  tout va bien
      1  un problème dans les pages : une erreur, une règle de traduction qui demande
         d’échouer, ou un avertissement avec --strict
      2  une mauvaise utilisation, ou un empêchement de la machine (disque plein, droits…)
help-after-status =
    Codes de sortie :
      0  tout va bien
      1  une langue est en dessous de --min
      2  une mauvaise utilisation, ou un empêchement de la machine (disque plein, droits…)
help-more = « plantin COMMANDE --help » décrit une commande.

value-command = COMMANDE
value-folder = DOSSIER
value-language = LANGUE
value-format = FORMAT
value-page = PAGE
value-number = N
value-percent = POURCENT
value-file = FICHIER
value-kind = SORTE
value-shell = TERMINAL

arg-folder = Le dossier à préparer ; par défaut, celui où vous êtes
arg-workspace = L’espace de travail : le dossier qui contient plantin.toml ; par défaut, celui où vous êtes
arg-out = Où écrire ; par défaut, le dossier « exports » de l’espace de travail
arg-out-verify = Le dossier qui est relu ; par défaut, le dossier « exports » de l’espace de travail
arg-locale = La langue dans laquelle le programme vous parle : fr ou en ; par défaut, celle de cette machine. La variable PLANTIN_LOCALE la choisit une fois pour toutes
arg-language = Seulement ces langues, par exemple : fr en
arg-format = Seulement ces formats : html, pdf, epub
arg-page = Seulement ces pages, par leur adresse ou leur fichier, par exemple : /mission/objectifs/
arg-jobs = Combien de calculs à la fois ; par défaut, autant que la machine en permet
arg-migrate = Met à jour aussi les catalogues faits par une version plus ancienne du programme, sans perdre de traduction
arg-renew = Fait de nouveau, vides, les catalogues qui ont disparu avec des traductions publiées
arg-min = La part des textes qui doit être traduite dans chaque langue, de 0 à 100 ; en dessous, le code de sortie est 1
arg-html = Écrit aussi le compte rendu dans une page HTML qui se suffit à elle-même
arg-port = Le port de la page ; par défaut, un port libre
arg-start = La page par laquelle commencer, par son adresse ou son fichier
arg-strict = Un avertissement compte comme un problème
arg-json = Donne le résultat en JSON, pour un autre programme
arg-quiet = Ne dit que ce qui ne va pas
arg-verbose = Dit tout : chaque remarque, chaque répétition, le nom de chaque message
arg-kind = La sorte de site : eleventy, vitepress, docusaurus, mkdocs, hugo, mdbook ou jekyll
arg-site = Le dossier du site
arg-import-out = Où faire l’espace de travail ; par défaut, dans un dossier au nom du site suivi de « -plantin »
arg-serve-port = Le port de cette machine ; par défaut 4000, et 0 en prend un qui est libre
value-title = TITRE
arg-title = Le titre de la page ; entre guillemets, s’il a plusieurs mots
arg-new-folder = Le dossier où la ranger, parmi les pages ; par défaut, le premier
arg-no-open = N’ouvre pas le navigateur
arg-shell = Votre terminal : bash, elvish, fish, powershell ou zsh
arg-help = Affiche cette aide
arg-version = Affiche la version

man-name = NOM
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-options = OPTIONS
man-commands = COMMANDES
man-exit = CODES DE SORTIE

## L'avancement et le tableau final

progress = { $format } : { $done } sur { $total }
format-html = Site
format-pdf = PDF
format-epub = EPUB

table-language = Langue
table-pages = Pages
table-translated = Traduit
table-source = original
percent = { $number } %
bytes = { $number } o
bytes-kilo = { $number } ko
bytes-mega = { NUMBER($number, minimumFractionDigits: 1) } Mo
bytes-giga = { NUMBER($number, minimumFractionDigits: 1) } Go
number = { $number }
built =
    { $files ->
        [one] { $files } fichier, { $bytes }, en { NUMBER($seconds, minimumFractionDigits: 1) } s, dans { $folder }
       *[other] { $files } fichiers, { $bytes }, en { NUMBER($seconds, minimumFractionDigits: 1) } s, dans { $folder }
    }
changed =
    { $changed ->
        [0] Rien n’avait changé depuis la dernière fois.
        [one] { $changed } fichier a changé depuis la dernière fois.
       *[other] { $changed } fichiers ont changé depuis la dernière fois.
    }
removed =
    { $removed ->
        [one] { $removed } fichier qui n’a plus lieu d’être a été retiré.
       *[other] { $removed } fichiers qui n’ont plus lieu d’être ont été retirés.
    }
no-problems = Aucun problème
count-errors =
    { $count ->
        [one] { $count } erreur
       *[other] { $count } erreurs
    }
count-warnings =
    { $count ->
        [one] { $count } avertissement
       *[other] { $count } avertissements
    }
count-notes =
    { $count ->
        [one] { $count } remarque
       *[other] { $count } remarques
    }
notes-hidden = L’option --verbose montre aussi les remarques.
strict-failed = Avec --strict, un avertissement suffit pour que le résultat soit refusé.

look-at-file = Pour voir le site, ouvrez dans votre navigateur : { $path }
look-at-served = Pour voir le site : { $command }
init-done = L’espace de travail est prêt. Pour le composer :
checked =
    { $pages ->
        [one] { $pages } page relue
       *[other] { $pages } pages relues
    }
imported-pair =
    { $translated ->
        [one] { $translated } texte traduit
       *[other] { $translated } textes traduits
    }, { $drafts ->
        [one] { $drafts } proposition à relire
       *[other] { $drafts } propositions à relire
    }, { $missing } sans traduction, { $alone } dans la seule traduction
imported-two =
    reste une page : { $translated ->
        [one] { $translated } texte reconnu
       *[other] { $translated } textes reconnus
    }, { $drafts ->
        [one] { $drafts } incertain
       *[other] { $drafts } incertains
    }, { $missing } sans traduction, { $alone } dans la seule traduction
imported =
    { $pages ->
        [one] { $pages } page, { $files } fichiers dont { $written } écrits, { $pairs } traductions reconnues, dans { $folder }
       *[other] { $pages } pages, { $files } fichiers dont { $written } écrits, { $pairs } traductions reconnues, dans { $folder }
    }
extracted =
    { $made ->
        [0] { $updated ->
            [0] Les catalogues étaient à jour.
            [one] { $updated } catalogue mis à jour.
           *[other] { $updated } catalogues mis à jour.
        }
        [one] { $made } catalogue créé, { $updated } mis à jour.
       *[other] { $made } catalogues créés, { $updated } mis à jour.
    }

news = { $language } : { $news }.
news-new =
    { $count ->
        [one] { $count } nouveau texte
       *[other] { $count } nouveaux textes
    }
news-wording =
    { $count ->
        [one] { $count } texte changé, à revoir
       *[other] { $count } textes changés, à revoir
    }
news-typographic =
    { $count ->
        [one] { $count } repris (typographie)
       *[other] { $count } repris (typographie)
    }
news-carried =
    { $count ->
        [one] { $count } repris (liens ou mise en forme)
       *[other] { $count } repris (liens ou mise en forme)
    }
news-moved =
    { $count ->
        [one] { $count } déplacé
       *[other] { $count } déplacés
    }
news-back =
    { $count ->
        [one] { $count } revenu
       *[other] { $count } revenus
    }
news-proposed =
    { $count ->
        [one] { $count } proposé d’après une autre page
       *[other] { $count } proposés d’après d’autres pages
    }
news-gone =
    { $count ->
        [one] { $count } disparu
       *[other] { $count } disparus
    }

## Où en sont les traductions

status-language = fr
status-title = Où en sont les traductions
status-lead = Pour chaque langue et chaque page : ce qui est traduit, ce qui a changé depuis, ce qui manque.
status-nothing = Rien : tout est traduit et à jour.
status-translated = Traduits
status-reviewed = Relus
status-stale = À revoir
status-draft = Proposés
status-missing = Manquants
status-words = Mots à traduire
status-units = textes
status-page = Page
status-pages = Page par page
status-coverage = Couverture
status-next = À faire
status-refused = Refusés par les vérifications
status-carried = Repris par le programme
status-before = Original traduit
status-now = Original actuel
status-source = Original
status-translation = Traduction
status-line = ligne
status-contents = Langues
status-written = Le compte rendu est dans { $file }.
status-below = Une langue au moins est traduite à moins de { $min } %.
todo-extract =
    { $count ->
        [one] { $language } : { $count } catalogue n’est pas à jour. Lancez « plantin extract ».
       *[other] { $language } : { $count } catalogues ne sont pas à jour. Lancez « plantin extract ».
    }
todo-stale =
    { $count ->
        [one] { $language } : { $count } texte a changé depuis sa traduction. Corrigez la traduction.
       *[other] { $language } : { $count } textes ont changé depuis leur traduction. Corrigez les traductions.
    }
todo-refused =
    { $count ->
        [one] { $language } : { $count } traduction est refusée par les vérifications, et n’est pas montrée. Corrigez-la.
       *[other] { $language } : { $count } traductions sont refusées par les vérifications, et ne sont pas montrées. Corrigez-les.
    }
todo-missing =
    { $count ->
        [one] { $language } : { $count } texte n’est pas traduit.
       *[other] { $language } : { $count } textes ne sont pas traduits.
    }
todo-draft =
    { $count ->
        [one] { $language } : { $count } traduction est proposée. Relisez-la, puis retirez la marque « fuzzy ».
       *[other] { $language } : { $count } traductions sont proposées. Relisez-les, puis retirez la marque « fuzzy ».
    }
todo-carried =
    { $count ->
        [one] { $language } : { $count } traduction a été reprise par le programme, parce que seule la forme de l’original a changé. Un coup d’œil suffit.
       *[other] { $language } : { $count } traductions ont été reprises par le programme, parce que seule la forme de l’original a changé. Un coup d’œil suffit.
    }
todo-interface =
    { $count ->
        [one] { $language } : { $count } message de l’interface est à revoir.
       *[other] { $language } : { $count } messages de l’interface sont à revoir.
    }
todo-nothing = Rien à faire : tout est traduit et à jour.

## La manière de dire ce qui ne va pas

severity-error = erreur
severity-warning = avertissement
severity-note = remarque
severity-says = { $severity } : { $message }
and-others =
    { $count ->
        [one] … et { $count } autre message du même genre, dans { $files ->
            [one] { $files } fichier
           *[other] { $files } fichiers
        } : { $example }
       *[other] … et { $count } autres messages du même genre, dans { $files ->
            [one] { $files } fichier
           *[other] { $files } fichiers
        }, par exemple : { $example }
    }
and-others-hint = L’option --verbose les montre tous.

## Une mauvaise utilisation

unknown-argument = « { $argument } » n’est pas une option de cette commande
    .hint = Voyez les options avec : { $help }
unknown-argument-near = « { $argument } » n’est pas une option de cette commande
    .hint = Vouliez-vous dire « { $suggestion } » ?
unknown-command = « { $argument } » n’est pas une commande
    .hint = Voyez les commandes avec : { $help }
unknown-command-near = « { $argument } » n’est pas une commande
    .hint = Vouliez-vous dire « { $suggestion } » ?
value-missing = Il manque quelque chose après « { $argument } »
    .hint = Voyez ce qu’il faut mettre avec : { $help }
value-refused = « { $value } » ne convient pas pour « { $argument } »
    .hint = Choisissez parmi : { $values }
number-refused = « { $value } » ne convient pas pour « { $argument } » : il faut un nombre entier, à partir de 1
    .hint = Laissez cette option de côté pour que le programme choisisse.
number-out-of-range = « { $value } » ne convient pas pour « { $argument } » : il faut un nombre entier, de { $from } à { $to }
    .hint = Laissez cette option de côté pour que le programme choisisse.
jobs-capped = { $number } tâches à la fois seraient trop pour cette machine : { $limit } suffisent
    .hint = Laissez « --jobs » de côté : le programme se règle sur le nombre de processeurs.
file-beyond-limit = { $path } est trop gros : il n’est lu que jusqu’à { $largest } Mio
    .hint = Vérifiez que c’est bien le fichier que vous vouliez nommer, ou divisez-le.
file-not-plain = { $path } n’est pas un fichier ordinaire : il n’est pas lu
    .hint = Vérifiez le chemin : il mène à un dossier, à un tube ou à un appareil.
value-unwanted = « { $argument } » ne prend pas de valeur
    .hint = Écrivez « { $argument } » seul.
argument-missing = Il manque « { $argument } »
    .hint = Voyez ce qu’il faut mettre avec : { $help }
argument-twice = « { $argument } » est donné deux fois
    .hint = Ne gardez que celui que vous voulez.
argument-not-text = Un des mots de la commande n’est pas lisible
    .hint = Il contient des caractères abîmés ; tapez-le de nouveau.
wrong-use = Cette commande n’est pas complète
    .hint = Voyez ce qu’il faut mettre avec : { $help }

## Un empêchement de la machine

standard-output = le résultat
disk-full = Le disque est plein : { $path } n’a pas pu être écrit
    .hint = Faites de la place, puis recommencez : les fichiers déjà écrits sont entiers, et seul ce qui manque sera refait.
not-writable = Vous n’avez pas le droit de lire ou d’écrire { $path }
    .hint = Choisissez un autre dossier, ou demandez ce droit à la personne qui gère cette machine.
read-only = { $path } est sur un disque en lecture seule
    .hint = Choisissez un dossier sur un autre disque.
not-a-folder = { $path } est un fichier, pas un dossier
    .hint = Choisissez un autre nom, ou déplacez ce fichier.
name-too-long = Le nom { $path } est trop long, ou contient un signe que ce disque n’accepte pas
    .hint = Donnez à la page une adresse plus courte, avec « permalink » en tête de page.
path-missing = Il n’y a ni fichier ni dossier à cet endroit : { $path }
    .hint = Vérifiez l’orthographe du chemin et le dossier où vous êtes ; un chemin commence là où la commande est tapée.
path-missing-near = Il n’y a ni fichier ni dossier à cet endroit : { $path }
    .hint = Vouliez-vous dire « { $near } » ?
disk-failed = { $path } n’a pas pu être lu ou écrit : { machine-says }
    .hint = Vérifiez que le disque est là et en bon état, puis recommencez.
not-readable = Vous n’avez pas le droit de lire { $path }
    .hint = Demandez ce droit à la personne qui gère cette machine.
path-refused = Le chemin « { $path } » sortirait du dossier où tout est écrit
    .hint = C’est un défaut du programme : signalez-le avec ce message.
link-elsewhere = { $path } est un raccourci qui mène ailleurs : rien n’est écrit à travers lui
    .hint = Mettez à la place du raccourci ce à quoi il mène, ou choisissez un autre endroit.
out-in-sources = On ne peut pas écrire le résultat dans { $path } : les pages y sont, ou leurs traductions
    .hint = Choisissez un dossier à part, par exemple : --out exports
out-not-ours = Le dossier { $path } contient des fichiers que Plantin n’a pas écrits ; rien n’y a été touché
    .hint = Donnez à Plantin un dossier vide ou nouveau, par exemple : --out exports
out-others-file = { $path } n’a pas été écrit par Plantin, et une page d’ici prendrait sa place ; rien n’a été changé
    .hint = Déplacez ce fichier, ou choisissez un autre dossier avec --out.
out-other-publication = Le dossier { $path } contient déjà une autre publication, « { $name } » ; rien n’y a été touché
    .hint = Choisissez un autre dossier avec --out. Si c’est la même, qui a changé de nom ou d’adresse, videz d’abord ce dossier.
left-alone = { $path } ressemble à ce que laisse une construction interrompue, mais rien ne prouve qu’il vient de Plantin : il n’a pas été touché
    .hint = Regardez ce qu’il contient, puis supprimez-le si vous n’en avez pas besoin.
out-busy = Plantin est déjà en train d’écrire dans { $path }
    .hint = Attendez que l’autre ait fini, ou choisissez un autre dossier avec --out.
init-exists = { $path } existe déjà ; rien n’a été écrit
    .hint = Choisissez un dossier vide : plantin init NOUVEAU-DOSSIER
panic = Plantin a dû s’arrêter à cause d’un défaut du programme : { $what }
    .hint = Vous n’y êtes pour rien, et les fichiers déjà écrits sont entiers. Signalez ce message ({ $where }, version { $version }) avec la page qui l’a provoqué.

## L’aperçu

serve-listens = L’aperçu est prêt. Il suit les pages, les mots, les réglages et le thème de { $folder }.
serve-opened = Il s’ouvre dans votre navigateur ; l’adresse ci-dessus contient un secret, ne la donnez à personne. Pour l’arrêter : Ctrl+C.
new-done = La page est prête : ouvrez ce fichier dans un éditeur de texte, et écrivez sous la seconde ligne de tirets.
new-exists = Il y a déjà une page à cet endroit : { $path }
    .hint = Choisissez un autre titre, ou un autre dossier.
new-title-empty = Le titre « { $title } » ne donne aucun nom de fichier
    .hint = Écrivez au moins une lettre ou un chiffre.
new-folder-outside = Une page se range parmi les pages, et « { $path } » est ailleurs
    .hint = Indiquez un dossier à partir de celui des pages, par exemple : guides
doctor-program = Plantin { $version }, avec : { $features }
doctor-cache = Images gardées d’une fois à l’autre : { $files } fichiers, { $bytes }, dans { $folder }
doctor-no-cache = Images gardées d’une fois à l’autre : aucune, elles sont refaites à chaque fois
doctor-workspace = Espace de travail : { $folder }, { $pages } fichiers de pages, langues : { $languages }
doctor-no-workspace = Espace de travail : il n’y en a pas dans { $folder }
doctor-fonts = Polices ajoutées : { $fonts }
doctor-no-fonts = Polices ajoutées : aucune, celles de Plantin servent
doctor-settings = Réglages qui diffèrent de ceux d’origine : { $settings }
doctor-no-settings = Réglages qui diffèrent de ceux d’origine : aucun
serve-ready = Ouvrez l’adresse ci-dessus dans votre navigateur ; elle contient un secret, ne la donnez à personne. Pour l’arrêter : Ctrl+C.
serve-seen =
    { $count ->
        [one] Changement vu : { $path }
       *[other] Changements vus : { $path } et { $more ->
            [one] un autre fichier
           *[other] { $more } autres fichiers
        }
    }
preview-problems =
    { $count ->
        [one] { $count } problème
       *[other] { $count } problèmes
    }
preview-stopped =
    { $count ->
        [one] Rien de nouveau n’est montré : { $count } problème l’empêche
       *[other] Rien de nouveau n’est montré : { $count } problèmes l’empêchent
    }
preview-absent = Il n’y a pas de page à cette adresse
preview-home = L’accueil de la publication
serve-port-busy = Le port { $port } est déjà pris
    .hint = Choisissez-en un autre avec « --port N », ou laissez le programme choisir avec « --port 0 ».
port-refused = Cette machine ne vous laisse pas utiliser le port { $port }
    .hint = Les ports au-dessous de 1024 sont réservés à l’administrateur. Choisissez-en un autre avec « --port N », ou laissez le programme choisir avec « --port 0 ».
preview-no-key = Cette adresse n’est plus celle de l’aperçu. Copiez celle que « plantin serve » affiche dans le terminal et collez-la dans la barre d’adresse de votre navigateur.
preview-from-elsewhere = L’aperçu ne s’ouvre pas depuis un autre site. Copiez l’adresse que « plantin serve » affiche dans le terminal et collez-la dans la barre d’adresse de votre navigateur.
machine-says = { $cause ->
        [denied] l’accès est refusé
        [absent] il n’est plus là
        [full] il n’y a plus de place sur le disque
        [disk] le disque ne répond pas comme il faut
        [read-only] le disque ne peut être que lu
        [busy] un autre programme s’en sert
        [open] trop de fichiers sont ouverts à la fois
        [name] son nom est trop long pour ce disque
        [file] un fichier tient la place d’un dossier
        [folder] c’est un dossier, et non un fichier
        [there] il y a déjà quelque chose de ce nom
        [filled] ce dossier n’est pas vide
        [links] des liens mènent les uns aux autres sans fin
        [large] il serait trop grand pour ce disque
        [memory] la mémoire ne suffit pas
        [ended] il se termine avant sa fin
        [damaged] son contenu est abîmé
        [taken] un autre programme tient déjà cette place
        [late] la réponse n’est pas venue à temps
        [closed] l’autre programme s’est arrêté
       *[other] la machine refuse, sans raison que nous connaissions
    }
xml-says = { $cause ->
        [unclosed] ce qui commence ici n’a pas de fin
        [open] un élément n’est pas fermé
        [crossed] cette balise ferme un élément qui n’est pas ouvert
        [attribute] un attribut de cette balise est mal écrit
        [reference] « { $piece } » n’est pas connu
        [encoding] ce n’est pas de l’UTF-8
        [entity] il déclare des entités, qui ne sont pas lues
        [root] il doit avoir un seul élément autour de tout
        [deep] ses éléments sont imbriqués sur plus de { $piece } niveaux
        [attributes] cette balise a plus de { $piece } attributs
       *[other] ce n’est pas du XML
    }
fluent-says = { $cause ->
        [line] cette ligne n’est pas de la forme « nom = texte »
        [value] ce message n’a pas de texte
        [choice] le choix entre accolades n’a pas, une seule fois, le cas marqué d’un astérisque, ou ne choisit pas d’après une variable
        [quote] un guillemet ne se ferme pas
        [escape] ce qui suit la barre oblique inversée n’est pas connu
        [brace] une accolade s’ouvre ou se ferme sans l’autre
       *[other] ce qui est entre accolades n’est pas compris
    }
