# Les termes que le manuel emploie toujours de la même façon.
# Le terme de même nom, dans le dossier d’une autre langue, en donne la traduction.

-page = page
-publication = publication
-workspace = espace de travail
-build = composition
-unit = unité
-catalogue = catalogue
-breadcrumb = fil d’Ariane
-alternative-text = texte de remplacement
-table-of-contents = table des matières
-book = livre
-collection = recueil
-front-matter = en-tête
-anchor = ancre
-checksum = empreinte
-manifest = manifeste
-stale = périmée
-missing = manquante
-draft = proposée
-callout = encadré
-screen-reader = lecteur d’écran
