# Les mots de la publication en français.
# Chaque mot de l’interface peut être changé ici : la liste est dans le manuel.

publication-title = Ma publication
publication-description = Une publication de plus, en plusieurs langues et en plusieurs formats.
publisher = Mon service
