"""Reads a JSON list of texts from standard input and writes them, normalised by one library, as a JSON list."""
import json
import sys

name = sys.argv[1]
if name == "hazm":
    from hazm import Normalizer

    normalise = Normalizer().normalize
elif name == "parsivar":
    from parsivar import Normalizer

    normalise = Normalizer(statistical_space_correction=False).normalize
elif name == "shekar":
    from shekar import Normalizer

    normalise = Normalizer()
else:
    raise SystemExit(f"unknown library: {name}")

json.dump([normalise(text) for text in json.load(sys.stdin)], sys.stdout)
