# Ce qu’un site fait par un autre programme ne peut pas apporter.

import-no-pages = Il n’y a pas de page en Markdown dans { $folder }
    .hint = Indiquez le dossier du site, celui qui contient ses réglages : « eleventy.config.js », « mkdocs.yml », « book.toml »…
import-exists = { $path } existe déjà avec un autre contenu ; rien n’a été écrit
    .hint = Choisissez un dossier vide avec « --out DOSSIER ». Fichiers dans ce cas : { $count }.
import-in-site = { $path } et { $folder } sont l’un dans l’autre ; rien n’a été écrit
    .hint = Choisissez un dossier à part avec « --out DOSSIER ».
import-address-unknown = L’adresse publique du site n’est dite nulle part : « { $address } » la remplace
    .hint = Corrigez « address » dans « plantin.toml ».
import-template = Ce gabarit n’est pas repris : c’est un programme d’Eleventy
    .hint = Plantin fait lui-même les pages d’index, de mots-clés, le plan du site et les fils. Écrivez en Markdown ce qu’il y a d’autre à lire.
import-data-computed = Ces données sont calculées par un programme, qui n’est pas exécuté
    .hint = Écrivez les mêmes valeurs dans « _defaults.yaml », ou dans « locales/<langue>/ui.ftl » pour les mots de l’interface.
import-data-partly = Une partie de ces données est calculée et n’est pas reprise : { $keys }
    .hint = Écrivez les mêmes valeurs dans « _defaults.yaml », ou dans l’en-tête des pages.
import-data-left = Ces données servent aux gabarits d’Eleventy et ne sont pas reprises
    .hint = Écrivez dans les pages ce qu’elles font afficher.
import-files-left = { $count } fichiers qui ne sont ni des pages, ni des images, ni des documents ne sont pas repris
    .hint = Les styles et les programmes sont remplacés par le thème de Plantin. Un fichier utile : copiez-le dans « content ».
import-passthrough = Ces fichiers sont recopiés par Eleventy hors des pages : { $what }
    .hint = Copiez dans « content », à la même adresse, ceux que les pages montrent.
import-plugin = Cette extension d’Eleventy n’a pas d’effet ici : { $what }
    .hint = Vérifiez, dans les pages construites, ce qu’elle faisait.
import-shortcode = Les pages peuvent employer le code court « { $what } », que ce site définit
    .hint = Construisez la publication : chaque code court inconnu est nommé, avec sa page et sa ligne.
import-string-renamed = Le mot « { $key } » s’appelle ici « { $id } »
    .hint = Un nom commence par une lettre, sans espace ni point.
import-string-left = Le mot « { $key } » n’est pas un texte : il n’est pas repris
    .hint = Ajoutez-le dans « locales/<langue>/ui.ftl » si l’interface s’en sert.
import-page-twice = Une autre page de ce site prend déjà la place de celle-ci, qui n’est pas reprise : { $page }
    .hint = Renommez l’une des deux, puis recommencez.
import-syntax-left = « { $name } » est une construction du programme d’origine, et n’est pas repris
    .hint = Écrivez à cet endroit ce que l’ancien site y montrait, en Markdown.
import-alone = Cette page est écrite en « { $language } » et n’a pas d’original en « { $source } » : elle reste une page dans sa langue, et les autres éditions ne l’ont pas
    .hint = Si elle traduit une page, donnez aux deux la même valeur de « translationKey » en tête, puis recommencez ; sinon, laissez-la ainsi, ou écrivez-en l’original.
import-catalogue = { $translated } textes sur { $texts } ont leur traduction dans ce catalogue : chaque page en a sa part
    .hint = Les autres sont à traduire : « plantin status » dit lesquels.
import-pair-alike = Cette page est prise pour la traduction de { $page } : les deux ont les mêmes nombres et les mêmes liens
    .hint = Relisez-les côte à côte. Si elles n’ont rien à voir, retirez le catalogue et recopiez la page.
import-pair = Cette page est la traduction de { $page }
    .hint = Les deux ont la même adresse, chacune dans sa langue.
import-pair-moved = Cette page est la traduction de { $page } : elle passe de { $old } à { $new }
    .hint = Une page a la même adresse dans toutes les langues. Sur le serveur, redirigez l’ancienne adresse vers la nouvelle.
import-pair-aligned = Cette page est la traduction de { $page } : ses textes sont dans { $catalogue }
    .hint = Relisez les propositions avec « plantin review ». La page elle-même n’est pas reprise.
import-pair-alone =
    { $count ->
        [one] { $count } texte de cette page ne correspond à rien dans { $page } et n’est pas repris
       *[other] { $count } textes de cette page ne correspondent à rien dans { $page } et ne sont pas repris
    } ; le premier : « { $text } »
    .hint = S’ils doivent être publiés, écrivez-les aussi dans la page d’origine, puis traduisez-les.
import-pair-kept = Cette page reste une page : trop peu de ses textes ont été reconnus dans { $page } (sur { $texts } textes, { $translated } sûrs et { $drafts } incertains ; { $alone } ne sont qu’ici)
    .hint = Ce sont deux pages à la même adresse, chacune dans sa langue. Pour en faire un catalogue, rapprochez-les, puis recommencez.
