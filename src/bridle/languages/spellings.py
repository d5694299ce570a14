"""Letters, beginnings and endings by which a word shows its language, common or not."""

from __future__ import annotations

# Letters that few languages of a script write. A word with one counts for these languages.
LETTERS: tuple[tuple[str, str], ...] = (
    ("á", "es pt gl cs sk hu is vi"),
    ("é", "fr es pt gl ca it hu cs sk is vi"),
    ("íú", "es pt gl ca cs sk hu is vi"),
    ("ó", "es pt gl ca pl cs sk hu is vi"),
    ("ý", "cs sk is vi"),
    ("à", "fr it ca pt vi"),
    ("è", "fr it ca vi"),
    ("ìò", "it vi"),
    ("ù", "fr it vi"),
    ("â", "fr pt ro tr vi"),
    ("ê", "fr pt vi"),
    ("ô", "fr pt sk vi"),
    ("îû", "fr ro tr"),
    ("ç", "fr pt ca tr az sq"),
    ("ä", "de sv fi et sk"),
    ("ö", "de sv fi et tr az hu is"),
    ("ü", "de et tr az hu"),
    ("čšž", "cs sk hr bs sr sl lt lv"),
    ("ć", "pl hr bs sr"),
    ("đ", "vi hr bs sr"),
    ("ñ", "es gl"),
    ("ãõ", "pt"),
    ("ß", "de"),
    ("őű", "hu"),
    ("łżśźń", "pl"),
    ("řěů", "cs"),
    ("ľŕĺ", "sk"),
    ("ťď", "cs sk"),
    ("ğı", "tr az"),
    ("ə", "az"),
    ("șț", "ro"),
    ("ă", "ro vi"),
    ("ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "vi"),
    ("å", "sv da nb"),
    ("øæ", "da nb"),
    ("þð", "is"),
    ("ūģķļņ", "lv"),
    ("ėų", "lt"),
    ("ђћ", "sr"),
    ("їґ", "uk"),
    ("є", "uk"),
    ("і", "uk be kk"),
    ("ў", "be uz"),
    ("ыэё", "ru be kk ky mn"),
    ("ѓќѕ", "mk"),
    ("јљњџ", "sr mk"),
    ("щ", "ru uk bg"),
    ("қғұәҳҷӣӯ", "kk ky tg uz"),
    ("өү", "mn ky kk"),
    ("ټډړږښځڅۍې", "ps"),
    ("ٹڈڑںےھہ", "ur"),
    ("پچژگ", "fa ur ps"),
    ("کی", "fa ur ps"),
    ("يكةىأإ", "ar"),
    ("ळ", "mr"),
    ("װױײ", "yi"),
)

# Beginnings and endings of the same kind, as regular expressions over one word in small letters.
SHAPES: tuple[tuple[str, str], ...] = (
    ("ъ(?![еёюя])", "bg"),
    ("(?:ción|ciones)$", "es gl"),
    ("(?:zione|zioni)$", "it"),
    ("^(?:[وفبك])?ال..", "ar"),
    ("^ن?می\u200c|\u200cها", "fa"),
    ("(?:हरू|लाई|न्छ|न्छन्|वटा|एको|एका)", "ne"),
    ("(?:च्या|मध्ये|ण्या|ऱ्य|ातील|ाचे|ाची|ांची|ांचे)", "mr"),
    ("(?:ाओं|ियों|ाएँ|ाएं|ेंगे|ूँ)$", "hi"),
)

# What tells twins apart, asked only where two of them have as many words, nearly: Danish writes no
# double consonant at the end of a word and has b, d, g where Norwegian has p, t, k.
TWINS: dict[tuple[str, str], tuple[str, str]] = {
    ("da", "nb"): (
        r"\b(?:\w*(?:erne|ede|[øæ]b|[øæ]g(?:er?|es)?|(?:m|st)ød(?:er|e|s)?|æd(?:er|e|s)?)\b|hvid[et]?\b|"
        r"\w*(?:øb|æld|ænd|æng|isk[eh]?t|ggj|tions?|eje|øje)\w*)",
        r"\b(?:\w*(?:ll|tt|pp|kk|nn|mm|ss|ff|rr)\b|\w*(?:øp|øk(?!k|onom|olog)|øt(?!t)|gj(?!or)|kj(?!ol)|øy|"
        r"ei(?!e\b)|sjon|ekk)\w*|opp(?!e)\w+|\w+ene\b)",
    ),
    ("id", "ms"): (
        r"\b(?:\w+(?:itas)|di\w*bagi\w*|\w*beda\w*|\w*butuh\w*|\w*karena)\b",
        r"\b(?:\w+(?:iti|isyen)|\w*bahagi\w*|\w*beza\w*|\w*kerana|kedua-dua\w*|kesemua\w*|"
        r"\w*darab\w*|\w*nombor\w*|\w*jawap\w*|segi)\b",
    ),
    ("hr", "sr"): (
        r"\b(?:\w*[rvdltmbc]ije\w*|\w*(?:mjer|mjes|vjer|rješ|uvjet)\w*)\b",
        r"\b(?:vredn|vrem|sled|reš|uvek|primen|proven|mest|premer|ver(?:ov|ujem)|del[aio])\w*",
    ),
    ("bs", "sr"): (
        r"\b(?:\w*[rvdltmbc]ije\w*|\w*(?:mjer|mjes|vjer|rješ)\w*)\b",
        r"\b(?:vredn|vrem|sled|reš|uvek|primen|proven|mest|premer|ver(?:ov|ujem)|del[aio])\w*",
    ),
    ("hr", "bs"): (
        r"\b(?:jednadž|trokut|zbroj|umnož|stup(?:anj|nj)|točk|tisuć|opseg|kut(?:a|evi|ov\w+)\b|uvjet)\w*",
        r"\b(?:jednači|troug|zbir|stepen|tačk|hiljad|obim|ug(?:ao|l\w+)\b|uslov)\w*",
    ),
}
