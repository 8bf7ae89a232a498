"""Learns gateways/email/machine_words.json from mails.tsv, in which the names are invented: `make machine-words`. Runs
beside scikit-learn, which the product itself doesn't need."""

import csv
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import Normalizer

from gateways.email.automatic_learned import features

MAILS = Path(__file__).with_name("mails.tsv")
LEARNED = Path(__file__).parents[1] / "gateways" / "email" / "machine_words.json"
FEWEST_MAILS, MOST_FEATURES, STRENGTH = 2, 8_000, 30
LIKELY = 1.0
RESERVED = "exampl"  # the domain of firms that aren't


def learn() -> None:
    with MAILS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    mails = [features(row["subject"], row["text"].replace("\\n", "\n")) for row in rows]
    is_machine = np.array([row["kind"] == "automatic" for row in rows])
    model = _model(CountVectorizer(analyzer=sorted, min_df=FEWEST_MAILS, binary=True))
    names, weights = _weights(model.fit(mails, is_machine))
    telling = [name for name in names[np.argsort(-abs(weights))] if RESERVED not in name]
    kept = set(telling[:MOST_FEATURES])
    model = _model(CountVectorizer(analyzer=lambda mail: sorted(mail & kept), vocabulary=sorted(kept), binary=True))
    _tell(cross_val_predict(model, mails, is_machine, cv=10, method="decision_function"), is_machine)
    names, weights = _weights(model.fit(mails, is_machine))
    rounded = {str(name): round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
    learned = {"bias": round(float(model[-1].intercept_[0]), 3), "weights": rounded}
    LEARNED.write_text(json.dumps(learned, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _model(counted: CountVectorizer) -> Pipeline:
    return make_pipeline(counted, Normalizer(), LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=3_000))


def _weights(model: Pipeline) -> tuple[np.ndarray, np.ndarray]:
    return model[0].get_feature_names_out(), model[-1].coef_[0]


def _tell(odds: np.ndarray, is_machine: np.ndarray) -> None:
    """By mails held back from learning, each tenth in turn; which words are kept was chosen with all of them."""
    found, wrong = (odds[is_machine] > LIKELY).mean(), (odds[~is_machine] > LIKELY).mean()
    print(f"{is_machine.sum()} of {len(is_machine)} by machines: {found:.1%} found, and {wrong:.2%} of people's")


if __name__ == "__main__":
    learn()
