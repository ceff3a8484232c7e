"""Vectors of words and short phrases by the sentence encoder all-MiniLM-L6-v2, with numpy alone.

    vectors = Vectors(folder_of_the_model, cache="build/thesaurus/vectors.npz")
    rows = vectors.of(["singer", "vocalist"])      # one row of length 1 for each text
    float(rows[0] @ rows[1])                       # 0.84: how alike they are, at most 1

The model is a BERT (Devlin et al. 2018) of six layers, distilled and trained to place sentences that
mean the same near each other (Reimers and Gurevych 2019); a text's vector is the mean over its word
pieces. The folder holds model.safetensors, vocab.txt and config.json as published.
"""

import json
import os

import numpy as np

BATCH = 256
EPSILON = 1e-12


class Vectors:
    def __init__(self, folder, cache=None):
        self.folder = folder
        with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
            self.config = json.load(file)
        with open(os.path.join(folder, "vocab.txt"), encoding="utf-8") as file:
            self.pieces = {line.rstrip("\n"): number for number, line in enumerate(file)}
        self.weights = None
        self.cache = cache
        self.known = {}
        if cache and os.path.exists(cache):
            with np.load(cache) as kept:
                self.known = dict(zip(kept["texts"].tolist(), kept["rows"]))

    def of(self, texts):
        missing = sorted(set(texts) - set(self.known))
        if missing:
            self.known.update(zip(missing, self._encode(missing)))
            if self.cache:
                os.makedirs(os.path.dirname(self.cache), exist_ok=True)
                kept = sorted(self.known)
                rows = np.array([self.known[text] for text in kept], np.float16)
                np.savez(self.cache, texts=np.array(kept), rows=rows)
        return np.array([self.known[text] for text in texts], np.float32)

    def _encode(self, texts):
        if self.weights is None:
            self._load()
        by_length = {}
        for at, text in enumerate(texts):
            numbers = self._numbers(text)
            by_length.setdefault(len(numbers), []).append((at, numbers))
        rows = np.zeros((len(texts), self.config["hidden_size"]), np.float32)
        for group in by_length.values():
            for start in range(0, len(group), BATCH):
                places, batch = zip(*group[start : start + BATCH])
                rows[list(places)] = self._forward(np.array(batch))
        return rows

    def _load(self):
        """A safetensors file: the length of a JSON header, the header, the bytes of the tensors."""
        with open(os.path.join(self.folder, "model.safetensors"), "rb") as file:
            header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            data = file.read()
        self.weights = {}
        for name, tensor in header.items():
            if name != "__metadata__" and tensor["dtype"] == "F32":
                start, end = tensor["data_offsets"]
                self.weights[name] = np.frombuffer(data[start:end], np.float32).reshape(tensor["shape"])

    def _numbers(self, text):
        """Word pieces, the longest first, between the marks of beginning and end."""
        numbers = [self.pieces["[CLS]"]]
        for word in text.split():
            numbers += self._pieces_of(word)
        return numbers + [self.pieces["[SEP]"]]

    def _pieces_of(self, word):
        found, start = [], 0
        while start < len(word):
            ends = range(len(word), start, -1)
            names = ((("##" if start else "") + word[start:end], end) for end in ends)
            piece, start = next(((name, end) for name, end in names if name in self.pieces), ("", -1))
            if start < 0:
                return [self.pieces["[UNK]"]]
            found.append(self.pieces[piece])
        return found

    def _linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _normal(self, x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + EPSILON)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def _attention(self, x, name):
        count, length, _ = x.shape
        heads = self.config["num_attention_heads"]
        query, key, value = (
            self._linear(x, name + ".self." + part).reshape(count, length, heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = np.exp(query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1]))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ value
        return self._linear(mixed.transpose(0, 2, 1, 3).reshape(x.shape), name + ".output.dense")

    def _forward(self, numbers):
        table = "embeddings.{}_embeddings.weight".format
        x = self.weights[table("word")][numbers] + self.weights[table("token_type")][0]
        x = self._normal(x + self.weights[table("position")][: numbers.shape[1]], "embeddings.LayerNorm")
        for layer in range(self.config["num_hidden_layers"]):
            name = f"encoder.layer.{layer}"
            x = self._normal(x + self._attention(x, name + ".attention"), name + ".attention.output.LayerNorm")
            inner = gelu(self._linear(x, name + ".intermediate.dense"))
            x = self._normal(x + self._linear(inner, name + ".output.dense"), name + ".output.LayerNorm")
        mean = x.mean(1)
        return mean / np.linalg.norm(mean, axis=-1, keepdims=True)


def gelu(x):
    """x times the normal distribution's share below x; its error function by Abramowitz, 7.1.26."""
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return x * 0.5 * (1 + np.sign(x) * (1 - series * np.exp(-z * z)))
