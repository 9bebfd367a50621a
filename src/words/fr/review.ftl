# La page où l'on relit les traductions.

## Ce que dit la page

review-tag = fr
review-title = Relecture des traductions
review-pages = Pages à relire
review-page = Page
review-progress = Avancement
review-left = À faire
review-languages = Langues
review-all-pages = Toutes les pages
review-previous-page = Page précédente : { $title }
review-next-page = Page suivante : { $title }
review-terms = Glossaire
review-skip = Aller à la traduction
review-show = Passages montrés
review-show-all = Tous
review-show-left = À faire
review-state-missing = Non traduit
review-state-stale = À mettre à jour
review-state-draft = Proposition
review-state-translated = Traduit
review-state-reviewed = Relu
review-done-of = { $done } sur { $total }
review-position = Passage { $number } sur { $total }
review-editor = Traduction du passage
review-source = Original
review-before = Avant
review-after = Maintenant
review-translation = Traduction
review-notes = Remarques des traducteurs
review-previous = Précédent
review-next = Suivant
review-next-left = Suivant à faire
review-save = Enregistrer
review-save-reviewed = Enregistrer comme relu
review-save-draft = Garder comme proposition
review-copy = Copier l’original
review-revert = Annuler les changements
review-checks = Vérifications
review-checks-fine = Rien à signaler
review-unsaved = Modifié, pas encore enregistré
review-saved = Enregistré
review-refused = Pas enregistré : la traduction serait refusée. Corrigez ce qui est signalé, ou gardez-la comme proposition.
review-nothing-left = Plus rien à faire sur cette page
review-none-shown = Aucun passage ne correspond
review-absent = Pas enregistré : ce passage n’est plus dans la page. Rechargez la page.
review-failed = Pas enregistré
review-stopped = Le programme ne répond plus. Votre texte reste dans cette fenêtre : relancez « plantin review », puis recopiez-le.
review-damaged = Rien ne peut être enregistré ici pour l’instant.
review-conflict = Le fichier a changé
review-conflict-text = Quelqu’un d’autre, ou un autre programme, a modifié le fichier de traduction depuis que vous l’avez ouvert. Rien n’a été enregistré. Quelle traduction gardez-vous ?
review-yours = La vôtre
review-theirs = Celle du fichier
review-keep-mine = Garder la mienne
review-take-theirs = Prendre celle du fichier
review-decide-later = Décider plus tard
review-help = Aide du clavier
review-close = Fermer
review-keys = Les lettres seules ne comptent que hors du champ de traduction.
review-keys-off = Utiliser les lettres seules comme raccourcis
review-key-next = Passage suivant, précédent
review-key-next-left = Passage suivant à faire
review-key-edit = Aller au champ de traduction
review-key-leave = Quitter le champ de traduction
review-key-filter = Aller au choix des passages montrés
review-key-always = Partout, même dans le champ :
review-empty = Aucune page n’est à traduire dans cette langue.

## Ce qu'est un passage

review-role-title = titre de la page
review-role-description = description de la page
review-role-segment = fil d’Ariane
review-role-heading = titre de niveau { $level }
review-role-paragraph = paragraphe
review-role-item = élément de liste
review-role-cell = cellule de tableau
review-role-header = en-tête de tableau
review-role-caption = légende
review-role-alternative = texte de remplacement d’une image
review-role-term = terme défini
review-role-callout = titre d’un encadré
review-role-summary = titre d’une partie repliée
review-role-attribution = auteur d’une citation
review-role-media = titre d’un média
review-role-unknown = autre texte

review-language-fr = français
review-language-en = anglais
review-language-de = allemand
review-language-es = espagnol
review-language-it = italien
review-language-pt = portugais
review-language-nl = néerlandais

## Ce que dit le terminal

review-ready = Ouvrez cette adresse dans votre navigateur. Elle n’est valable que sur cette machine et jusqu’à l’arrêt du programme (Ctrl-C) ; ne la donnez à personne.
review-no-language = Il n’y a pas de traduction à relire : la publication n’a qu’une langue
    .hint = Ajoutez une langue à « languages », dans plantin.toml.
review-port-busy = Le port { $port } est déjà pris par un autre programme
    .hint = Choisissez-en un autre avec --port, ou laissez cette option de côté.
review-no-key = Cette adresse n’est plus celle de la relecture. Copiez celle que « plantin review » affiche dans le terminal et collez-la dans la barre d’adresse de votre navigateur.
review-from-elsewhere = La relecture ne s’ouvre pas depuis un autre site. Copiez l’adresse que « plantin review » affiche dans le terminal et collez-la dans la barre d’adresse de votre navigateur.
review-no-secret = La machine n’a pas pu donner un secret pour l’adresse
    .hint = Sans lui, n’importe quel programme de cette machine pourrait modifier les traductions. Redémarrez la machine, puis recommencez.
review-disk = { $path } n’a pas pu être lu ou écrit : { machine-says }
    .hint = Vérifiez que le disque est là et que vous avez le droit d’y écrire, puis recommencez.
review-extract-first = Le catalogue de cette page n’est pas là, et d’autres n’ont plus de page : l’un d’eux est peut-être le sien
    .hint = Lancez « plantin extract », qui le retrouve, puis rechargez cette page. En attendant, rien ne peut être enregistré ici.
