"""The words of the probe `plan` in its languages; STEP, PLAN and ANSWER stay as they are, so that they can be read."""

from __future__ import annotations

# kind of step → its words; what stands around a procedure
STEPS = {
    "en": {"add": "add {n}", "subtract": "subtract {n}", "double": "double the value",
           "check": "write the value down once more, unchanged, as a check",
           "back": "add {n} and at once subtract {n} again"},
    "de": {"add": "addiere {n}", "subtract": "ziehe {n} ab", "double": "verdopple den Wert",
           "check": "schreibe den Wert zur Kontrolle noch einmal unverändert hin",
           "back": "addiere {n} und ziehe {n} gleich wieder ab"},
    "fr": {"add": "ajoute {n}", "subtract": "soustrais {n}", "double": "double la valeur",
           "check": "note encore une fois la valeur, inchangée, pour contrôle",
           "back": "ajoute {n} puis soustrais aussitôt {n}"},
    "es": {"add": "suma {n}", "subtract": "resta {n}", "double": "duplica el valor",
           "check": "escribe otra vez el valor, sin cambios, como control",
           "back": "suma {n} y resta enseguida {n}"},
}  # fmt: skip
AROUND = {
    "en": {
        "start": "Start with {n}.",
        "then": "Then {steps}.",
        "joined": ", then ",
        "form": "Carry out the procedure below, step by step and in this order. Write one line for each step, in the form "
        "STEP k: value, where value is the number after that step. Do not state the result before the last step is done; "
        "then end with a line ANSWER: value.",
        "again": "Do every step, also those that change nothing, and leave none out.",
        "self": "First write a line PLAN: and after it a plan of exactly four numbered lines (1. to 4.) for the calculation "
        "below. Then carry it out with one line for each of its steps, in the form STEP k: value, and end with a line "
        "ANSWER: value.",
        "bare": "Work out the value at the end. End with a line ANSWER: value.",
    },
    "de": {
        "start": "Beginne mit {n}.",
        "then": "Dann {steps}.",
        "joined": ", dann ",
        "form": "Führe das Verfahren unten Schritt für Schritt und in dieser Reihenfolge aus. Schreibe für jeden Schritt eine "
        "Zeile in der Form STEP k: Wert, wobei Wert die Zahl nach diesem Schritt ist. Nenne das Ergebnis nicht, bevor der "
        "letzte Schritt getan ist; schließe dann mit einer Zeile ANSWER: Wert.",
        "again": "Tu jeden Schritt, auch die, die nichts ändern, und lass keinen aus.",
        "self": "Schreibe zuerst eine Zeile PLAN: und danach einen Plan aus genau vier nummerierten Zeilen (1. bis 4.) für die "
        "Rechnung unten. Führe ihn dann mit einer Zeile für jeden seiner Schritte aus, in der Form STEP k: Wert, und schließe "
        "mit einer Zeile ANSWER: Wert.",
        "bare": "Rechne den Wert am Ende aus. Schließe mit einer Zeile ANSWER: Wert.",
    },
    "fr": {
        "start": "Commence par {n}.",
        "then": "Ensuite, {steps}.",
        "joined": ", puis ",
        "form": "Exécute la procédure ci-dessous étape par étape et dans cet ordre. Écris une ligne par étape, sous la forme "
        "STEP k: valeur, où valeur est le nombre après cette étape. Ne donne pas le résultat avant que la dernière étape "
        "soit faite ; termine alors par une ligne ANSWER: valeur.",
        "again": "Fais chaque étape, même celles qui ne changent rien, et n'en omets aucune.",
        "self": "Écris d'abord une ligne PLAN: puis un plan d'exactement quatre lignes numérotées (1. à 4.) pour le calcul "
        "ci-dessous. Exécute-le ensuite avec une ligne pour chacune de ses étapes, sous la forme STEP k: valeur, et termine "
        "par une ligne ANSWER: valeur.",
        "bare": "Calcule la valeur finale. Termine par une ligne ANSWER: valeur.",
    },
    "es": {
        "start": "Empieza con {n}.",
        "then": "Después, {steps}.",
        "joined": ", luego ",
        "form": "Ejecuta el procedimiento de abajo paso a paso y en este orden. Escribe una línea por cada paso, en la forma "
        "STEP k: valor, donde valor es el número después de ese paso. No digas el resultado antes de terminar el último "
        "paso; acaba entonces con una línea ANSWER: valor.",
        "again": "Haz cada paso, también los que no cambian nada, y no omitas ninguno.",
        "self": "Escribe primero una línea PLAN: y después un plan de exactamente cuatro líneas numeradas (1. a 4.) para el "
        "cálculo de abajo. Ejecútalo luego con una línea para cada uno de sus pasos, en la forma STEP k: valor, y acaba con "
        "una línea ANSWER: valor.",
        "bare": "Calcula el valor final. Acaba con una línea ANSWER: valor.",
    },
}
