a = { a }
b = { c }
c = { b } { DATETIME($page) } { $inconnu }
### x
d = {
e
 = f
g = { 1.5 -> *[x] y }
