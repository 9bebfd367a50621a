# source

not-utf-8 = Ce fichier n’est pas enregistré en UTF-8 : un caractère est illisible ici
    .hint = Ouvrez-le dans un éditeur de texte et enregistrez-le avec l’encodage UTF-8. En attendant, le caractère est remplacé par « � ».
nul-in-text = Ce fichier contient un octet nul ici
    .hint = Ce n’est peut-être pas un fichier texte. Enregistrez-le de nouveau en texte brut, en UTF-8.
file-name-unreadable = Le nom de ce fichier n’est pas lisible : il n’est pas publié
    .hint = Renommez-le avec des lettres, des chiffres et des tirets.
file-unreadable = Ce fichier ne peut pas être lu : { $message }
    .hint = Vérifiez qu’il existe encore et que vous avez le droit de le lire.
file-too-large = Ce fichier est trop gros : { $size } Mio, pour { $largest } Mio au plus
    .hint = Réduisez-le ou découpez-le. Il n’est pas publié.
link-out-of-workspace = Ce raccourci mène hors du dossier de la publication : il n’est pas suivi
    .hint = Remplacez-le par une copie du fichier.
linked-folder = Ce dossier est un raccourci vers un autre : il n’est pas parcouru
    .hint = Remplacez-le par un vrai dossier.
folders-too-deep = Ce dossier est trop profond : il n’est pas parcouru
    .hint = Rapprochez-le du dossier des pages.
image-unreadable = Cette image est incomplète ou abîmée
    .hint = Ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau.
