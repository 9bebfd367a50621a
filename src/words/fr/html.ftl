# html : les pages du site et le corps des livres

id-left-out = L’identifiant « { $id } » est déjà pris dans la page, ou contient une espace : il n’est pas repris
    .hint = Donnez un autre nom, sans espace, entre les accolades : {"{"}#nom{"}"}.

theme-template-broken = Ce modèle de page contient une erreur, et le modèle fourni avec le programme est utilisé à sa place : { $cause ->
        [syntax] une balise de gabarit n’est pas écrite comme il faut
        [undefined] il se sert de quelque chose qui n’existe pas
        [unknown] il appelle une fonction, un filtre ou un test qui n’existe pas
        [block] il appelle un bloc qui n’existe pas
        [absent] il se sert d’un autre modèle, qui n’existe pas
        [operation] il demande une opération impossible, ou lui donne trop ou trop peu
       *[other] il ne peut pas être rempli
    }
    .hint = Corrigez la ligne indiquée, ou supprimez le fichier pour revenir au modèle fourni.
theme-not-utf-8 = Ce modèle de page n’est pas enregistré en UTF-8 : le modèle fourni avec le programme est utilisé à sa place
    .hint = Enregistrez le fichier en UTF-8.
theme-file-unread = Rien ne lit ce fichier du thème : il n’a aucun effet
    .hint = Donnez-lui le nom et le dossier du fichier qu’il doit remplacer, ou nommez-le dans un autre fichier du thème ; le manuel donne la liste, dans « L’aspect des pages ».
theme-file-unread-near = Rien ne lit ce fichier du thème : il n’a aucun effet
    .hint = Vouliez-vous dire « { $near } » ?
theme-block-unknown = Le bloc « { $name } » n’existe pas dans le modèle fourni avec le programme : rien de ce qu’il contient n’est montré
    .hint = Vouliez-vous dire « { $near } » ? Les blocs sont : { $blocks }.
theme-outside-blocks = Ce qui est écrit hors des blocs d’un modèle qui en complète un autre n’est pas montré
    .hint = Mettez-le dans l’un de ces blocs : { $blocks }.
theme-style-alone = Cette feuille de style remplace toute celle du programme, et ne parle que de { $said } de ses { $classes } classes : le reste est montré sans style
    .hint = Pour la compléter au lieu de la remplacer, commencez par cette ligne : { $line }
html-image-undecodable = L’image { $file } ne peut pas être décodée : le site la donne telle quelle, et elle risque de ne pas s’afficher
    .hint = Ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau.
