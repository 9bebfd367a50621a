# html : les pages du site et le corps des livres

id-left-out = L’identifiant « { $id } » est déjà pris dans la page, ou contient une espace : il n’est pas repris
    .hint = Donnez un autre nom, sans espace, entre les accolades : {"{"}#nom{"}"}.

theme-template-broken = Ce modèle de page contient une erreur ({ $reason }) : le modèle fourni avec le programme est utilisé à sa place
    .hint = Corrigez la ligne indiquée, ou supprimez le fichier pour revenir au modèle fourni.
theme-not-utf-8 = Ce modèle de page n’est pas enregistré en UTF-8 : le modèle fourni avec le programme est utilisé à sa place
    .hint = Enregistrez le fichier en UTF-8.
html-image-undecodable = L’image { $file } ne peut pas être décodée : le site la donne telle quelle, et elle risque de ne pas s’afficher
    .hint = Ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau.
