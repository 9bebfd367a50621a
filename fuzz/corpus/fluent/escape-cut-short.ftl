mot = { "\u0é" }
you-are-here = { "\U00€" } { "\é" }
