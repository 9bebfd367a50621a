publication-title = Essai
publisher = { $page } et { NUMBER($count) }
you-are-here = Vous êtes ici :
pages = { $count ->
    [one] une page
   *[other] { $count } pages
}
-terme = Mot
    .genre = masculin
renvoi = { -terme } { pages.x } { "é\u00e9" }
