# Les mots de cette publication en français.
#
# Seuls figurent ici les mots propres à la publication : ceux de l’interface (« Accueil »,
# « Page suivante »…) sont dans le programme, et se remplacent ici au besoin.

publication-title = Le manuel de Plantin
publication-description = Écrire une seule fois, publier en site, en PDF et en livre numérique, dans toutes les langues
publisher = Le projet Plantin
