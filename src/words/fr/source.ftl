# source

not-utf-8 = Ce fichier n’est pas enregistré en UTF-8 : un caractère est illisible ici
    .hint = Ouvrez-le dans un éditeur de texte et enregistrez-le avec l’encodage UTF-8. En attendant, le caractère est remplacé par « � ».
nul-in-text = Ce fichier contient un octet nul ici
    .hint = Ce n’est peut-être pas un fichier texte. Enregistrez-le de nouveau en texte brut, en UTF-8.
utf-16 = Ce fichier est enregistré en UTF-16 (« Unicode » sous Windows) : il est lu comme tel
    .hint = Ouvrez-le dans un éditeur de texte et enregistrez-le avec l’encodage UTF-8 : d’autres logiciels ne lisent que celui-là.
file-name-unreadable = Le nom de ce fichier n’est pas lisible : il n’est pas publié
    .hint = Renommez-le avec des lettres, des chiffres et des tirets.
file-unreadable = Ce fichier ne peut pas être lu : { machine-says }
    .hint = Vérifiez qu’il existe encore et que vous avez le droit de le lire.
file-special = Ce n’est pas un fichier ordinaire : il n’est pas lu
    .hint = Remplacez-le par un fichier de texte, ou retirez-le.
file-too-large = Ce fichier est trop gros : { $size } Mio, pour { $largest } Mio au plus
    .hint = Réduisez-le ou découpez-le. Il n’est pas publié.
link-out-of-workspace = Ce raccourci mène hors du dossier de la publication : il n’est pas suivi
    .hint = Remplacez-le par une copie du fichier.
name-hidden = Ceci n’est pas publié : son nom commence par « _ »
    .hint = Donnez-lui un autre nom, si c’est une page ou si des pages s’y trouvent.
linked-folder = Ce dossier est un raccourci vers un autre : il n’est pas parcouru
    .hint = Remplacez-le par un vrai dossier.
folders-too-deep = Ce dossier est trop profond : il n’est pas parcouru
    .hint = Rapprochez-le du dossier des pages.
image-unreadable = Cette image est incomplète ou abîmée
    .hint = Ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau.
image-kind = Cette image est au format { $kind }, que les navigateurs, les liseuses et les PDF ne montrent pas tous : elle n’est pas publiée
    .hint = Enregistrez-la en JPEG si c’est une photographie, sinon en PNG, et citez ce fichier-là.
file-without-ending = Le nom de ce fichier n’a pas de terminaison : il n’est pas publié
    .hint = Ajoutez-lui celle de son contenu, comme .txt ou .pdf : sans elle, personne ne sait comment l’ouvrir.
file-kind-runs = Les fichiers dont le nom contient « .{ $ending } » ne sont pas publiés : un navigateur ou un serveur exécuterait ce qu’ils contiennent
    .hint = Donnez-en un PDF ou une archive .zip. Si c’est une partie du nom qui n’a rien à voir avec le contenu, remplacez-y le point par un tiret.
file-kind-unlisted = Les fichiers « .{ $ending } » ne sont pas de ceux qui sont publiés
    .hint = { $addable ->
        [yes] Si vos lecteurs en ont besoin, ajoutez à plantin.toml, sous [site] : attachments = ["{ $ending }"]. Sinon, donnez-leur un PDF, un fichier de bureautique ou une archive .zip.
       *[no] Donnez-leur un PDF, un fichier de bureautique ou une archive .zip.
    }
file-content-differs = Ce fichier n’est pas ce que dit son nom, « .{ $ending } » : il contient { $content ->
        [image] une image
        [page] une page web
        [xml] du XML
        [program] un programme
        [pdf] un PDF
        [office] un document de bureautique
        [archive] une archive
        [medium] du son ou de la vidéo
       *[other] autre chose
    }
    .hint = Ouvrez-le, enregistrez-le de nouveau sous la bonne forme, ou donnez-lui la terminaison de ce qu’il contient. En attendant, il n’est pas publié.
file-acts = Un navigateur montrerait ce fichier comme une page du site et pourrait exécuter ce qu’il contient : il n’est pas publié
    .hint = Un fichier XML est publié s’il se lit jusqu’au bout et ne contient ni XHTML, ni script, ni feuille de style, ni DOCTYPE qui déclare des éléments. Sinon, donnez-en une archive .zip.
image-too-many-pixels = Cette image a { $pixels } millions de pixels : elle n’est pas publiée
    .hint = Réduisez-la : 2000 pixels de large suffisent à l’écran comme à l’impression.
image-location-removed = Cette image ou ce film dit où il a été pris : ce lieu n’est pas publié
    .hint = Le fichier reste tel quel dans « content », et donc dans un dépôt. Retirez-en les données GPS si elles ne doivent pas y être.
drawing-mended = Ce dessin contient des éléments qui pourraient s’exécuter ou être cherchés ailleurs : ils ont été retirés ({ $removed })
    .hint = Vérifiez le dessin dans la page. Pour ne plus voir ce message, exportez-le de nouveau en « SVG simple ».
drawing-references = Dans ce dessin, plusieurs parties portent le même nom, ou une partie désignée n’existe pas : c’est réparé ({ $names })
    .hint = Regardez le dessin sur la page. Pour ne plus voir ce message, exportez-le de nouveau en « SVG simple ».
drawing-labels = Les mots de ce dessin sont écrits en HTML, que les livres et le PDF n’affichent pas : ils ont été composés de nouveau comme du texte
    .hint = Regardez le dessin sur la page. Si ses mots sont mal placés, exportez-le avec des libellés en texte (draw.io : sans « Texte mis en forme » ; Mermaid : htmlLabels: false).
drawing-attributes = Un élément de ce dessin a plus de { $limit } attributs : son texte de remplacement est affiché à sa place
    .hint = Exportez-le de nouveau depuis votre logiciel de dessin, ou exportez-le en PNG.
drawing-style-too-costly = La feuille de style de ce dessin serait comparée plus de { $limit } fois à ses parties : son texte de remplacement est affiché à sa place
    .hint = Exportez-le de nouveau avec les styles écrits sur chaque forme (« attributs de présentation »), ou exportez-le en PNG.
drawing-too-costly = Ce dessin répète ses propres parties plus de { $limit } fois, ou sans fin : son texte de remplacement est affiché à sa place
    .hint = Ouvrez-le dans votre logiciel de dessin, changez ses motifs, ses masques et ses clones en formes simples, puis exportez-le de nouveau, ou exportez-le en PNG.
front-matter-not-closed = L’en-tête de cette page n’a pas de fin
    .hint = Ajoutez une ligne « --- » après la dernière ligne de l’en-tête.
front-matter-not-a-mapping = L’en-tête de cette page n’est pas une suite de lignes « clé: valeur »
    .hint = Écrivez par exemple « title: Le titre », ou retirez les lignes « --- » du haut de la page.
front-matter-key-twice = L’en-tête donne « { $key } » deux fois : la première valeur compte
    .hint = Retirez l’une des deux lignes.
front-matter-unknown-keys = L’en-tête contient des clés qui ne servent pas ici : { $keys }
    .hint = Il n’y a rien à faire, sauf si l’une d’elles est mal orthographiée.
front-matter-wrong-type = La valeur de « { $key } » dans l’en-tête ne convient pas : elle est ignorée
    .hint = Valeur attendue : { $expected ->
        [text] un texte
        [bool] true (oui) ou false (non)
        [date] une date qui existe, comme 2024-09-16
        [segments] une liste d’adresses et de titres (url et title)
        [number] un nombre
        [media] une adresse, ou src et title
        [image] le chemin d’une image, ou path et alt
        [lang] une langue, comme fr ou pt-BR
        [author] un nom, ou une liste de noms
        [moment] une date et, s’il le faut, une heure, comme 2026-05-12 14:30
       *[other] { $expected }
    }.
folder-data-not-run = Ce fichier est un programme du site d’origine : il n’est pas exécuté
    .hint = { $known ->
        [yes] Ce qu’il donne aux pages de ce dossier s’écrit dans { $file } : { $proposal }
       *[no] Écrivez dans { $file } ce qu’il donne aux pages de ce dossier, comme dans leur en-tête.
    }
segment-incomplete = Il manque une adresse ou un titre à cette étape du fil d’Ariane
    .hint = Écrivez les deux : « - url: /mission/ », puis « title: Mission » sur la ligne suivante.
title-missing = Cette page n’a pas de titre dans son en-tête : « { $title } » en tient lieu
    .hint = Ajoutez « title: » dans l’en-tête de la page.
page-empty = Cette page est vide
    .hint = Écrivez son texte, ou retirez le fichier.
heading-empty = Ce titre est vide : il n’est pas publié
    .hint = Écrivez ses mots, ou retirez la ligne.
heading-silent = Ce titre n’a pas de mots : il est publié comme un paragraphe
    .hint = Écrivez ses mots, ou donnez un texte de remplacement à son image.
heading-level-repaired = Ce titre de niveau { $written } est publié au niveau { $published }
    .hint = Le titre de la page est au niveau 1 et les niveaux se suivent sans saut : écrivez { $published ->
        [2] « ## »
        [3] « ### »
        [4] « #### »
        [5] « ##### »
       *[other] « ###### »
    } devant ce titre et ceux du même rang.
id-taken = L’identifiant « { $id } » est déjà pris dans cette page : il est ignoré ici
    .hint = Choisissez-en un autre.
attribute-ignored = L’attribut « { $name } » ne sert pas ici : il est ignoré
    .hint = Vous pouvez le retirer.
nested-too-deep = Des éléments sont imbriqués trop profondément : ils sont publiés les uns à la suite des autres
    .hint = Simplifiez cette partie de la page.
shortcode-not-supported = Le code court « { $name } » n’est pas connu : il est publié tel qu’il est écrit
    .hint = Dites dans plantin.toml ce qu’il devient, sous [shortcodes]. Pour une image : { $shortcode } = "![{ "{" }2{ "}" }]({ "{" }1{ "}" })" ; pour un lien : "[{ "{" }2{ "}" }]({ "{" }1{ "}" })" ; pour rien : "".
shortcode-around = Le code court « { $name } » entoure un passage et n’est pas connu : ses deux balises sont retirées, ce qu’elles entourent est publié
    .hint = Pour le retirer sans message, écrivez dans plantin.toml, sous [shortcodes] : { $shortcode } = "". Pour encadrer un passage, écrivez « :::callout Titre ».
template-tag = La balise « { $name } » demande au site de décider ou de répéter : elle est retirée, ce qui l’entoure est publié
    .hint = Les gabarits ne sont pas exécutés. Écrivez dans la page ce que cette balise y mettait.
template-expression = « { $text } » est à remplir par le site : c’est publié tel quel
    .hint = Les gabarits ne sont pas exécutés. Écrivez à la place ce que le site y mettait.
template-comment-dropped = Un commentaire de gabarit n’est pas publié : { $text }
    .hint = Il n’y a rien à faire.
formula-unreadable = La formule « { $formula } » ne peut pas être lue : { $cause ->
        [command] la commande « { $piece } » n’est pas connue
        [environment] l’environnement « { $piece } » n’est pas connu
        [colour] la couleur « { $piece } » n’est pas connue
        [open] il manque « { $piece } » à la fin de ce qui est ouvert
        [closed] « { $piece } » ferme ce qui n’est pas ouvert
        [crossed] un environnement en ferme un autre
        [argument] il manque ce sur quoi une commande agit
        [parenthesis] il faut une parenthèse après « { $piece } »
        [twice] il y a deux indices ou deux exposants de suite
        [sign] le signe « { $piece } » n’a pas sa place ici
        [length] une longueur s’écrit avec son unité, comme 2em
        [long] elle est trop longue ou trop imbriquée
       *[other] une commande n’a pas sa place ici
    }
    .hint = Vérifiez ses accolades et le nom de ses commandes LaTeX. En attendant, elle est publiée comme du code. Pour un simple signe dollar, écrivez « \$ ».
container-unknown = Le bloc « { $name } » n’existe pas : son contenu est publié comme du texte ordinaire
    .hint = Blocs possibles : callout, quote, details, info, note, tip, important, warning, caution, success, error. La partie [containers] de plantin.toml dit lequel un autre nom désigne.
container-not-closed = Le bloc « { $name } » n’a pas de fin
    .hint = Ajoutez une ligne « ::: » (ou « ??? ») là où il se termine.
container-end-without-start = Cette ligne « ::: » termine un bloc qui n’a pas commencé
    .hint = Retirez-la, ou ajoutez le début du bloc, comme « :::callout Titre ».
footnote-undefined = La note « { $label } » n’existe pas : son appel est publié tel quel
    .hint = Ajoutez une ligne « [^{ $label }]: texte de la note ».
footnote-not-called = Rien ne renvoie à la note « { $label } » : elle est publiée après les autres
    .hint = Écrivez « [^{ $label }] » à l’endroit voulu, ou retirez la note.
footnote-empty = La note « { $label } » ne dit rien
    .hint = Écrivez ses mots, ou retirez-la avec ses appels.
footnote-defined-twice = La note « { $label } » est écrite deux fois : les renvois mènent à la première
    .hint = Donnez un autre nom à l’une des deux.
link-without-words = Ce lien n’a pas de texte : son adresse en tient lieu
    .hint = Écrivez entre crochets où il mène : [le nom de la page]({ $address }).
link-around-blocks = Le lien vers { $address } entoure plusieurs blocs : il est perdu
    .hint = Mettez le lien sur des mots : [texte]({ $address }).
address-dangerous = L’adresse « { $address } » lancerait un programme : le lien est retiré, ses mots restent
    .hint = Remplacez-la par l’adresse d’une page.
image-without-alternative = Cette image n’a pas de texte de remplacement
    .hint = Ajoutez alt="…" avec ce qu’elle dit, ou alt="" si elle ne fait que décorer.
medium-without-title = Cet élément { $name } n’a pas de titre : { $address }
    .hint = Ajoutez title="…" avec ce que l’on y voit : c’est ce qui le remplace à l’impression.
medium-in-line = Cet élément { $name } est au milieu d’une phrase : il devient un lien vers { $address }
    .hint = Mettez-le dans un paragraphe à part.
details-without-summary = Cette partie repliable n’a pas de résumé
    .hint = Ajoutez <summary>…</summary> juste après <details>.
table-text-outside-cells = Ce tableau contient du texte hors de ses cellules : il est publié avant le tableau
    .hint = Mettez ce texte dans une cellule, ou hors du tableau.
break-ignored = Un saut de ligne au bord d’un paragraphe ne montre rien : il est ignoré
    .hint = Pour de l’espace, laissez faire la mise en page ; pour une nouvelle page à l’impression, écrivez « \newpage ».
html-not-closed = L’élément HTML { $name } n’a pas de fin : il s’arrête avec le bloc qui le contient
    .hint = Ajoutez son étiquette de fin.
html-end-without-start = L’étiquette { $name } termine un élément qui n’a pas commencé ici : elle est ignorée
    .hint = Retirez-la, ou vérifiez où commence l’élément.
html-unknown = L’élément HTML { $name } n’a pas d’équivalent : seul son texte est publié
    .hint = Remplacez-le par du Markdown.
html-dropped = L’élément HTML { $name } et son contenu ne sont pas publiés
    .hint = Les programmes et les styles n’ont pas leur place dans une page : retirez-le.
html-handler-dropped = L’attribut « { $name } » lancerait un programme : il est retiré
    .hint = Retirez-le de la page.
html-comment-dropped = Un commentaire n’est pas publié : { $text }
    .hint = Il n’y a rien à faire.
html-comment-not-closed = Un commentaire n’a pas de fin : tout ce qui le suit dans ce bloc est perdu : { $text }
    .hint = Ajoutez « --> » là où il se termine.
front-matter-list-too-long = « { $key } » a { $count } valeurs : { $most } sont lues, les autres sont laissées de côté
    .hint = Gardez celles qui aident à trouver la page.
code-not-coloured = Cette page a trop de code pour qu’il soit coloré : à partir d’ici, il est publié sans couleurs
    .hint = Coupez ses lignes très longues, ou découpez la page.
table-too-large = Ce tableau aurait plus de { $most } cases, en comptant celles qui manquent ou sont recouvertes : ses textes sont publiés les uns à la suite des autres
    .hint = Découpez-le en plusieurs tableaux, aux lignes de même longueur.
page-too-many-lines = Cette page a plus de { $most } lignes : ce qui commence ici n’est pas publié
    .hint = Découpez-la en plusieurs pages.
page-too-tangled = Cette partie de la page est trop embrouillée pour être comprise : il faudrait en relire les signes plus de { $times } fois
    .hint = Cherchez ici des balises, des crochets ou des listes sans fin, ou découpez la page. Ce qui n’est pas compris est publié tel qu’il est écrit.
html-too-many-attributes = La balise { $name } a trop d’attributs : { $most } sont lus, { $count } sont laissés de côté
    .hint = Retirez ceux qui ne servent à rien.
more-problems = Cette page a { $count } autres problèmes, qui ne sont pas tous listés
    .hint = Corrigez d’abord ceux qui le sont.

# Ce qui devait être mis en forme et ne l’est pas.

stray-image = « { $text } » ressemble à une image, mais n’en est pas une : ces signes sont publiés tels quels
    .hint = Écrivez « ![description](adresse) », sans espace entre les crochets et la parenthèse ; une adresse qui a des espaces s’écrit entre < et >. Si ces signes sont voulus, écrivez \ devant le premier.
stray-link = « { $text } » ressemble à un lien, mais n’en est pas un : ces signes sont publiés tels quels
    .hint = Écrivez [texte](adresse), sans espace entre le crochet et la parenthèse ; une adresse qui a des espaces s’écrit entre < et >. Si ces signes sont voulus, écrivez \ devant le premier.
stray-reference = « { $text } » ressemble à un lien, mais aucune adresse ne porte ce nom : ces signes sont publiés tels quels
    .hint = Écrivez [texte](adresse), ou donnez l’adresse à part, sur une ligne « [nom]: adresse » sans espace devant les deux-points. Si ces signes sont voulus, écrivez \ devant le premier.
stray-footnote = « { $text } » ressemble à une note, mais n’en est pas une : ces signes sont publiés tels quels
    .hint = Le nom d’une note n’a pas d’espace : écrivez [^nom] à l’endroit de l’appel et « [^nom]: texte de la note » sur une ligne à part. Si ces signes sont voulus, écrivez \ devant le premier.
stray-callout = « { $text } » ressemble au nom d’un encadré, mais n’en est pas un : il est publié tel quel
    .hint = Écrivez « > [!NOTE] » au début d’une citation, avec un de ces noms : NOTE, TIP, IMPORTANT, WARNING, CAUTION, INFO, SUCCESS, ERROR, REMARQUE, ASTUCE, ATTENTION, AVERTISSEMENT, DANGER. Si ces signes sont voulus, écrivez \ devant le premier.
stray-attributes = « { $text } » n’est pas lu ici : ces signes sont publiés tels quels
    .hint = { $name ->
        [no] Écrivez-le à la fin d’un titre ou d’un paragraphe, ou juste après un lien ou une image ; une cellule et un terme n’en ont pas. Si ces signes sont voulus, écrivez \ devant le premier.
       *[other] Écrivez { "{" }#{ $name }{ "}" }, en lettres sans accent, à la fin d’un titre ou d’un paragraphe, ou juste après un lien ; une cellule et un terme n’en ont pas. Si ces signes sont voulus, écrivez \ devant le premier.
    }
stray-emphasis = « { $text } » n’est pas mis en valeur : ces signes sont publiés tels quels
    .hint = Collez les signes au premier et au dernier mot, et laissez une espace ou un signe de ponctuation de l’autre côté : un **mot** important. Si ces signes sont voulus, écrivez \ devant chacun.
stray-code = « { $text } » ressemble à du code qui n’a pas de fin : ces signes sont publiés tels quels
    .hint = Écrivez ` devant et derrière le code. Si c’est une apostrophe, écrivez ’ ; si ce signe est voulu, écrivez \ devant lui.
stray-fence = « { $text } » ressemble au bord d’un morceau de code, mais n’en est pas un : ces signes sont publiés tels quels
    .hint = Mettez ces signes seuls sur leur ligne, avant et après le code. S’ils sont voulus, écrivez \ devant chacun.
stray-heading = « { $text } » ressemble à un titre, mais n’en est pas un : cette ligne est publiée telle quelle
    .hint = Écrivez de un à six #, puis une espace ordinaire (ni collée, ni insécable), puis le titre. Si ces signes sont voulus, écrivez \ devant le premier.
stray-list = « { $text } » ressemble à une liste, mais n’en est pas une : ces lignes sont publiées les unes à la suite des autres
    .hint = Commencez chaque ligne par « - » (ou « 1. ») et une espace ordinaire, et laissez une ligne vide avant la première. Si ces signes sont voulus, écrivez \ devant le premier.
stray-table = « { $text } » ressemble à un tableau, mais n’en est pas un : ces lignes sont publiées telles quelles
    .hint = Sous la première ligne, écrivez-en une comme | --- | --- |, avec autant de cases qu’elle, et laissez une ligne vide avant le tableau. Si ces signes sont voulus, écrivez \ devant chacun.
stray-tabs = Ces lignes ressemblent à un tableau collé d’un autre logiciel, mais n’en sont pas un : elles sont publiées les unes à la suite des autres
    .hint = Séparez les cases par | au lieu de tabulations, et écrivez sous la première ligne une ligne comme | --- | --- |.
stray-container = « { $text } » ressemble au début d’un bloc, mais n’en est pas un : ces signes sont publiés tels quels
    .hint = Mettez-le seul sur sa ligne. S’ils sont voulus, écrivez \ devant le premier.
stray-sign = Le signe { $character } n’existe que dans la police d’un autre logiciel : ailleurs, on n’en voit qu’un carré
    .hint = Il vient sans doute d’un collage. Pour une puce, écrivez « - » et une espace au début de la ligne ; sinon, remplacez-le ou retirez-le.
stray-hidden = « { $text } » contient un signe invisible ({ $character }) : qui cherche ce mot ne le trouve pas
    .hint = Il vient sans doute d’un collage. Tapez de nouveau le mot.
stray-unread = « { $text } » ressemble à { $kind ->
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
    }, mais rien n’est mis en forme ici : ces signes sont publiés tels quels
    .hint = { $where ->
        [plain] L’en-tête de la page ne contient que des mots simples : retirez ces signes.
       *[html] Laissez une ligne vide entre la balise HTML qui précède (<details>, <div>…) et ce texte, et une autre avant la balise de fin ; ou écrivez-le en HTML.
    }
code-not-closed = Ce morceau de code n’a pas de fin : { $count ->
        [0] tout ce qui suivrait serait publié comme du code
        [one] la ligne qui suit est publiée comme du code
       *[other] les { $count } lignes qui suivent sont publiées comme du code
    }
    .hint = Ajoutez après le code une ligne avec les mêmes signes (``` ou ~~~) que celle-ci, et rien d’autre.
table-cell-dropped = Cette ligne a { $cells } cases et le tableau { $columns } : ce qui est en trop n’est pas publié : { $text }
    .hint = Ajoutez une colonne à la première ligne et à celle des « --- », ou retirez un « | ». Un « | » qui fait partie du texte s’écrit \|.
merge-conflict = Cette page contient deux versions que Git n’a pas su réunir ({ $text }) : elle n’est pas publiée
    .hint = Gardez une version de chaque passage entre « <<<<<<< » et « >>>>>>> », et retirez ces lignes et la ligne « ======= ».
merge-conflict-file = Ce fichier contient deux versions que Git n’a pas su réunir ({ $text }) : rien n’en est lu
    .hint = Gardez une version de chaque passage entre « <<<<<<< » et « >>>>>>> », et retirez ces lignes et la ligne « ======= ».
link-without-address = Ce lien n’a pas d’adresse : ses mots sont publiés sans lien : { $text }
    .hint = Écrivez l’adresse entre les parenthèses, ou retirez les crochets et les parenthèses.
address-with-spaces = Cette adresse a des espaces et n’est pas entre < et > : elle est lue comme une adresse : { $address }
    .hint = Écrivez-la entre < et > pour que d’autres logiciels la comprennent aussi : (<{ $address }>).
container-name-meant = « { $name } » est lu comme « { $own } »
    .hint = Il n’y a rien à faire. D’autres logiciels ne connaissent que « { $own } ».
callout-text-beside-name = Le texte de cet encadré est à côté de son nom : il est publié dans l’encadré
    .hint = Il n’y a rien à faire. D’autres logiciels le veulent sur la ligne suivante, après « > ».
pasted-from-office = Ce passage vient d’un traitement de texte ou d’un courriel : ses mots sont publiés, sa mise en forme est perdue ({ $count ->
        [one] une marque
       *[other] { $count } marques
    })
    .hint = Collez-le de nouveau sans mise en forme (Ctrl + Maj + V), puis remettez en Markdown les titres, les listes et les tableaux.
front-matter-broken = L’en-tête de cette page ne peut pas être lu : { $cause ->
        [tab] cette ligne commence par une tabulation
        [colon] le texte de cette ligne contient un deux-points
        [quote] un guillemet s’ouvre sur cette ligne et ne se ferme pas
        [quote-inside] un guillemet se ferme sur cette ligne avant la fin du texte
        [sign] le texte de cette ligne commence par un signe réservé
        [colon-missing] cette ligne n’est pas de la forme « clé: valeur »
        [toml] cette ligne n’est pas écrite comme le veut TOML
       *[indent] cette ligne n’est pas alignée avec celles de la même liste
    }
    .hint = { $cause ->
        [tab] Remplacez la tabulation par deux espaces.
        [colon] Mettez le texte entre guillemets droits, comme title: "Bilan : une année".
        [quote] Ajoutez le guillemet qui manque à la fin du texte.
        [quote-inside] Entourez le texte de guillemets droits ("), et écrivez ceux du texte « ».
        [sign] Mettez le texte entre guillemets droits, comme title: "@contact".
        [colon-missing] Écrivez un deux-points et une espace entre la clé et sa valeur, comme title: Le titre.
        [toml] Écrivez par exemple title = "Le titre".
       *[indent] Mettez autant d’espaces au début de cette ligne qu’au début des lignes du même rang.
    } En attendant, seules les lignes simples sont comprises.
front-matter-kind = L’en-tête de cette page est un programme ou une langue qui n’est pas lue : il est laissé de côté
    .hint = Écrivez-le entre deux lignes « --- », en lignes « clé: valeur ».
front-matter-displaced = L’en-tête de cette page a été reconnu, bien que { $oddity ->
        [before] des espaces ou une ligne vide le précèdent
        [dashes] ses lignes de tirets ne soient pas « --- »
       *[opening] la ligne « --- » manque au-dessus
    }
    .hint = Faites de « --- » la toute première ligne du fichier, sans espace devant, et une autre ligne « --- » après l’en-tête.
front-matter-key-like = « { $key } » est compris comme « { $meant } »
    .hint = Écrivez { $meant } dans l’en-tête : c’est le nom que toutes les pages partagent.
front-matter-key-near = L’en-tête contient « { $key } », qui ne sert pas ici
    .hint = Vouliez-vous écrire « { $nearest } » ?
front-matter-taken = La valeur de « { $key } », « { $value } », est comprise comme « { $said } »
    .hint = Pour ne plus voir ce message, écrivez { $key }: { $said }, entre guillemets droits si c’est un texte.
front-matter-comment = Ce qui suit le signe « # » n’est pas publié dans « { $key } » : { $comment }
    .hint = Si cela fait partie du texte, mettez le tout entre guillemets droits.
gate-taken = « { $key }: { $value } » est compris : cette page { $outcome ->
        [kept] n’est pas publiée
       *[published] est publiée
    }
    .hint = Pour ne plus voir ce message, écrivez { $outcome ->
        [kept] draft: true
       *[published] draft: false, ou retirez la ligne
    }.
gate-unclear = « { $key }: { $value } » ne dit pas si cette page est à publier : elle ne l’est pas
    .hint = Écrivez draft: true pour la garder, ou draft: false pour la publier. Un jour s’écrit publishDate: 2026-01-31 ou expiryDate: 2026-01-31.
date-unclear = « { $value } » peut désigner deux jours : « { $key } » n’a pas de date
    .hint = Écrivez l’année, le mois et le jour, comme { $date }.
event-without-start = Cet événement n’a pas de date de début : il n’est pas annoncé
    .hint = Écrivez sous event: une ligne start: 2026-05-12, ou start: 2026-05-12 14:30.
event-ends-before = Cet événement finirait avant de commencer : sa fin est ignorée
    .hint = Corrigez start ou end.
event-key-unknown = « { $key } » ne dit rien d’un événement
    .hint = Un événement a un début (start), une fin (end) et un lieu (place).
folder-data-broken = Ce fichier de données ne peut pas être lu à partir de cette ligne
    .hint = Vérifiez les guillemets, les virgules et les accolades, ou écrivez les mêmes valeurs dans un fichier « _defaults.yaml » du même dossier.
file-name-same = Un autre fichier de ce dossier porte le même nom, dont les accents sont enregistrés autrement : un seul des deux est lu
    .hint = Retirez-en un, ou donnez-lui un autre nom.
