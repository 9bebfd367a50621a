# Ce qui est dit en faisant le livre numérique (EPUB).

epub-image-format = L’image { $image } est d’un type que les livres numériques n’admettent pas ({ $type }) : son texte de remplacement est affiché à sa place dans l’EPUB
    .hint = Enregistrez l’image au format PNG, JPEG, WebP ou SVG, puis changez son nom dans la page.
epub-image-undecodable = L’image { $image } est abîmée et ne peut pas être décodée : son texte de remplacement est affiché à sa place dans l’EPUB
    .hint = Ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau.
epub-drawing-broken = Le dessin SVG { $image } ne peut pas être lu : son texte de remplacement est affiché à sa place dans l’EPUB
    .hint = Ouvrez le dessin dans votre logiciel et exportez-le de nouveau en « SVG simple », ou en PNG.
epub-drawing-mended = Le dessin SVG { $image } contient des éléments interdits dans un livre numérique : ils ont été retirés de l’EPUB ({ $removed })
    .hint = Vérifiez le dessin dans le livre. Pour ne plus voir ce message, exportez-le de nouveau en « SVG simple ».
