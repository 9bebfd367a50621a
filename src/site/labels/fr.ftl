# L'interface d'une publication, en français.
# Chaque message peut être remplacé dans locales/fr/ui.ftl.

publication-title = Publication sans titre
publication-description = { "" }
publisher = { "" }

home = Accueil
you-are-here = Vous êtes ici :
see-breadcrumb = Voir le fil d’Ariane
contents = Sommaire
on-this-page = Sur cette page
skip-to-content = Aller au contenu
skip-to-navigation = Aller à la navigation
navigation = Navigation principale
choose-language = Langues
read-in-language = Lire en français
language-name = Français
download = Télécharger
download-pdf = Cette page en PDF
download-book-pdf = Toute la publication en PDF
download-epub = Toute la publication en EPUB
previous-page = Page précédente
next-page = Page suivante
footnotes = Notes
footnote = Note { $number }
back-to-text = Retour à l’appel de la note { $number }
back-to-text-again = Retour à l’appel { $occurrence } de la note { $number }
published-on = Publié le { $date }
updated-on = Mis à jour le { $date }
event = Événement
event-file = Ajouter à mon agenda (iCalendar)
event-on =
    { $kind ->
        [start] Événement : { $start }
        [hours] Événement : { $start } – { $end }
       *[days] Événement : du { $start } au { $end }
    }
event-at = { $when }, { $place }
event-moment = { $date } à { $time }
event-time =
    { $sharp ->
        [yes] { $hour } h
       *[no] { $hour } h { $minute }
    }
page-of = { $page } / { $pages }

callout-note = Note
callout-tip = Conseil
callout-important = Important
callout-warning = Attention
callout-caution = Danger
callout-callout = À retenir
callout-info = Information
callout-success = Succès
callout-error = Erreur

task-done = fait
task-open = à faire
listing = Code { $number }
table = Tableau { $number }
missing-image = Image absente : { $alternative }
video = Vidéo
audio = Son
frame = Page intégrée
slides = Diaporama
formula = Formule

mark-missing = non traduit
mark-stale = traduction à mettre à jour
mark-draft = traduction à relire
banner-fallback = Cette page n’est pas encore traduite. Elle est présentée dans sa langue d’origine.
banner-partial =
    { $count ->
        [one] Un passage de cette page n’est pas encore traduit ou n’est plus à jour : il est signalé.
       *[other] { $count } passages de cette page ne sont pas encore traduits ou ne sont plus à jour : ils sont signalés.
    }

switch-fallback = page pas encore traduite
switch-absent = page absente, lien vers l’accueil
not-found = Page introuvable
not-found-text = Il n’y a pas de page à cette adresse : elle a peut-être changé de place. Vous pouvez repartir d’ici.
neighbours = Pages voisines
tags = Mots-clés
tagged = Mot-clé : { $tag }
feed = Fil des nouveautés (Atom)
site-map = Plan du site
page-count =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
licence = Licence d’utilisation

cover = Couverture
cover-alternative = Couverture : { $words }
landmarks = Repères
start-of-text = Début du texte
accessibility-summary = Livre numérique fait de texte structuré : table des matières, titres hiérarchisés, listes, tableaux dont les en-têtes sont désignés et notes avec retour au texte. La langue de chaque passage est indiquée. L’affichage s’adapte aux réglages du lecteur.
accessibility-summary-images = { accessibility-summary } Les images ont un texte de remplacement.
accessibility-summary-some-images = { accessibility-summary } Les images ont un texte de remplacement, sauf celles que leurs auteurs donnent pour décoratives.
accessibility-summary-decorative = { accessibility-summary } Les images sont décoratives.
more-entries =
    { $count ->
        [one] Une autre page
       *[other] { $count } autres pages
    }
