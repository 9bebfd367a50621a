# deposit : ce qui est remis à une archive, et ce qui ne va pas dans un sac

about-deposit = Prépare ce qui est remis à une archive, ou vérifie un dépôt
about-deposit-bag = Fait un sac BagIt (RFC 8493) : exports, sources, catalogues, réglages, licences des polices
about-deposit-seda = Fait un transfert SEDA : manifest.xml et content/
about-deposit-check = Vérifie un sac BagIt ou un transfert SEDA, quel que soit le programme qui l’a fait

value-tag = ÉTIQUETTE
value-bag = SAC
value-version = VERSION

arg-out-deposit = Le dossier dans lequel le dépôt est rangé
arg-exports = Ce qui a été composé ; par défaut, le dossier « exports » de l’espace de travail
arg-zip = Range le dépôt dans un seul fichier, au format zip
arg-tag = Seulement les pages qui portent ces étiquettes
arg-force = Fait le dépôt malgré ce qui s’y oppose, et y écrit pourquoi il aurait dû être refusé
arg-allow-commands = Laisse les commandes que nomme plantin.toml s’exécuter sans le demander, quand personne n’est là pour dire oui
arg-schema = La version du SEDA : 2.3 ou 2.2 ; par défaut, celle du profil, sinon 2.3
arg-bag = Le sac ou le transfert : un dossier ou un zip
arg-workspace-signature = L’espace de travail dont les réglages disent comment vérifier les signatures

deposit-done =
    { $files ->
        [one] { $files } fichier ({ $bytes }) déposé dans { $path }
       *[other] { $files } fichiers ({ $bytes }) déposés dans { $path }
    }
deposit-refused = Rien n’a été écrit. Avec --force, le dépôt est fait malgré tout, et dit ce qui n’allait pas.
bag-whole =
    { $files ->
        [one] { $path } : le sac est entier et intact (BagIt { $version }, { $files } fichier, { $bytes }, { $algorithms })
       *[other] { $path } : le sac est entier et intact (BagIt { $version }, { $files } fichiers, { $bytes }, { $algorithms })
    }
bag-not-whole =
    { $files ->
        [one] { $path } : le sac n’est pas valide (BagIt { $version }, { $files } fichier, { $bytes }, { $algorithms })
       *[other] { $path } : le sac n’est pas valide (BagIt { $version }, { $files } fichiers, { $bytes }, { $algorithms })
    }
transfer-whole =
    { $files ->
        [one] { $path } : le transfert est complet et intact (SEDA { $version }, { $files } fichier, { $bytes }, { $algorithms })
       *[other] { $path } : le transfert est complet et intact (SEDA { $version }, { $files } fichiers, { $bytes }, { $algorithms })
    }
transfer-not-whole =
    { $files ->
        [one] { $path } : le transfert n’est pas valide (SEDA { $version }, { $files } fichier, { $bytes }, { $algorithms })
       *[other] { $path } : le transfert n’est pas valide (SEDA { $version }, { $files } fichiers, { $bytes }, { $algorithms })
    }
bag-signature-good = La signature est bonne.

## Ce qui s’oppose à un dépôt

deposit-no-exports = Il n’y a rien à déposer dans { $path } : aucune composition n’y est terminée
    .hint = Composez d’abord : plantin build
deposit-exports-incomplete = Les exports n’ont rien au format { $format } en « { $language } »
    .hint = Composez tous les formats et toutes les langues : plantin build
deposit-exports-stale = { $count ->
        [one] Une page a changé depuis la dernière composition
       *[other] { $count } pages ont changé depuis la dernière composition
    }
    .hint = Composez de nouveau : plantin build
deposit-export-differs = Le fichier « { $path } » n’est pas celui que le manifeste décrit
    .hint = Il a été modifié ou abîmé après la composition : composez de nouveau avec plantin build.
deposit-difference = La page « { $page } » ne dit pas la même chose dans tous les formats, en « { $language } » : { $count ->
        [one] une différence
       *[other] { $count } différences
    }
    .hint = La commande « plantin verify » les montre une à une.
deposit-not-reviewed = La page « { $page } » est relue à { $share } % en « { $language } », il en faut { $wanted } %
    .hint = Relisez ses traductions, ou changez le seuil « reviewed » de la table [deposit] dans plantin.toml.
deposit-validator-failed = La commande « { $command } » n’accepte pas ce qui devait être déposé : { $message }
    .hint = Corrigez ce qu’elle signale, ou retirez-la de « validators » dans plantin.toml.
deposit-exists = { $path } existe déjà ; rien n’y a été touché
    .hint = Choisissez un autre dossier avec --out, ou déplacez l’ancien dépôt.
deposit-not-signed = La commande « { $command } » n’a pas donné de signature : { $message }
    .hint = Essayez-la dans un terminal, ou retirez « sign » de plantin.toml. Rien n’a été écrit.
commands-wanted = L’espace de travail { $path } veut lancer, avec vos droits, ce qu’il n’a pas encore lancé ici :
commands-question = Lancer cela ? Ne dites oui que si vous savez ce que cela fait. [o/N]
commands-not-kept = Votre réponse n’a pas pu être gardée : elle vous sera redemandée.
commands-not-allowed = Cet espace de travail nomme des commandes qui n’ont pas encore été lancées ici, et personne n’est là pour dire oui : { $command }
    .hint = Lisez-les dans la partie « [deposit] » de plantin.toml. Si vous avez confiance en qui les a écrites, ajoutez « --allow-commands », ou donnez à PLANTIN_ALLOW_COMMANDS la valeur 1 ; dans un terminal, la question est posée une fois. Rien n’a été lancé.
commands-refused = Vous n’avez pas autorisé les commandes de cet espace de travail : { $command }
    .hint = Demandez à qui a écrit plantin.toml à quoi elles servent, ou retirez-les de la partie « [deposit] ». Rien n’a été lancé.
profile-unreadable = Le profil de dépôt contient une erreur : { $cause ->
        [unknown] « { $piece } » n’est pas un nom qu’il connaît
        [missing] « { $piece } » y manque
        [type] cette valeur n’est pas de la sorte attendue
       *[other] cette ligne n’est pas de la forme nom = "valeur"
    }
    .hint = Corrigez cette ligne ; docs/deposit.schema.json décrit chaque réglage.
deposit-no-archival-agency = Le profil de dépôt ne nomme pas le service d’archives : le transfert est adressé à l’organisme lui-même
    .hint = Ajoutez à deposit.toml : [seda] archival-agency = { "{" } identifier = "…" { "}" }
tag-unknown = Aucune page ne porte l’étiquette « { $tag } »
    .hint = Les étiquettes sont dans l’en-tête des pages, à la ligne « tags ».

## Ce qui ne va pas dans un sac

bag-not-found = Il n’y a pas de dépôt à l’endroit indiqué : { $path }
    .hint = Donnez le dossier qui contient bagit.txt ou manifest.xml, ou un zip.
bag-zip-unreadable = Ce zip ne peut pas être lu : { $cause ->
        [kind] il est comprimé ou chiffré d’une façon qui n’est pas connue
        [password] il est protégé par un mot de passe
       *[other] il est abîmé, ou ce n’est pas un zip
    }
    .hint = Il est abîmé ou incomplet : demandez-en une autre copie.
bag-bomb = Ce zip se déploierait en des quantités démesurées : rien n’en a été lu
    .hint = Ne l’ouvrez avec aucun programme, et prévenez la personne qui vous l’a remis.
bag-entries-overlap = Des fichiers de ce zip se recouvrent ou portent le même nom : rien n’en a été lu
    .hint = Ne l’ouvrez avec aucun programme, et prévenez la personne qui vous l’a remis.
bag-encrypted = Le fichier « { $path } » de ce zip est chiffré
    .hint = Demandez une copie sans mot de passe : une archive doit pouvoir être lue par tous.
bag-path-refused = Le chemin « { $path } » n’est pas permis ici
    .hint = Un chemin reste dans le dépôt, commence par « data/ » pour la charge utile d’un sac, et n’a ni « .. », ni barre au début, ni barre inversée.
bag-link = « { $path } » est un lien : un dépôt ne contient que des fichiers
    .hint = Remplacez le lien par le fichier auquel il mène.
bag-special = « { $path } » n’est pas un fichier ordinaire
    .hint = Retirez-le du sac.
bag-name-unreadable = Le nom « { $path } » n’est pas un texte lisible
    .hint = Renommez ce fichier en UTF-8, puis refaites le sac.
bag-declaration-missing = Ce n’est ni un sac ni un transfert : il n’y a ni bagit.txt ni manifest.xml
    .hint = Donnez le dossier qui contient l’un des deux, ou un zip dont ce dossier est le seul contenu.
bag-declaration-wrong = bagit.txt ne dit pas ce qu’il doit dire
    .hint = Il a deux lignes, sans marque d’ordre des octets : « BagIt-Version: 1.0 » et « Tag-File-Character-Encoding: UTF-8 ».
bag-version-unknown = La version { $version } de BagIt n’est pas connue : le sac est vérifié comme s’il était de la version 1.0
    .hint = Demandez à qui l’a fait quelle norme il suit.
bag-encoding-unknown = L’encodage « { $encoding } » n’est pas connu : les fichiers sont lus comme de l’UTF-8
    .hint = Refaites le sac en UTF-8.
bag-text-unreadable = Ce fichier n’est pas écrit en { $encoding }, contrairement à ce que dit bagit.txt
    .hint = Un nom de fichier y est peut-être abîmé ; refaites le sac.
bag-payload-empty = La charge utile est vide : il n’y a rien dans data/
    .hint = Vérifiez que c’est bien ce qui était voulu.
bag-no-manifest = Il n’y a pas de manifeste : rien ne dit ce que le sac doit contenir
    .hint = Un sac a au moins un manifeste, par exemple manifest-sha512.txt.
bag-algorithm-unknown = L’algorithme « { $algorithm } » n’est pas connu : les sommes de ce manifeste n’ont pas été vérifiées
    .hint = Les algorithmes connus sont MD5, SHA-1, SHA-224, SHA-256, SHA-384 et SHA-512.
bag-algorithm-broken = Les seuls manifestes sont faits avec { $algorithms } : ils révèlent un accident, pas une falsification
    .hint = Ajoutez un manifeste SHA-512, comme la norme le recommande.
bag-manifest-line = La ligne { $number } n’est pas faite d’une somme de contrôle et d’un chemin
    .hint = Le manifeste est peut-être abîmé : demandez-en une autre copie.
bag-manifest-too-long = Le manifeste a plus de { $limit } lignes : la suite n’a pas été lue
    .hint = Il est peut-être fait pour nuire : prévenez la personne qui vous l’a remis.
bag-tag-file-too-large = « { $path } » est trop gros : ces fichiers ne sont lus que jusqu’à { $largest } Mio
    .hint = Il est peut-être fait pour nuire : prévenez la personne qui vous l’a remis.
bag-too-many-manifests = Ce sac a { $count } manifestes : { $limit } au plus sont lus
    .hint = Un sac a un manifeste par algorithme. Il est peut-être fait pour nuire : prévenez la personne qui vous l’a remis.
bag-algorithm-twice = Deux manifestes sont faits avec { $algorithm } : l’autre est « { $other } »
    .hint = Un sac a un seul manifeste par algorithme. Demandez un nouvel exemplaire à la personne qui l’a fait.
bag-more-faults = Il y a d’autres problèmes : seuls les dix mille premiers sont dits
    .hint = Demandez une autre copie du sac.
bag-listed-twice = « { $path } » est deux fois dans le manifeste
    .hint = Le manifeste est peut-être abîmé : demandez-en une autre copie.
bag-name-otherwise = Le nom « { $path } » est écrit dans le manifeste avec d’autres caractères Unicode, qui se lisent de la même façon
    .hint = Le fichier est le bon ; un autre programme pourrait ne pas le trouver.
bag-name-not-encoded = Le nom « { $path } » n’est pas écrit dans le manifeste comme il le doit : « % » s’y écrit « %25 »
    .hint = Un autre programme peut y lire un autre nom : renommez ce fichier sans « % », ou refaites le sac.
bag-names-alike = Les noms « { $path } » et « { $other } » ne font qu’un pour certains systèmes
    .hint = Sur un disque de Windows ou de macOS, l’un remplacerait l’autre : renommez l’un des deux, puis refaites le sac.
bag-tag-manifest-listed = « { $path } » est un manifeste de fichiers d’étiquette : aucun de ces manifestes ne peut en contenir un
    .hint = Refaites le sac : la norme (RFC 8493, 2.2.1) l’interdit.
bag-tag-unlisted = « { $path } » n’est dans aucun manifeste de fichiers d’étiquette : rien ne dit s’il a été changé
    .hint = La norme le permet. Ne vous fiez à ce fichier que si vous savez d’où il vient.
bag-file-missing = « { $path } » manque
    .hint = Demandez une autre copie du sac.
bag-file-extra = « { $path } » n’est dans aucun manifeste
    .hint = Rien ne dit d’où vient ce fichier : retirez-le, ou refaites le dépôt.
bag-file-unlisted = « { $path } » n’est pas dans chaque manifeste : il manque dans { $manifests }
    .hint = Depuis la version 1.0, chaque manifeste donne tous les fichiers : refaites le sac.
bag-file-changed = « { $path } » n’a pas la somme de contrôle attendue ({ $algorithms })
    .hint = Ce fichier a été modifié ou abîmé : demandez une autre copie du sac.
bag-file-unreadable = « { $path } » ne peut pas être lu : { machine-says }
    .hint = Demandez une autre copie du sac.
bag-oxum = bag-info.txt annonce { $declared } (octets, puis fichiers), et le sac contient { $found }
    .hint = Des fichiers manquent ou sont de trop : voyez les autres messages.
bag-info-line = La ligne { $number } n’est pas faite d’un nom, de deux points et d’une valeur
    .hint = Une ligne qui continue la précédente commence par une espace.
bag-to-fetch = « { $path } » n’est pas encore dans le sac : il faut le chercher à l’adresse { $address }
    .hint = Placez-le dans le sac, puis vérifiez de nouveau. Ce programme ne télécharge rien.
bag-fetch-line = La ligne { $number } n’est pas faite d’une adresse, d’une longueur et d’un chemin
    .hint = fetch.txt est peut-être abîmé : demandez-en une autre copie.
bag-fetch-unlisted = fetch.txt donne « { $path } », qui n’est dans aucun manifeste
    .hint = Rien ne permettrait de vérifier ce fichier : refaites le sac.
bag-fetch-length = « { $path } » n’a pas la longueur que fetch.txt annonce
    .hint = Cherchez-le de nouveau à son adresse.
bag-signature-missing = Le dépôt n’est pas signé, et l’espace de travail demande qu’il le soit
    .hint = Demandez un dépôt signé, ou retirez « check-signature » de plantin.toml.
bag-signature-unchecked = Le dépôt est signé, et rien ne dit comment vérifier cette signature
    .hint = Avec --workspace, la commande « check-signature » de plantin.toml la vérifie.
bag-signature-refused = La signature n’est pas bonne, selon « { $command } » : { $message }
    .hint = Le dépôt a été changé, ou signé par quelqu’un d’autre : ne vous y fiez pas.

## Ce qui ne va pas dans un transfert

seda-not-utf-8 = Le manifeste n’est pas écrit en UTF-8
    .hint = Refaites le transfert en UTF-8.
seda-unreadable = Le manifeste ne peut pas être lu : { xml-says }
    .hint = Il est abîmé, ou n’est pas du XML : demandez-en une autre copie. Un manifeste n’a ni « <!DOCTYPE> » ni entités à lui.
seda-version-unknown = La version « { $version } » du SEDA n’est pas connue
    .hint = Les versions 2.0 à 2.3 sont vérifiées. Demandez un transfert dans l’une d’elles.
seda-empty = Le manifeste ne décrit aucun fichier
    .hint = Demandez si le transfert est complet.
seda-id-twice = L’identifiant « { $id } » est donné deux fois
    .hint = Refaites le transfert : chaque objet, chaque groupe et chaque unité d’archives a son identifiant.
seda-reference-broken = Le manifeste renvoie à « { $id } », qui n’y est pas
    .hint = Le manifeste est peut-être abîmé : demandez-en une autre copie.
seda-object-alone = Aucune unité d’archives ne renvoie à l’objet « { $id } »
    .hint = Un service d’archives peut refuser un fichier que rien ne décrit : demandez ce qu’il en est.
seda-object-without-file = L’objet « { $id } » n’a pas de fichier
    .hint = Le manifeste ne dit pas où est son contenu : demandez-en une autre copie.
seda-size = « { $path } » a { $found } octets, et le manifeste en annonce { $declared }
    .hint = Le fichier est abîmé, ou n’est pas le bon : demandez-en une autre copie.
seda-sum-unchecked = La somme de contrôle de « { $path } » ne peut pas être vérifiée : l’algorithme est « { $algorithm } »
    .hint = Refaites le transfert avec SHA-512 ou SHA-256.
