"""The models of the LOCAL engine in memory: Whisper, and a model of its own for some languages."""

import ctypes
import gc


class LoadedModels:
    """Loads models when they are needed. Whisper is loaded at once; raises what it raises if it cannot be loaded.

    `own` are the languages' own models: dictionaries with `name`, `languages`, `path`, `graph`, `tokens` and `normalise`.
    `max_loaded` is how many models stay in memory together.
    """

    def __init__(self, load_whisper, own, max_loaded, threads):
        self._load_whisper = load_whisper
        self._own = {language: model for model in own for language in model["languages"]}
        self._max_loaded = max_loaded
        self._threads = threads
        # By name, the one that was used last at the end.
        self._loaded = {}
        self.whisper()

    @property
    def languages(self):
        """The languages that have a model of their own."""
        return self._own.keys()

    def whisper(self):
        return self._get("whisper", self._load_whisper)

    def own(self, language):
        """Returns the model of a language. Raises ModelFault if its files cannot be used."""
        from ctc_model import CtcModel, ModelFault

        model = self._own[language]
        files = {"graph": model["graph"], "tokens": model["tokens"], "normalise": model["normalise"]}
        try:
            return self._get(model["path"], lambda: CtcModel(model["path"], **files, threads=self._threads))
        except ModelFault as error:
            raise ModelFault(f"the model {model['name']} cannot be used: {error}") from error

    def _get(self, name, load):
        if name in self._loaded:
            self._loaded[name] = self._loaded.pop(name)
        else:
            while len(self._loaded) >= self._max_loaded:
                del self._loaded[next(iter(self._loaded))]
                return_memory()
            self._loaded[name] = load()
        return self._loaded[name]


def return_memory():
    """Returns the memory of a removed model to the system."""
    # Whisper's wrapper refers to itself.
    gc.collect()
    try:
        # Without it glibc keeps 72 of the 97 MB that `base` took. Other systems have no such function.
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        pass
