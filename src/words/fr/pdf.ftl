# pdf : les pages imprimées

pdf-character = Le caractère « { $character } » ({ $code }) n’existe dans aucune police : { $rare ->
        [replace] un carré est imprimé à sa place
        [drop] il manque dans le PDF
       *[keep] son code est imprimé à sa place
    }
    .hint = Remplacez-le par un autre signe, ou ajoutez une police qui le contient (TTF, OTF) dans themes/fonts.
pdf-drawing-too-costly = Peindre le dessin « { $file } » demanderait plus d’un demi-gigaoctet de mémoire ou plusieurs secondes : il manque dans le PDF
    .hint = Réduisez ses ombres, ses flous et ses motifs dans votre logiciel de dessin, ou exportez-le en PNG.
pdf-image-unreadable = L’image « { $file } » est endommagée ou n’est ni PNG, ni JPEG, ni GIF, ni WebP, ni SVG : elle manque dans le PDF
    .hint = Ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau, en PNG par exemple.
pdf-image-painted = L’image « { $file } » est peinte point par point dans le PDF : { $cause ->
        [letters] ses mots contiennent un signe qu’aucune police n’a ({ $letters }), et il peut y manquer
       *[other] elle contient quelque chose qu’un PDF d’archives n’admet pas
    }
    .hint = { $cause ->
        [letters] Mettez dans « themes/fonts » une police qui contient ce signe, ou transformez les mots du dessin en tracés.
       *[other] Son texte de remplacement la décrit toujours. Vérifiez-la dans le PDF ; pour qu’elle reste nette à toutes les tailles, simplifiez le dessin.
    }
pdf-image-refused = L’image « { $file } » manque dans le PDF, où son texte de remplacement la remplace : { $cause ->
        [letters] ses mots contiennent un signe qu’aucune police n’a ({ $letters })
       *[other] elle contient quelque chose qu’un PDF d’archives n’admet pas
    }
    .hint = Enregistrez-la en PNG ou en JPEG.
pdf-image-too-large = L’image « { $file } » a plus de 64 millions de pixels : elle manque dans le PDF
    .hint = Réduisez-la : 2000 pixels de large suffisent pour une page imprimée.
pdf-table-too-wide = Ce tableau de { $columns } colonnes est trop large pour le papier : dans le PDF, ses mots sont coupés en morceaux ou se chevauchent
    .hint = Divisez-le en plusieurs tableaux, ou écrivez en lignes ce qui est en colonnes. Le site et le livre le montrent en entier.
pdf-too-deep = Des listes, des citations ou des encadrés sont imbriqués trop profondément pour être imprimés tels quels : leur texte est imprimé à la suite
    .hint = Simplifiez ce passage : trois niveaux suffisent presque toujours.
pdf-heading-empty = Un titre sans texte n’est pas imprimé
    .hint = Donnez-lui un texte, ou supprimez la ligne.
pdf-title-empty = Le titre de la page est vide : le PDF porte « … » à sa place
    .hint = Écrivez « title: » suivi du titre en tête de la page.
pdf-page-break-inside = Un saut de page demandé dans une liste, un encadré, une citation ou un tableau est ignoré
    .hint = Placez-le entre deux paragraphes, hors de tout autre élément.
pdf-too-long = La page compte { $length } caractères : elle est trop longue pour être imprimée, son PDF n’est pas produit
    .hint = Partagez-la en plusieurs pages.
pdf-font-unreadable = Ce fichier n’est pas une police que le PDF peut utiliser
    .hint = Fournissez la police en TTF ou en OTF ; les formats WOFF et WOFF2, faits pour le Web, ne conviennent pas.
pdf-theme = Le thème d’impression contient une erreur, le thème d’origine est utilisé à sa place
    .hint = Corrigez la ligne indiquée, ou retirez ce fichier pour revenir au thème d’origine. L’option --verbose montre ce qu’en dit le programme de composition, en anglais.
pdf-theme-font = La police « { $font } » n’existe pas : une autre est utilisée à sa place
    .hint = Déposez-la en TTF ou en OTF dans « themes/fonts », ou corrigez son nom ; les polices de cette machine ne sont pas utilisées, pour que le PDF soit partout le même.
pdf-theme-warning = Le thème d’impression est peut-être à revoir
    .hint = Vérifiez la ligne indiquée : le PDF est produit malgré tout. L’option --verbose montre ce qu’en dit le programme de composition, en anglais.
pdf-simplified = Cette page n’a pu être imprimée que sans ses images et sans ses caractères rares
    .hint = Retirez les images une à une pour trouver celle qui gêne, et signalez-nous le cas. L’option --verbose montre ce qu’en dit le programme de composition, en anglais.
pdf-failed = Le PDF n’a pas pu être produit
    .hint = Les autres fichiers ne sont pas touchés. Signalez-nous le cas avec la page qui le provoque. L’option --verbose montre ce qu’en dit le programme de composition, en anglais.
