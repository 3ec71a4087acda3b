"""Learns a WordPiece vocabulary from texts."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from keras_pe.text.check_learning import check_learning
from keras_pe.text.frequent_characters import frequent_characters
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN
from keras_pe.text.words import WordSplitter

# A merge that is used once is not worth an entry.
_MIN_FREQUENCY = 2
_REPEATS_PER_TEXT = 1_000


def learn_wordpiece(
    texts: Iterable[str], *, vocabulary_size: int, lowercase: bool = True
) -> list[str]:
    """Learns a WordPiece vocabulary with the `tokenizers` library.

    The words are those that `WordPieceTokenizer` will see, for they are split by the same
    operations. First come the special tokens, then all characters that appear ten times or are
    needed to cover 99.98 % of the texts, each as the start of a word and, where it can stand inside
    one, as its continuation (`##`), then what merging frequent neighbours gives. So every frequent
    Chinese character has its entry. The same texts give the same list in every process.

    Args:
        texts: iterable of str, for example the training texts; gone over once.
        vocabulary_size: int, at least 7. The most entries the list may have; it has fewer if
            the texts do not give more.
        lowercase: bool. Whether to fold case and strip accents.

    Returns:
        List of str: [PAD], [UNK], [CLS], [SEP], [MASK] with ids 0 to 4, then the pieces.

    Raises:
        ValueError: `vocabulary_size` is less than 7, or the texts hold no word.
        TypeError: `vocabulary_size` is no whole number, or `texts` is a single string.

    Example:
        >>> vocabulary = learn_wordpiece(["to be or not to be"], vocabulary_size=100)
        >>> vocabulary[5:12], vocabulary[-3:]
        (['b', 'e', 'n', 'o', 'r', 't', '##b'], ['##t', 'be', 'to'])
    """
    check_learning(
        texts, vocabulary_size, least=2, needed="one character, alone and as a continuation"
    )
    splitter = WordSplitter(lowercase=lowercase)
    words = splitter.count(texts)
    if not words:
        raise ValueError("`texts` must hold at least one word. Received: none.")
    characters = _count_characters(words)
    joining = splitter.joining(characters)
    kept = set(
        frequent_characters(
            characters,
            room=vocabulary_size - len(SPECIAL_TOKENS),
            # One that can join has an entry for the start of a word and one for inside it.
            entries=lambda character: 2 if character in joining else 1,
        )
    )
    pieces = [*sorted(kept), *(f"##{character}" for character in sorted(kept & joining))]
    spelled = {word: count for word, count in words.items() if kept.issuperset(word)}
    return _merge(spelled, pieces, vocabulary_size)


def _count_characters(words: Counter[str]) -> Counter[str]:
    characters = Counter()
    for word, count in words.items():
        for character in word:
            characters[character] += count
    return characters


def _merge(words: dict[str, int], pieces: list[str], vocabulary_size: int) -> list[str]:
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.CharDelimiterSplit("\n")
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary_size,
        min_frequency=_MIN_FREQUENCY,
        # Special tokens are numbered in their order. Left to itself, the trainer numbers the
        # continuations in the order of a hash map, which differs from run to run, and breaks
        # ties between merges by these numbers.
        special_tokens=[*SPECIAL_TOKENS, *pieces],
        continuing_subword_prefix="##",
        show_progress=False,
    )
    tokenizer.train_from_iterator(_repeated(words), trainer)
    ids = tokenizer.get_vocab()
    return sorted(ids, key=ids.__getitem__)


def _repeated(words: dict[str, int]) -> Iterator[str]:
    # The trainer takes texts, not counts.
    for word, count in words.items():
        for done in range(0, count, _REPEATS_PER_TEXT):
            yield "\n".join([word] * min(count - done, _REPEATS_PER_TEXT))
