# verify : ce qui a été exporté, relu et comparé

about-verify = Relit les exports et prouve qu’ils disent tous la même chose
arg-verify = Relit tout à la fin et compare
arg-against = Compare les exports à ceux de ce dossier, octet par octet, et non aux sources

verified =
    { $pages ->
        [one] { $pages } page relue
       *[other] { $pages } pages relues
    }
verified-same = Tous les formats et toutes les langues disent la même chose.
verified-different =
    { $count ->
        [one] { $count } différence
       *[other] { $count } différences
    }

verify-shows = { $who } : « { $what } »
verify-shows-nothing = { $who } : rien
verify-medium-source = vos pages
verify-medium-html = site
verify-medium-epub = livre
verify-medium-pdf = PDF
verify-medium-whole-pdf = PDF de l’ensemble

verify-absent = Il n’y a rien à relire dans { $path }
    .hint = Composez d’abord : plantin build
verify-page = { $place } : la page manque ici : { $shown }
    .hint = Composez de nouveau ; si elle manque encore, voyez ce que « plantin build » dit de cette page.
verify-unreadable = { $place } : le fichier ne peut pas être relu : { $shown }
    .hint = Le fichier est abîmé ou a été modifié à la main : composez de nouveau.
verify-title = { $place } : le titre du document n’est pas le même partout : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-document-language = { $place } : le document n’annonce pas la même langue partout : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-trail = { $place } : le fil d’Ariane n’est pas le même partout : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-notice = { $place } : la date, ou ce qui est dit de la traduction, n’est pas la même chose partout : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-contents = { $place } : le sommaire ne l’appelle pas comme ses titres : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-missing = { $place } : un passage manque : { $shown }
    .hint = Composez de nouveau. S’il manque encore, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-extra = { $place } : il y a quelque chose que les autres n’ont pas : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-order = { $place } : le passage « { $piece } » ne vient pas après le même partout : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-text = { $place } : les mots ne sont pas les mêmes : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-kind = { $place } : « { $piece } » n’est pas le même genre de passage, ou un titre d’un autre niveau : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-nesting = { $place } : « { $piece } » n’est pas dans la même liste, la même citation ou le même tableau : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-label = { $place } : l’élément « { $piece } » n’a pas le même numéro ou le même signe : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-cell = { $place } : la cellule « { $piece } » n’est pas à la même place, ou n’a pas le même en-tête : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-anchor = { $place } : « { $piece } » ne s’atteint pas par les mêmes noms : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-link = { $place } : les liens de « { $piece } » ne mènent pas aux mêmes endroits : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-image = { $place } : les images de « { $piece } » n’ont pas le même texte : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-language = { $place } : « { $piece } » n’est pas annoncé dans la même langue : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-emphasis = { $place } : ce ne sont pas les mêmes mots de « { $piece } » qui sont mis en relief, en code ou en exposant : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-mark = { $place } : « { $piece } » ne porte pas la même mention de sa traduction : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-return = { $place } : la note « { $piece } » ne ramène pas aux mêmes appels : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-identifier = { $place } : deux parties du fichier portent le même nom, ou ce nom n’est pas dans la liste du fichier : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-place = { $place } : un nom mène ailleurs qu’à la partie qui le porte : { $shown }
    .hint = Composez de nouveau. Si la différence reste, c’est un défaut de Plantin ou du thème : signalez-le, avec la page.
verify-format = Rien de ce format n’est là pour être relu : { $shown }
    .hint = Composez-le : plantin build --format { $formats }
verify-file = { $place } : ce fichier n’est que dans un des deux dossiers : { $shown }
    .hint = Composez les deux à partir des mêmes sources, avec la même version de Plantin.
verify-bytes = { $place } : les octets ne sont pas les mêmes, mais la lecture l’est
    .hint = Composez les deux à partir des mêmes sources, avec la même version de Plantin. Si la différence reste, signalez-la.

## Le rapport

verify-report-language = fr
verify-report-title = Preuve que tous les exports disent la même chose
verify-report-lead = Chaque page a été relue dans ses fichiers, dans chaque format et chaque langue, telle qu’on la rencontre, puis comparée aux autres et à sa source.
verify-report-same = Tous les formats et toutes les langues disent la même chose.
verify-report-pages = Les pages, par langue et par format
verify-report-page = Page
verify-report-equal = pareil
verify-report-different = différent
verify-report-absent = absent
verify-report-none = pas publié dans ce format
verify-report-details = Ce qui diffère
verify-report-shows = Ce que chacun montre
verify-report-unit = unité
verify-report-back = Retour au tableau
verify-report-whole = L’ensemble des exports
verify-report-criteria = Critères du RGAA { $version } dont il s’agit
verified-files =
    { $files ->
        [one] { $files } fichier comparé octet par octet
       *[other] { $files } fichiers comparés octet par octet
    }
verified-identical = Les deux dossiers contiennent les mêmes fichiers, octet pour octet.
