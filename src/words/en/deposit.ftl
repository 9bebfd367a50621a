# deposit: what an archive is given, and what is wrong with a bag

about-deposit = Prepare what an archive is given, or check a deposit
about-deposit-bag = Make a BagIt bag (RFC 8493): exports, sources, catalogues, settings, licences of the fonts
about-deposit-seda = Make a SEDA transfer: manifest.xml and content/
about-deposit-check = Check a BagIt bag or a SEDA transfer, whichever program made it

value-tag = TAG
value-bag = BAG
value-version = VERSION

arg-out-deposit = The folder in which the deposit is put
arg-exports = What was built; by default, the folder “exports” of the workspace
arg-zip = Put the deposit in a single file, a zip
arg-tag = Only the pages that have these tags
arg-force = Make the deposit in spite of what speaks against it, and write in it why it should have been refused
arg-allow-commands = Let the commands that plantin.toml names run without asking, where nobody is there to say yes
arg-schema = The version of SEDA: 2.3 or 2.2; by default, the profile’s, else 2.3
arg-bag = The bag or the transfer: a folder or a zip
arg-workspace-signature = The workspace whose settings say how signatures are checked

deposit-done =
    { $files ->
        [one] { $files } file ({ $bytes }) deposited in { $path }
       *[other] { $files } files ({ $bytes }) deposited in { $path }
    }
deposit-refused = Nothing was written. With --force, the deposit is made all the same, and says what was wrong.
bag-whole =
    { $files ->
        [one] { $path }: the bag is whole and unharmed (BagIt { $version }, { $files } file, { $bytes }, { $algorithms })
       *[other] { $path }: the bag is whole and unharmed (BagIt { $version }, { $files } files, { $bytes }, { $algorithms })
    }
bag-not-whole =
    { $files ->
        [one] { $path }: the bag is not valid (BagIt { $version }, { $files } file, { $bytes }, { $algorithms })
       *[other] { $path }: the bag is not valid (BagIt { $version }, { $files } files, { $bytes }, { $algorithms })
    }
transfer-whole =
    { $files ->
        [one] { $path }: the transfer is whole and unharmed (SEDA { $version }, { $files } file, { $bytes }, { $algorithms })
       *[other] { $path }: the transfer is whole and unharmed (SEDA { $version }, { $files } files, { $bytes }, { $algorithms })
    }
transfer-not-whole =
    { $files ->
        [one] { $path }: the transfer is not valid (SEDA { $version }, { $files } file, { $bytes }, { $algorithms })
       *[other] { $path }: the transfer is not valid (SEDA { $version }, { $files } files, { $bytes }, { $algorithms })
    }
bag-signature-good = The signature is good.

## What speaks against a deposit

deposit-no-exports = There is nothing to deposit in { $path }: no build was finished there
    .hint = Build first: plantin build
deposit-exports-incomplete = The exports have nothing in the format { $format } in “{ $language }”
    .hint = Build all formats and all languages: plantin build
deposit-exports-stale = { $count ->
        [one] One page has changed since the last build
       *[other] { $count } pages have changed since the last build
    }
    .hint = Build again: plantin build
deposit-export-differs = The file “{ $path }” is not the one that the manifest describes
    .hint = It was changed or damaged after the build: build again with plantin build.
deposit-difference = The page “{ $page }” does not say the same in every format, in “{ $language }”: { $count ->
        [one] one difference
       *[other] { $count } differences
    }
    .hint = The command “plantin verify” shows them one by one.
deposit-not-reviewed = The page “{ $page }” is { $share }% reviewed in “{ $language }”, it must be { $wanted }%
    .hint = Review its translations, or change the threshold “reviewed” of the table [deposit] in plantin.toml.
deposit-validator-failed = The command “{ $command }” does not accept what was to be deposited: { $message }
    .hint = Mend what it reports, or remove it from “validators” in plantin.toml.
deposit-exists = { $path } exists already; nothing in it was touched
    .hint = Choose another folder with --out, or move the older deposit.
deposit-not-signed = The command “{ $command }” gave no signature: { $message }
    .hint = Try it in a terminal, or remove “sign” from plantin.toml. Nothing was written.
commands-wanted = The workspace { $path } wants to run, with your rights, what it has not run here before:
commands-question = Run this? Say yes only if you know what it does. [y/N]
commands-not-kept = Your answer could not be kept: you will be asked again next time.
commands-not-allowed = This workspace names commands that have not been run here before, and nobody is there to say yes: { $command }
    .hint = Read them in “[deposit]” of plantin.toml. If you trust who wrote them, add “--allow-commands”, or set PLANTIN_ALLOW_COMMANDS=1; in a terminal, you are asked once. Nothing was run.
commands-refused = You did not allow the commands of this workspace: { $command }
    .hint = Ask who wrote plantin.toml what they are for, or remove them from “[deposit]”. Nothing was run.
profile-unreadable = The deposit profile has a mistake: { $cause ->
        [unknown] “{ $piece }” is no name that it knows
        [missing] “{ $piece }” is missing
        [type] this value is not of the sort that it must be
       *[other] this line is not of the form name = "value"
    }
    .hint = Mend this line; docs/deposit.schema.json describes each setting.
deposit-no-archival-agency = The deposit profile does not name the archive service: the transfer is addressed to the organisation itself
    .hint = Add to deposit.toml: [seda] archival-agency = { "{" } identifier = "…" { "}" }
tag-unknown = No page has the tag “{ $tag }”
    .hint = Tags are at the head of pages, in the line “tags”.

## What is wrong with a bag

bag-not-found = There is no deposit at the place given: { $path }
    .hint = Give the folder that holds bagit.txt or manifest.xml, or a zip.
bag-zip-unreadable = This zip cannot be read: { $cause ->
        [kind] it is packed or ciphered in a way that is not known
        [password] a password protects it
       *[other] it is damaged, or it is no zip
    }
    .hint = It is damaged or incomplete: ask for another copy.
bag-bomb = This zip would unfold beyond all measure: nothing in it was read
    .hint = Open it with no program, and tell whoever gave it to you.
bag-entries-overlap = Files in this zip overlap or have the same name: nothing in it was read
    .hint = Open it with no program, and tell whoever gave it to you.
bag-encrypted = The file “{ $path }” of this zip is encrypted
    .hint = Ask for a copy without a password: an archive must be readable by all.
bag-path-refused = The path “{ $path }” is not allowed here
    .hint = A path stays in the deposit, begins with “data/” for the payload of a bag, and has no “..”, no slash at its start and no backslash.
bag-link = “{ $path }” is a link: a deposit holds only files
    .hint = Replace the link by the file that it leads to.
bag-special = “{ $path }” is not an ordinary file
    .hint = Remove it from the bag.
bag-name-unreadable = The name “{ $path }” is not readable text
    .hint = Rename this file in UTF-8, then make the bag again.
bag-declaration-missing = This is no bag and no transfer: there is no bagit.txt and no manifest.xml
    .hint = Give the folder that holds one of them, or a zip that holds only this folder.
bag-declaration-wrong = bagit.txt does not say what it must
    .hint = It has two lines, without a byte-order mark: “BagIt-Version: 1.0” and “Tag-File-Character-Encoding: UTF-8”.
bag-version-unknown = The version { $version } of BagIt is not known: the bag is checked as one of version 1.0
    .hint = Ask whoever made it which standard it keeps to.
bag-encoding-unknown = The encoding “{ $encoding }” is not known: the files are read as UTF-8
    .hint = Make the bag again in UTF-8.
bag-text-unreadable = This file is not written in { $encoding }, whatever bagit.txt says
    .hint = A file name in it may be damaged; make the bag again.
bag-payload-empty = The payload is empty: there is nothing in data/
    .hint = Make sure that this is what was meant.
bag-no-manifest = There is no manifest: nothing says what the bag must hold
    .hint = A bag has at least one manifest, such as manifest-sha512.txt.
bag-algorithm-unknown = The algorithm “{ $algorithm }” is not known: the checksums of this manifest were not checked
    .hint = The known algorithms are MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512.
bag-algorithm-broken = The only manifests are made with { $algorithms }: they show an accident, not a forgery
    .hint = Add a SHA-512 manifest, as the standard recommends.
bag-manifest-line = Line { $number } is not made of a checksum and a path
    .hint = The manifest may be damaged: ask for another copy.
bag-manifest-too-long = The manifest has more than { $limit } lines: the rest was not read
    .hint = It may be made to harm: tell whoever gave it to you.
bag-tag-file-too-large = “{ $path }” is too large: of such files, at most { $largest } MiB are read
    .hint = It may be made to harm: tell whoever gave it to you.
bag-too-many-manifests = This bag has { $count } manifests: at most { $limit } are read
    .hint = A bag has one manifest for each algorithm. It may be made to harm: tell whoever gave it to you.
bag-algorithm-twice = Two manifests are made with { $algorithm }: the other one is “{ $other }”
    .hint = A bag has one manifest for each algorithm. Ask whoever made it for another copy.
bag-more-faults = There are other problems: only the first ten thousand are told
    .hint = Ask for another copy of the bag.
bag-listed-twice = “{ $path }” is in the manifest twice
    .hint = The manifest may be damaged: ask for another copy.
bag-name-otherwise = The name “{ $path }” is written in the manifest with other Unicode characters, which read the same
    .hint = The file is the right one; another program might not find it.
bag-name-not-encoded = The name “{ $path }” is not written in the manifest as it must be: “%” is written “%25” there
    .hint = Another program may read another name: rename this file without “%”, or make the bag again.
bag-names-alike = The names “{ $path }” and “{ $other }” are one for some systems
    .hint = On a disk of Windows or macOS, one would replace the other: rename one of them, then make the bag again.
bag-tag-manifest-listed = “{ $path }” is a manifest of tag files: none of these manifests may list one
    .hint = Make the bag again: the standard (RFC 8493, 2.2.1) forbids it.
bag-tag-unlisted = “{ $path }” is in no manifest of tag files: nothing says whether it was changed
    .hint = The standard allows it. Trust this file only if you know where it comes from.
bag-file-missing = “{ $path }” is missing
    .hint = Ask for another copy of the bag.
bag-file-extra = “{ $path }” is in no manifest
    .hint = Nothing says where this file comes from: remove it, or make the deposit again.
bag-file-unlisted = “{ $path }” is not in each manifest: it is missing from { $manifests }
    .hint = Since version 1.0, each manifest lists all files: make the bag again.
bag-file-changed = “{ $path }” does not have the expected checksum ({ $algorithms })
    .hint = This file was changed or damaged: ask for another copy of the bag.
bag-file-unreadable = “{ $path }” cannot be read: { machine-says }
    .hint = Ask for another copy of the bag.
bag-oxum = bag-info.txt declares { $declared } (bytes, then files), and the bag holds { $found }
    .hint = Files are missing or too many: see the other messages.
bag-info-line = Line { $number } is not made of a name, a colon and a value
    .hint = A line that continues the one before begins with a space.
bag-to-fetch = “{ $path }” is not in the bag yet: it has to be fetched from { $address }
    .hint = Put it into the bag, then check again. This program downloads nothing.
bag-fetch-line = Line { $number } is not made of an address, a length and a path
    .hint = fetch.txt may be damaged: ask for another copy.
bag-fetch-unlisted = fetch.txt gives “{ $path }”, which is in no manifest
    .hint = Nothing could show that this file is the right one: make the bag again.
bag-fetch-length = “{ $path }” does not have the length that fetch.txt declares
    .hint = Fetch it again from its address.
bag-signature-missing = The deposit is not signed, and the workspace asks for it
    .hint = Ask for a signed deposit, or remove “check-signature” from plantin.toml.
bag-signature-unchecked = The deposit is signed, and nothing says how to check this signature
    .hint = With --workspace, the command “check-signature” of plantin.toml checks it.
bag-signature-refused = The signature is not good, according to “{ $command }”: { $message }
    .hint = The deposit was changed, or signed by somebody else: do not trust it.

## What is wrong with a transfer

seda-not-utf-8 = The manifest is not written in UTF-8
    .hint = Make the transfer again in UTF-8.
seda-unreadable = The manifest cannot be read: { xml-says }
    .hint = It is damaged, or no XML: ask for another copy. A manifest has neither “<!DOCTYPE>” nor entities of its own.
seda-version-unknown = The version “{ $version }” of SEDA is not known
    .hint = The versions 2.0 to 2.3 are checked. Ask for a transfer in one of these.
seda-empty = The manifest describes no file
    .hint = Ask whether the transfer is complete.
seda-id-twice = The identifier “{ $id }” is given twice
    .hint = Make the transfer again: each object, each group and each archive unit has its identifier.
seda-reference-broken = The manifest refers to “{ $id }”, which is not in it
    .hint = The manifest may be damaged: ask for another copy.
seda-object-alone = No archive unit refers to the object “{ $id }”
    .hint = An archive service may refuse a file that nothing describes: ask what it is about.
seda-object-without-file = The object “{ $id }” has no file
    .hint = The manifest does not say where its content is: ask for another copy.
seda-size = “{ $path }” has { $found } bytes, and the manifest declares { $declared }
    .hint = The file is damaged, or is not the right one: ask for another copy.
seda-sum-unchecked = The checksum of “{ $path }” cannot be checked: the algorithm is “{ $algorithm }”
    .hint = Make the transfer again with SHA-512 or SHA-256.
