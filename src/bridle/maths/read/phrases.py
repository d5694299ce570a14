"""How "the answer is" is said in the languages in which the benchmarks ask for an answer.

Each entry is a regular expression that ends where the answer begins. They are matched without
regard to case, on text whose emphasis marks (`*`, `_`) may stand anywhere between the words.
"""

from __future__ import annotations

import re
from functools import lru_cache

# What may stand between the phrase and the answer: a colon, emphasis, an equals sign.
_GAP = r"[\s*_]{0,60}[:：=]?[\s*_]{0,60}"

_COLON = r"[\s*_\"”»）)]{0,60}[:：][\s*_]{0,60}(?:\}[\s*_~]{0,60})?"  # \text{Answer: } 42

# Phrases that are themselves a statement ("the answer is"): nothing more is needed.
SAID: tuple[str, ...] = (
    r"\b(?:final |correct |right |numerical |exact )?answer,?(?: therefore,?| thus,?| then,?| here,?)? (?:is|are|was|will be|would be|must be|should be|has to be|comes (?:out )?to(?: be)?|equals)(?: (?:therefore|thus|then|simply|clearly|just|indeed|equal to|exactly|also|option|choice)(?=[\s:,])){0,2}",
    r"\b(?:final |correct )?answer to (?:the|this) (?:question|problem) is",
    r"\b(?:die|unsere|meine) (?:endgültige |richtige |korrekte |gesuchte )?(?:antwort|lösung) (?:lautet|ist|beträgt)",
    r"\bla (?:respuesta|solución) (?:final |correcta )?(?:es|será)",
    r"\bla réponse (?:finale |correcte )?(?:est|vaut)",
    r"\bla risposta (?:finale |corretta )?(?:è|e'|sarà)",
    r"\ba resposta (?:final |correta )?(?:é|será)",
    r"\bhet antwoord is",
    r"\bsvaret (?:är|er)(?: därför| derfor)?",
    r"\b(?:vastaus on|odpověď je|odpoveď je|răspunsul (?:corect |final )?este|a válasz|a helyes válasz|η απάντηση είναι|odgovor je)",
    r"\bodpowiedź (?:to|brzmi)",
    r"\bответ\s*(?:[-–—]|равен|будет)",
    r"\bотговорът е",
    r"\bвідповідь\s*(?:[-–—]|дорівнює)",
    r"\bjibu (?:la mwisho |sahihi )?ni",
    r"\b(?:đáp án|đáp số|câu trả lời|kết quả)(?: cuối cùng| đúng)? là",
    r"\bcevap(?:ı)?\s+(?=[\d$\\(-])",
    r"\bjawaban(?:nya)?(?: akhir)? adalah",
    r"(?:最终)?答案(?:是|为|為|就是)",
    r"(?:答え|解答|正解|こたえ)は",
    r"答(?:案)?(?:应该|應該|应当)?(?:是|为|為)",
    r"(?:最終的な)?解答は",
    r"정답은",
    r"답은",
    r"คำตอบ(?:สุดท้าย)?(?:คือ|เท่ากับ)",
    r"(?:अंतिम |सही )?उत्तर(?: है| हो| आहे)",
    r"التعويض النهائي هو",
    r"(?:الإجابة|الجواب)(?: النهائية| النهائي| الصحيحة)? (?:هي|هو)",
    r"התשובה(?: הסופית| הנכונה)? היא",
    r"پاسخ(?: نهایی)? (?:برابر )",
)

# Labels: they announce an answer only with a colon (or an equals sign) behind them.
LABEL: tuple[str, ...] = (
    r"\b(?:final |correct |short |my |the )*(?:(?:answer|response)(?:\s?\([^()\n]{1,40}\)| in [a-z]{1,20})?|ans\.?)",
    r"\bfinal (?:result|solution|value|total)",
    r"\b(?:endgültige |richtige )?(?:antwort|lösung|ergebnis)",
    r"\b(?:respuesta|solución|resultado)(?: final| correcta)?",
    r"\b(?:réponse|résultat)(?: finale| final)?",
    r"\b(?:risposta|risultato)(?: finale)?",
    r"\b(?:resposta|resultado)(?: final)?",
    r"\b(?:antwoord|eindantwoord|odpowiedź|wynik|cevap|sonuç|jawaban)",
    r"\b(?:окончательный |итоговый |правильный )?ответ",
    r"\b(?:окончателен |краен |верен )?отговор",
    r"\bвідповідь",
    r"\bjibu(?: la mwisho)?",
    r"\b(?:đáp án|đáp số|câu trả lời|kết quả)(?: cuối cùng)?",
    r"(?:最终|最終)?(?:的)?(?:答案|答え|解答|結果|结果|答)",
    r"(?:최종 ?)?(?:정답|답)",
    r"คำตอบ(?:สุดท้าย)?",
    r"(?:अंतिम |अन्तिम |सही )?(?:उत्तर|जवाफ|जवाब)",  # Hindi, Marathi, Nepali
    r"(?:अंतिम |सही )?उत्तर आहे",
    r"(?:চূড়ান্ত |সঠিক )?উত্তর",  # Bengali
    r"(?:ਅੰਤਿਮ |ਸਹੀ )?(?:ਉੱਤਰ|ਜਵਾਬ)",  # Punjabi
    r"(?:ಅಂತಿಮ )?ಉತ್ತರ",  # Kannada
    r"(?:இறுதி )?(?:விடை|பதில்)",  # Tamil
    r"(?:తుది )?(?:సమాధానం|జవాబు)",  # Telugu
    r"(?:અંતિમ )?જવાબ",  # Gujarati
    r"(?:അന്തിമ )?ഉത്തരം",  # Malayalam
    r"(?:حتمی )?جواب",  # Urdu
    r"(?:الإجابة|الجواب)(?: النهائية| النهائي)?",
    r"(?:ה)?תשובה(?: הסופית)?",
    r"پاسخ(?: نهایی)?",
)


# A label at the head of a whole part: it counts where a value alone, or the end, follows.
WEAK_LABEL: tuple[str, ...] = (
    r"(?:result|solution|conclusion|total|output|lösung|ergebnis|solución|resultado|résultat|solution|risultato|wynik|sonuç|结果|結果|解答|решение|итог|итого|fazit|conclusión|conclusione)",
)


@lru_cache(maxsize=1)
def said() -> re.Pattern[str]:
    """All statements in one expression; compiled when first needed."""
    return re.compile(f"(?:{'|'.join(SAID)}){_GAP}", re.IGNORECASE)


@lru_cache(maxsize=1)
def label() -> re.Pattern[str]:
    """All labels; the group `letter` is the A of "Q: … A: …", `weak` a label that may head a part."""
    heads = "|".join(LABEL)
    return re.compile(
        f"(?P<weak>\\b{WEAK_LABEL[0]}){_COLON}|(?:{heads}){_COLON}"
        rf"|^[ \t*_>]{{0,9}}(?P<letter>A){_COLON}"
        rf"|^[ \t>]{{0,9}}(?:#{{1,6}} ?[*_]{{0,2}}|\*\*|__)(?:\d\. )?(?:{heads})[*_ ]{{0,4}}\n\s{{0,9}}",
        re.IGNORECASE | re.MULTILINE,
    )
