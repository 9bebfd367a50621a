# html : les pages du site et le corps des livres

id-left-out = L’identifiant « { $id } » est déjà pris dans la page, ou contient une espace : il n’est pas repris
    .hint = Donnez un autre nom, sans espace, entre les accolades : {"{"}#nom{"}"}.
