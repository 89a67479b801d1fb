"""How fast the encoder is, how large, and how much memory it takes.

    python benchmarks/model_speed.py [FILE ...] [--model DIR] [--seconds 10]

Raw text to filled Doc, one process, one thread. Prints JSON: words (tokens without white
space) a second of wall clock and of processor time, bytes of the model folder, peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from kg.text.threads import one_thread

SAMPLE = """\
Russia and North Korea sign a mutual defence pact
The leaders met in Pyongyang on Wednesday and promised each other help in case of an attack.

Russian President Vladimir Putin and North Korean leader Kim Jong Un signed the agreement after \
talks in the capital, state media reported, saying that it covered trade, investment and security. \
"This is a breakthrough document," Putin said, adding that it reflected the desire of both \
countries to raise their relations to a new level.
South Korea's foreign ministry condemned the pact and summoned the Russian ambassador in Seoul. \
Officials in Washington said they were concerned but not surprised, and that the United States \
would strengthen its alliances with Japan and South Korea.
"""


def measure(texts: list[str], folder: Path | None, seconds: float) -> dict[str, float]:
    """Speed over the texts, repeated for about so many seconds."""
    from kg.resources import resource_path
    from kg.text.encoder import load_model

    nlp = load_model(folder)
    for text in texts[:2]:
        nlp(text)
    words = 0
    wall, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - wall < seconds:
        for doc in nlp.pipe(texts):
            words += sum(not token.is_space for token in doc)
    model = folder or resource_path("model")
    return {
        "words": words,
        "words_per_second": round(words / (time.perf_counter() - wall)),
        "words_per_cpu_second": round(words / (time.process_time() - cpu)),
        "model_bytes": sum(path.stat().st_size for path in model.iterdir() if path.is_file()),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    one_thread()
    texts = [path.read_text(encoding="utf-8") for path in arguments.files] or [SAMPLE] * 20
    print(json.dumps(measure(texts, arguments.model, arguments.seconds), indent=1))


if __name__ == "__main__":
    main()
