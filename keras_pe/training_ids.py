"""Some training texts of a run, as the token ids that its model reads."""

import numpy as np

from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.fingerprint import fingerprint
from keras_pe.data.load import load_splits
from keras_pe.run_folder import RunFolder
from keras_pe.sharded_data import ShardedData


def training_ids(run_dir, classifier, count) -> list[np.ndarray]:
    """Returns token ids of texts that a run was trained on, from all over them.

    Args:
        run_dir: Folder that `train` wrote.
        classifier: `TextClassifier` of the run.
        count: int. How many texts, at most.

    Returns:
        List of int32 arrays, one a text.

    Raises:
        ValueError: If the data are others by now.
        FileNotFoundError: If they are not there any more.
    """
    folder = RunFolder(run_dir)
    config = folder.load_config()
    if config.prepared_dir:
        data = ShardedData.load(config, resume=True)
        folder.refuse_other_data(data.fingerprint)
        # Shards are in the order of a hash of their texts, so the first are drawn.
        encoded = next(data.train.windows(count))
    else:
        splits = load_splits(config)
        folder.refuse_other_data(fingerprint(splits))
        examples = splits.train[:: max(1, len(splits.train) // count)]
        encoded = encode_examples(
            examples[:count], tokenizer=classifier.tokenizer, max_length=classifier.max_length
        )
    return np.split(encoded.ids, encoded.offsets[1:-1])[:count]
