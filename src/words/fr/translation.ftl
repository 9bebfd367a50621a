# Catalogues : fichiers illisibles, ou qui ne vont pas avec leur page.

catalogue-empty = Ce fichier de traduction est vide
    .hint = Lancez « plantin extract » pour y mettre les textes de la page.
catalogue-unreadable = Ce fichier n’est pas un catalogue de traduction
    .hint = Remettez à sa place la dernière bonne copie, ou supprimez-le et lancez « plantin extract » pour en faire un nouveau. En attendant, toute la page est montrée dans sa langue d’origine.
catalogue-syntax = Cette ligne du catalogue est incompréhensible : { $text }
    .hint = Le fichier a été abîmé ou modifié à la main. Corrigez cette ligne ou remettez la dernière bonne copie ; les traductions lisibles sont utilisées en attendant.
catalogue-open-text = Il manque le guillemet de fin à ce texte du catalogue : { $text }
    .hint = Le fichier a sans doute été coupé en chemin. Remettez le fichier entier ; les traductions qui précèdent sont utilisées en attendant.
catalogue-cut-entry = Cette entrée du catalogue s’arrête avant sa traduction : { $text }
    .hint = Le fichier a sans doute été coupé en chemin. Remettez le fichier entier ; les traductions qui précèdent sont utilisées en attendant.
catalogue-more-faults = Le catalogue a encore { $count ->
        [one] une ligne incompréhensible
       *[other] { $count } lignes incompréhensibles
    }
    .hint = Le fichier est abîmé : remettez à sa place la dernière bonne copie.
catalogue-two-translations = « { $text } » a deux traductions l’une après l’autre : aucune n’est utilisée
    .hint = Gardez une ligne « msgstr », et retirez l’autre.
catalogue-escape = Dans un catalogue, « { $sequence } » ne veut rien dire
    .hint = Dans un catalogue, une barre oblique inverse s’écrit deux fois. Le texte est lu comme si c’était le cas.
catalogue-duplicate = Le catalogue contient deux fois ce texte, ici et à la ligne { $line } : { $source }
    .hint = Gardez la meilleure traduction et supprimez l’autre entrée. En attendant, le catalogue n’est pas mis à jour.
catalogue-plural = Cette entrée du catalogue a plusieurs formes de pluriel : { $source }
    .hint = Seule la première forme est utilisée : les pages n’ont pas de formes de pluriel.
catalogue-no-header = Le catalogue n’a pas d’en-tête
    .hint = Lancez « plantin extract », qui en écrit un.
catalogue-rule = Le catalogue a été fait par une autre version du programme (règle { $rule } ; cette version connaît la règle { $known })
    .hint = Certaines traductions peuvent ne pas être retrouvées. Utilisez partout la même version de Plantin, puis lancez « plantin extract ».
catalogue-charset = Le catalogue dit être enregistré en { $charset }
    .hint = Enregistrez-le en UTF-8. Il est lu en UTF-8 quoi qu’il en dise.
catalogue-other-page = Ce catalogue a été fait pour une autre page, { $found }, et non pour { $page }
    .hint = Si la page a été déplacée, lancez « plantin extract ». Sinon, le fichier n’est pas à sa place. Les traductions des textes présents dans cette page sont utilisées.
catalogue-other-language = Ce catalogue dit que sa langue est { $found } et non { $language }
    .hint = Vérifiez que le fichier est dans le dossier de sa langue. Ses traductions sont utilisées.
catalogue-matches-nothing = Le catalogue de cette page contient { $count ->
        [one] une traduction, mais elle n’est celle
       *[other] { $count } traductions, mais aucune n’est celle
    } d’un texte de la page
    .hint = Le catalogue est celui d’une autre page, ou la page a été réécrite. Lancez « plantin extract » : rien de ce qui a été traduit n’est perdu.
catalogue-out-of-date = Le catalogue de cette page contient { $count ->
        [one] une traduction d’un texte qui n’est
       *[other] { $count } traductions de textes qui ne sont
    } plus dans la page
    .hint = La page a changé. Lancez « plantin extract » pour mettre son catalogue à jour : rien de ce qui a été traduit n’est perdu.
catalogue-not-updated = Le catalogue de cette page n’a pas été mis à jour, parce qu’il est en partie illisible
    .hint = Corrigez les défauts signalés pour ce fichier, puis relancez « plantin extract ». Le fichier a été laissé tel quel.

catalogue-rule-older = Le catalogue a été fait par une version plus ancienne du programme (règle { $rule } ; cette version suit la règle { $known })
    .hint = Lancez « plantin extract --migrate » : aucune traduction n’est perdue. Le fichier a été laissé tel quel.
catalogue-rule-newer = Le catalogue a été fait par une version plus récente du programme (règle { $rule } ; cette version suit la règle { $known })
    .hint = Utilisez partout la même version de Plantin. Le fichier a été laissé tel quel.
catalogue-flag = « { $flag } » ne désactive aucune vérification
    .hint = Vouliez-vous écrire « { $nearest } » ?
glossary-unreadable = Ce glossaire a une erreur : { fluent-says }
    .hint = Chaque terme s’écrit « -nom = mot ». Le terme fautif est ignoré, les autres sont utilisés.

# Traductions qui ne peuvent pas être montrées.

translation-lacks = { $kind ->
        [link] Il manque à la traduction le lien vers { $item }
        [link-words] Dans la traduction, le lien vers { $item } n’a pas de texte
        [code] Il manque à la traduction le code « { $item } »
        [math] Il manque à la traduction la formule « { $item } »
        [image] Il manque à la traduction l’image { $item }
        [image-words] Dans la traduction, l’image { $item } n’a pas de texte de remplacement
        [footnote] Il manque à la traduction l’appel de la note « { $item } »
        [deleted] Il manque à la traduction des mots qui sont barrés dans l’original
        [inserted] Il manque à la traduction des mots qui sont marqués comme ajoutés dans l’original
       *[attributes] Il manque à la traduction les attributs { $item }
    }, dans la traduction de : { $source }
    .hint = Recopiez l’élément de l’original dans la traduction, sans rien y changer. En attendant, c’est l’original qui est montré.
translation-adds = { $kind ->
        [link] La traduction a un lien que l’original n’a pas, vers { $item }
        [link-words] Dans la traduction, le lien vers { $item } a un texte ; il n’en a pas dans l’original
        [code] La traduction a un code que l’original n’a pas, « { $item } »
        [math] La traduction ajoute la formule « { $item } »
        [image] La traduction a une image que l’original n’a pas, { $item }
        [image-words] Dans la traduction, l’image { $item } a un texte de remplacement ; elle n’en a pas dans l’original
        [footnote] La traduction a un appel de note que l’original n’a pas, « { $item } »
        [deleted] La traduction a des mots barrés qui ne sont pas dans l’original
        [inserted] La traduction a des mots marqués comme ajoutés qui ne sont pas dans l’original
       *[attributes] La traduction a des attributs que l’original n’a pas, { $item }
    }, dans la traduction de : { $source }
    .hint = Retirez l’élément de la traduction, ou écrivez-le exactement comme dans l’original. En attendant, c’est l’original qui est montré.
translation-marks = { $kind ->
        [emphasis] La traduction a des mots en italique (*…*)
        [strong] La traduction a des mots en gras (**…**)
        [superscript] La traduction a des lettres en exposant
        [subscript] La traduction a des lettres en indice
        [highlight] La traduction a des mots surlignés
        [small] La traduction a des mots en petits caractères
        [keyboard] La traduction a une touche de clavier
        [cite] La traduction a un titre d’œuvre
        [quoted] La traduction a une courte citation
        [abbreviation] La traduction a une abréviation
        [language] La traduction a des mots marqués comme étant dans une autre langue
       *[break] La traduction a un saut de ligne
    } et l’original n’en a pas : { $source }
    .hint = Retirez ces marques de la traduction, ou mettez une barre oblique inverse devant le signe si c’est lui que vous voulez écrire. En attendant, c’est l’original qui est montré.
translation-hidden = La traduction a un caractère invisible ({ $character }), dans la traduction de : { $source }
    .hint = Tapez la traduction au clavier au lieu de la coller. En attendant, c’est l’original qui est montré.
translation-long = La traduction a { $number } caractères, et { $limit } sont permis au plus pour cet original : { $source }
    .hint = Raccourcissez-la, ou vérifiez que le texte d’une autre page n’a pas été collé ici. En attendant, c’est l’original qui est montré.
translation-paragraphs = La traduction a plusieurs paragraphes et l’original n’en a qu’un : { $source }
    .hint = Supprimez les lignes vides de la traduction. En attendant, c’est l’original qui est montré.
translation-construct = La traduction a une construction (HTML, raccourci entre accolades…) que l’original n’a pas : { $source }
    .hint = Écrivez du texte simple, avec les mêmes marques que l’original. En attendant, c’est l’original qui est montré.
translation-empty = La traduction n’a rien à lire : { $source }
    .hint = Traduisez le texte, ou videz le champ pour qu’il compte comme non traduit.

translation-placeholder = { $kind ->
        [lacks] Il manque à la traduction le nom à remplacer { $item }
       *[adds] La traduction a un nom à remplacer que l’original n’a pas, { $item }
    }, dans la traduction de : { $source }
    .hint = Recopiez ces noms exactement comme dans l’original : un programme les remplacera. En attendant, c’est l’original qui est montré.
translation-tag = Dans la traduction, la balise « { $tag } » n’est pas ouverte ou n’est pas fermée : { $source }
    .hint = Écrivez chaque balise deux fois, comme dans l’original : une fois pour ouvrir, une fois pour fermer. En attendant, c’est l’original qui est montré.

# Ce qu’un relecteur remarquerait : la traduction est montrée.

translation-number = { $kind ->
        [lacks] Le nombre { $item } n’est pas dans la traduction
       *[adds] La traduction a un nombre que l’original n’a pas, { $item }
    }, dans la traduction de : { $source }
    .hint = Vérifiez les nombres. S’ils sont justes, ajoutez la marque « no-check-number » à cette entrée.
translation-space = La traduction ne commence ou ne se termine pas par une espace comme l’original : { $source }
    .hint = Mettez les mêmes espaces au début et à la fin.
translation-end = { $kind ->
        [lacks] La traduction ne se termine pas par « { $wanted } » comme l’original
        [adds] La traduction se termine par « { $found } », pas l’original
       *[other] La traduction se termine par « { $found } », l’original par « { $wanted } »
    }, dans la traduction de : { $source }
    .hint = Terminez comme l’original. Si c’est voulu, ajoutez la marque « no-check-end » à cette entrée.
translation-doubled = Le mot « { $word } » est écrit deux fois de suite, dans la traduction de : { $source }
    .hint = Supprimez-en un. Si c’est voulu, ajoutez la marque « no-check-doubled » à cette entrée.
translation-untranslated = La traduction est l’original, mot pour mot : { $source }
    .hint = Traduisez ce texte. S’il est le même dans les deux langues, ajoutez la marque « no-check-untranslated » à cette entrée.
translation-term = Le glossaire traduit « { $term } » par « { $wanted } », et ce n’est pas dans la traduction de : { $source }
    .hint = Employez le mot du glossaire, ajoutez cette forme sous « .also » dans « glossary.ftl », ou la marque « no-check-glossary » à cette entrée.
translation-term-forbidden = Le glossaire refuse « { $found } » pour « { $term } », dans la traduction de : { $source }
    .hint = Employez « { $wanted } », ou ajoutez la marque « no-check-glossary » à cette entrée.
translation-typography = { $kind ->
        [space] Dans cette langue, on ne met pas d’espace avant « { $found } »
        [quotes] Les guillemets { $found } ne sont pas ceux de cette langue
       *[opening] Il manque le signe ouvrant d’une phrase qui se termine par « { $found } »
    }, dans la traduction de : { $source }
    .hint = Corrigez la traduction. Si c’est voulu, ajoutez la marque « no-check-typography » à cette entrée.
translation-stray = Dans la traduction, « { $item } » ressemble à { $kind ->
        [attributes] un nom d’endroit ou une classe
        [callout] un encadré
        [code] du code
        [container] un bloc « ::: »
        [emphasis] des mots mis en valeur
        [fence] le bord d’un morceau de code
        [footnote] un appel de note
        [heading] un titre
        [image] une image
        [link] un lien
        [list] une liste
        [reference] un lien
        [sign] une puce de traitement de texte
       *[table] un tableau
    }, mais n’en est pas un, et l’original n’a rien de tel : { $source }
    .hint = { $kind ->
        [emphasis] Collez les signes au premier et au dernier mot, et laissez une espace ou un signe de ponctuation de l’autre côté : un **mot** important.
        [attributes] Retirez ces accolades : les noms d’endroits sont ceux de l’original.
        [heading] Retirez les # : la traduction d’un titre n’est que ses mots.
        [list] Retirez ce qui précède le premier mot : la traduction d’une ligne de liste n’est que ses mots.
        [container] Retirez les « ::: » : l’encadré est celui de l’original.
       *[other] Recopiez les signes comme ils sont dans l’original.
    } Si c’est voulu, ajoutez la marque « no-check-stray » à cette entrée.
translation-two-ways = Ce texte a deux traductions : « { $one } » ({ $in }) et « { $other } » : { $source }
    .hint = Choisissez la même partout. S’il a deux sens, distinguez-les dans la page avec un commentaire, par exemple : <!-- context: verbe -->

# Ce que demandent les règles de la publication.

policy-fail-missing = { $count ->
        [one] Un texte de cette page n’est pas traduit ({ $language })
       *[other] { $count } textes de cette page ne sont pas traduits ({ $language })
    }, le premier est : { $source }
    .hint = Les réglages de la publication refusent les pages non traduites. Traduisez-les dans le catalogue de la page.
policy-fail-stale = { $count ->
        [one] Un texte de cette page a changé depuis sa traduction ({ $language })
       *[other] { $count } textes de cette page ont changé depuis leur traduction ({ $language })
    }, le premier est : { $source }
    .hint = Les réglages de la publication refusent les traductions dépassées. Corrigez-les dans le catalogue de la page et retirez la marque « fuzzy » (à revoir).
policy-omit-missing = { $count ->
        [one] Cette page est laissée de côté ({ $language }) : un texte n’est pas traduit
       *[other] Cette page est laissée de côté ({ $language }) : { $count } textes ne sont pas traduits
    }, le premier est : { $source }
    .hint = Les réglages de la publication le demandent.
policy-omit-stale = { $count ->
        [one] Cette page est laissée de côté ({ $language }) : un texte a changé depuis sa traduction
       *[other] Cette page est laissée de côté ({ $language }) : { $count } textes ont changé depuis leur traduction
    }, le premier est : { $source }
    .hint = Les réglages de la publication le demandent.
