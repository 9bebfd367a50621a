# translation
