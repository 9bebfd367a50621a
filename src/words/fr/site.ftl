# Les réglages, les adresses, les liens et le fil d’Ariane.

settings-absent = Il n’y a pas de fichier « plantin.toml » dans le dossier { $folder }
    .hint = Placez-vous dans le dossier de la publication, indiquez-le avec « --workspace DOSSIER », ou créez-en une avec « plantin init ».
settings-unknown-key = Le réglage « { $key } » n’existe pas
    .hint = Vouliez-vous écrire « { $nearest } » ?
settings-wrong-value = Le réglage « { $key } » n’a pas une valeur qui convient
    .hint = Valeur attendue : { $expected }
settings-attachment-refused = Les fichiers « { $ending } » ne peuvent pas être ajoutés à ceux qui sont publiés
    .hint = Écrivez la terminaison en minuscules, sans point, comme "xlsm". Ce que les navigateurs ou les serveurs exécutent (html, svgz, js, php…) n’est jamais publié ; les dessins SVG le sont toujours.
settings-missing = Le réglage « { $key } » manque
    .hint = Ajoutez-le dans « plantin.toml ». Un exemple complet : « plantin init un-dossier-vide ».
no-pages = Il n’y a aucune page à publier dans ce dossier
    .hint = Ajoutez un fichier dont le nom se termine par « .md », ou corrigez « content » sous [paths] dans « plantin.toml ».
no-date = La publication n’a pas de date : ses fichiers sont datés du 1er janvier 2000
    .hint = Ajoutez « date = "AAAA-MM-JJ" » sous [publication].
order-not-an-address = « { $address } » n’est pas l’adresse d’une page
    .hint = Dans « order », écrivez les adresses ainsi : "/mission/".
policy-page-unknown = Les réglages disent quoi faire des traductions de « { $page } », mais aucune page n’est à cette adresse ni en dessous
    .hint = Corrigez l’adresse sous [policy.pages], ou retirez ce réglage.
language-unknown = La langue « { $language } » n’est pas une langue de cette publication
    .hint = Langues de la publication : { $known }. Pour en ajouter une, complétez « languages » dans « plantin.toml ».
page-unknown = Il n’y a pas de page « { $page } »
    .hint = Indiquez son adresse, comme « /mission/ », ou son fichier, comme « content/mission/index.md ».
page-draft = Cette page est un brouillon : elle n’est pas publiée
    .hint = Retirez « draft: true » de son en-tête pour la publier.
page-not-yet = Cette page n’est publiée qu’à partir du { $date } : elle ne l’est pas encore
    .hint = Lancez « plantin build » ce jour-là ou après. Pour la publier dès maintenant, corrigez ou retirez cette date dans son en-tête.
page-expired = Cette page ne devait être publiée que jusqu’au { $date } : elle ne l’est plus
    .hint = Corrigez ou retirez cette date dans son en-tête pour la publier encore, ou retirez la page.
page-expires = Cette page ne sera plus publiée à partir du { $date }
    .hint = Lancez « plantin build » ce jour-là : d’ici là, rien ne la retire du site.
page-nowhere = Cette page demande à ne pas être publiée (« permalink: false »)
    .hint = Retirez cette ligne de son en-tête pour la publier.
page-language-unknown = La langue « { $language } » de cette page n’est pas une langue de la publication
    .hint = Corrigez « lang » dans son en-tête, ou ajoutez la langue à « languages » dans « plantin.toml ».
page-in-one-language = Cette page n’est écrite qu’en « { $language } » : les éditions dans d’autres langues ne l’ont pas
    .hint = Il n’y a rien à faire si c’est voulu. Pour qu’une autre édition l’ait, traduisez-la dans son catalogue, ou écrivez-la dans cette langue.
permalink-refused = « { $permalink } » n’est pas une adresse où publier une page
    .hint = Une adresse commence et se termine par « / », sans « .. » ni signe réservé : « /mission/objectifs/ ». La page est publiée selon son nom de fichier.
permalink-too-long = L’adresse « { $permalink } » est trop longue : { $longest } octets au plus, dont { $part } entre deux « / » (une lettre accentuée en compte deux)
    .hint = Raccourcissez-la dans l’en-tête de la page. En attendant, la page est publiée selon son nom de fichier.
permalink-too-deep = L’adresse « { $permalink } » a trop de niveaux : { $deepest } au plus
    .hint = Retirez-en des « / » dans l’en-tête de la page. En attendant, la page est publiée selon son nom de fichier.
path-not-an-address = Le nom de ce fichier ne peut pas devenir une adresse : { $path }
    .hint = Renommez le fichier ou le dossier : des lettres, des chiffres et des tirets, 240 caractères au plus. La page n’est pas publiée.
address-twice = Cette page a la même adresse qu’une autre : { $address } (déjà prise par { $other })
    .hint = Donnez-lui une autre adresse avec « permalink », ou renommez le fichier : les majuscules et la façon d’écrire les accents ne suffisent pas à distinguer deux adresses. Elle n’est pas publiée.
title-twice = Cette page a le même titre qu’une autre du même dossier, { $other } : { $title }
    .hint = Donnez à chacune un titre qui dit ce qu’elle a de particulier : dans un onglet, une liste ou les résultats d’une recherche, rien d’autre ne les distingue.
name-not-for-windows = Sous Windows, ni fichier ni dossier ne peut s’appeler « { $name } » : la publication n’y sera pas copiée en entier
    .hint = Renommez le fichier, ou donnez à la page une autre adresse avec « permalink ». Ici, tout est publié.
published-name-too-long = Ce nom est trop long pour être publié : { $name }
    .hint = Renommez le fichier ou le dossier : 240 signes au plus, moins avec des accents.
file-name-twice = Sur beaucoup d’ordinateurs, ce fichier n’en fait qu’un avec « { $other } » : leurs noms ne diffèrent que par les majuscules ou par la façon d’écrire les accents
    .hint = Renommez l’un des deux. Ici, les deux sont publiés.
theme-file-twice = Ce fichier du thème serait publié à la place d’un autre : { $path } (déjà pris par { $other })
    .hint = Renommez le fichier du thème. Il n’est pas publié.
feed-without-address = Le flux « { $path } » n’est pas publié : la page { $page } a son adresse
    .hint = Donnez une autre adresse à la page avec « permalink ».
catalogue-without-page = Ce catalogue ne correspond à aucune page : { $page } n’existe pas
    .hint = Si la page a été renommée, lancez « plantin extract » : son catalogue la suit. Si elle a été supprimée, ses traductions restent ici pour le jour où elle reviendra ; sinon, supprimez ce fichier.
interface-unreadable = Ce fichier de traduction de l’interface a une erreur : { fluent-says }
    .hint = Chaque ligne s’écrit « nom = texte ». Le message fautif est ignoré, les autres sont utilisés.
fluent-too-nested = Le message « { $id } » a trop d’accolades et de parenthèses : plus de { $limit } s’y ouvrent
    .hint = Écrivez-le plus simplement, ou divisez-le en plusieurs messages. Il est ignoré, les autres sont utilisés.
fluent-too-many-references = Le message « { $id } » renvoie à lui-même, ou à trop d’autres messages : plus de { $limit } en tout
    .hint = Écrivez-y le texte au lieu des renvois. Il est ignoré, les autres sont utilisés.
fluent-more-faults = Ce fichier a encore { $count ->
        [one] une autre erreur
       *[other] { $count } autres erreurs
    }
    .hint = Corrigez les premières : les autres en viennent peut-être.
interface-lacks = Le message « { $id } » n’est pas traduit
    .hint = Ajoutez-le dans ce fichier. En attendant, il est montré dans une autre langue.
interface-lacks-many = Il manque { $count ->
        [one] un message
       *[other] { $count } messages
    } de l’interface à cette langue : { $ids }
    .hint = Ajoutez-les dans ce fichier. En attendant, ils sont montrés dans une autre langue.
interface-extra = Le message « { $id } » n’existe pas dans la langue d’origine
    .hint = Vérifiez son nom, ou supprimez-le : rien ne le montre.
interface-stale = Le message « { $id } » a changé dans la langue d’origine depuis sa traduction : { $source }
    .hint = Corrigez la traduction. Si elle est juste, retirez la ligne de ce message du fichier « ui.fingerprints ». Puis lancez « plantin extract ».
interface-undefined = Le message « { $id } » emploie « { $used } », qui n’est défini nulle part
    .hint = Définissez-le dans ce fichier, ou corrigez son nom.
interface-variable = { $kind ->
        [lacks] Le message « { $id } » n’emploie pas la variable « { $variable } » de l’original
       *[adds] Le message « { $id } » emploie la variable « { $variable } », que l’original n’a pas
    }
    .hint = Employez les mêmes variables que l’original.
interface-plural = Le message « { $id } » choisit selon « { $variable } », mais il lui manque des formes de cette langue : { $categories }
    .hint = Ajoutez ces formes, par exemple une ligne qui commence par [one].
address-on-a-computer = Cette adresse est celle d’un fichier de votre ordinateur, que personne d’autre ne peut ouvrir : { $address }
    .hint = Copiez le fichier dans le dossier de la page et écrivez son nom, avec des / et non des \, par exemple images/plan.jpg.
address-in-an-email = Cette adresse est celle d’une image d’un courriel, qui n’existe que dans ce courriel : { $address }
    .hint = Enregistrez l’image dans le dossier de la page et écrivez son nom.
address-with-hidden-signs = Cette adresse a des signes invisibles : elle est lue sans eux : { $address }
    .hint = Ils viennent sans doute d’un collage. Retapez l’adresse pour que d’autres logiciels la comprennent aussi.
address-with-backslash = Cette adresse a des \ au lieu de / : elle est lue comme { $address }
    .hint = Écrivez-la avec des / : d’autres logiciels ne la comprennent pas autrement.
link-without-scheme = Ce lien ne mène à aucune page : il lui manque son début : { $address }
    .hint = Écrivez { $wanted }. En attendant, ses mots sont publiés sans lien.
link-to-heading-words = « { $address } » est lu comme l’adresse du titre qui a ces mots
    .hint = Il n’y a rien à faire. D’autres logiciels ne connaissent que #{ $anchor }.
link-to-nothing = Ce lien ne mène à aucune page ni à aucun fichier : { $address }
    .hint = Corrigez l’adresse ou retirez le lien. En attendant, ses mots sont publiés sans lien.
link-to-unknown-page-of-site = Cette adresse est celle de ce site, mais aucune page ne l’a : { $address }
    .hint = Corrigez-la, ou écrivez-la sans « https:// » pour que le programme la suive. En attendant, le lien est publié tel quel.
link-to-no-anchor = La page { $page } n’a pas d’endroit nommé « { $anchor } »
    .hint = Le plus proche s’appelle « { $nearest } ». En attendant, le lien mène au début de la page.
link-scheme-refused = Un lien ne peut pas commencer par « { $scheme }: »
    .hint = Utilisez une adresse web, de courriel ou de téléphone. En attendant, les mots du lien sont publiés sans lien : { $address }
image-missing = L’image n’existe pas : { $address }
    .hint = Placez le fichier dans le dossier de la page ou corrigez son adresse. En attendant, son texte de remplacement est publié à sa place.
image-broken = Ce fichier n’est pas une image utilisable : { $address }
    .hint = Ouvrez-le dans un logiciel d’images et enregistrez-le de nouveau en PNG, JPEG, WebP, GIF ou SVG.
image-outside = Cette image est hors du dossier des pages : { $address }
    .hint = Copiez-la dans le dossier de la page et corrigez son adresse.
image-on-another-host = Cette image est sur un autre site et n’est pas recopiée : { $address }
    .hint = Enregistrez-la dans le dossier de la page, si vous en avez le droit, et corrigez son adresse.
segment-without-page = Le fil d’Ariane passe par « { $title } » ({ $url }), mais aucune page n’a cette adresse
    .hint = Corrigez « url » dans « segments » ou créez la page. En attendant, l’étape est affichée sans lien.
segment-with-two-titles = L’étape { $url } du fil d’Ariane s’appelle ici « { $title } », mais « { $other } » dans { $file }
    .hint = Donnez-lui partout le même titre.
epub-failed = Le livre EPUB n’a pas pu être fait ({ $language })
    .hint = Les autres formats sont complets. Si le message ne vous aide pas, transmettez-le à l’équipe technique.
pdf-not-built-in = Cette version du programme ne sait pas faire de PDF
    .hint = Installez la version complète, ou retirez "pdf" de « formats » dans « plantin.toml ».
navigation-and-segments = Cette page a deux places : « { $navigation } » par eleventyNavigation et « { $segments } » par segments ; la première compte, comme sur le site d’origine
    .hint = Gardez l’une des deux dans l’en-tête de la page.
navigation-parent-unknown = Aucune page n’a la clé « { $key } » dans eleventyNavigation : cette étape du fil d’Ariane ne mène nulle part
    .hint = Corrigez « parent », ou donnez cette clé à une page de la même langue.
navigation-circle = Les pages d’eleventyNavigation se placent les unes sous les autres en rond : le fil d’Ariane s’arrête à « { $key } »
    .hint = Corrigez « parent » dans l’une d’elles.
page-kept-back = Cette page n’est pas publiée : son dossier ne dit pas clairement si elle peut l’être
    .hint = Corrigez le fichier qui parle des pages de ce dossier : il est nommé dans un autre message.
file-not-a-page = Ce fichier n’est pas publié : { $kind ->
        [markdown] les pages sont les fichiers dont le nom finit par « .md », en minuscules
        [document] un document de bureautique n’est pas une page, et aucune page n’y mène
        [web] un gabarit ou une page web n’est pas une page de la publication, et aucune n’y mène
       *[text] seuls les fichiers dont le nom finit par « .md » sont des pages, et aucune page n’y mène
    }
    .hint = { $kind ->
        [markdown] Renommez-le « { $page } ».
        [document] Collez son texte dans un fichier « { $page } », ou faites un lien vers lui depuis une page pour qu’on puisse le télécharger.
        [web] Écrivez son texte dans un fichier « { $page } », ou sortez-le du dossier des pages.
       *[text] Renommez-le « { $page } », faites un lien vers lui depuis une page, ou sortez-le du dossier des pages.
    }
locale-misnamed = Les traductions de ce dossier ne sont pas lues ({ $count } catalogues) : son nom n’est pas écrit comme la langue « { $language } »
    .hint = Renommez le dossier « { $language } ».
locale-unknown = Les traductions de ce dossier ne sont pas lues ({ $count } catalogues) : « { $language } » n’est pas une langue de la publication
    .hint = Ajoutez la langue à « languages » dans « plantin.toml », renommez le dossier, ou retirez-le.
catalogue-gone = Ce catalogue n’est plus là : { $count ->
        [one] une traduction publiée
       *[other] { $count } traductions publiées
    } en « { $language } » { $count ->
        [one] est perdue
       *[other] sont perdues
    }
    .hint = Remettez le fichier à sa place avant de lancer « plantin extract » : une sauvegarde ou l’historique du dossier l’a encore. S’il a été retiré exprès, dites-le une fois : plantin extract --renew
settings-unreadable = Ce fichier de réglages ne peut pas être lu : { $cause ->
        [quotes] cette ligne a des guillemets typographiques
        [quote] un guillemet de cette ligne ne se ferme pas
        [bracket] un crochet de cette ligne ne se ferme pas
        [equals] il manque le signe « = » sur cette ligne ou sur celle d’avant
        [comma] il manque une virgule entre deux valeurs
       *[other] cette ligne ou celle d’avant n’est pas de la forme nom = "valeur"
    }
    .hint = { $cause ->
        [quotes] Remplacez-les par des guillemets droits (").
        [quote] Entourez le texte de deux guillemets droits (").
        [bracket] Ajoutez le crochet qui manque.
        [equals] Écrivez nom = "valeur", une ligne par réglage.
        [comma] Séparez les valeurs par des virgules, comme ["fr", "en"].
       *[other] Vérifiez les guillemets, les crochets et le signe « = » de cette ligne et de la précédente.
    }
settings-languages-too-many = Une publication a { $limit } langues au plus : les suivantes ne sont pas lues
    .hint = Retirez-en de « languages ».
settings-language = « { $tag } » n’est pas le code d’une langue
    .hint = { $known ->
        [yes] Vouliez-vous écrire « { $meant } » ({ $name }) ?
       *[no] Une langue s’écrit par son code : fr, en, de, es, ar, pt-BR…
    }
interface-missing = L’interface n’est pas traduite en « { $language } » ({ $name-en ->
       *[other] { $name-fr }
    }) : ses mots restent en « { $spoken } » ({ $spoken-en ->
       *[other] { $spoken-fr }
    }) et sont marqués comme tels
    .hint = Créez ce fichier à partir de « locales/fr/ui.ftl ».{ $doubtful ->
        [yes] { " " }« { $language } » est le code d’une langue, et non d’un pays : si vous vouliez dire « { $doubt } », corrigez « languages » dans « plantin.toml ».
       *[no] { "" }
    }
page-date-ahead = La date de cette page, { $date }, n’est pas encore venue : elle ne compte pas pour celle de la publication
    .hint = Si c’est celle d’un événement, écrivez-la sous event:, avec start, end et place. Sinon, corrigez-la.
date-from-pages = La publication porte la date de sa page la plus récente : { $date }
    .hint = Pour en donner une autre, écrivez date = "{ $date }" sous [publication].
