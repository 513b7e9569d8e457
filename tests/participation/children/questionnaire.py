"""A questionnaire with one question of every kind, as children of nine would be asked."""

EVERY_KIND = {
    "languages": ["fr"],
    "sections": [
        {
            "key": "s1",
            "title": {"fr": "Ma cour"},
            "questions": [
                {"key": "age", "kind": "age", "text": {"fr": "Quel âge as-tu\u202f?"}},
                {
                    "key": "manque",
                    "kind": "picture",
                    "text": {"fr": "Qu’est-ce qui te manque le plus dans ta cour\u202f?"},
                    "help": {"fr": "Pense à la récréation."},
                    "choices": [
                        {"key": "arbres", "label": {"fr": "Des arbres et de l’ombre"}, "picto": "1F333"},
                        {"key": "place", "label": {"fr": "De la place pour jouer"}, "picto": "26BD"},
                        {"key": "calme", "label": {"fr": "Un coin calme"}, "picto": "1F4DA"},
                        {"key": "wc", "label": {"fr": "Des toilettes propres"}, "picto": "1F6BB"},
                        {"key": "autre", "label": {"fr": "Autre chose"}, "picto": "1F4AC"},
                    ],
                },
                {
                    "key": "jeux",
                    "kind": "pictures",
                    "text": {"fr": "À quoi joues-tu\u202f?"},
                    "most": 2,
                    "shuffle": True,
                    "choices": [
                        {"key": "ballon", "label": {"fr": "Au ballon"}, "picto": "26BD"},
                        {"key": "corde", "label": {"fr": "À la corde"}, "picto": "1F3C3"},
                        {"key": "cartes", "label": {"fr": "Aux cartes"}, "picto": "1F0CF"},
                        {"key": "lire", "label": {"fr": "Je lis"}, "picto": "1F4D6"},
                    ],
                },
                {"key": "aime", "kind": "smileys", "text": {"fr": "Est-ce que tu aimes ta cour\u202f?"}},
                {"key": "note", "kind": "scale", "text": {"fr": "Quelle note donnes-tu à ta cour\u202f?"}},
            ],
        },
        {
            "key": "s2",
            "title": {"fr": "Et après\u202f?"},
            "questions": [
                {"key": "seul", "kind": "yes_no", "text": {"fr": "T’arrive-t-il de jouer tout seul\u202f?"}},
                {
                    "key": "quoi",
                    "kind": "text",
                    "text": {"fr": "Qu’est-ce qui t’aiderait\u202f?"},
                    "only_if": {"question": "seul", "choices": ["yes"]},
                },
                {
                    "key": "ordre",
                    "kind": "ranking",
                    "text": {"fr": "Que faut-il faire en premier\u202f?"},
                    "choices": [
                        {"key": "ombre", "label": {"fr": "De l’ombre"}, "picto": "26F1"},
                        {"key": "eau", "label": {"fr": "De l’eau à boire"}, "picto": "1F6B0"},
                        {"key": "calme", "label": {"fr": "Un coin calme"}, "picto": "1F92B"},
                        {"key": "jeux", "label": {"fr": "Des jeux"}, "picto": "1F6DD"},
                    ],
                },
                {
                    "key": "lieu",
                    "kind": "place",
                    "text": {"fr": "Où aimes-tu aller le mercredi\u202f?"},
                    "choices": [
                        {"key": f"l{n}", "label": {"fr": name}}
                        for n, name in enumerate(
                            ["Le parc de la mairie", "La piscine", "La bibliothèque", "Le stade", "La rivière"]
                        )
                    ],
                },
            ],
        },
    ],
}
