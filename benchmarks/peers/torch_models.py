"""The classifiers as a PyTorch user writes them, with PyTorch's own layers."""

import torch
from torch import nn


class TransformerClassifier(nn.Module):
    """Token and position embeddings, `nn.TransformerEncoder`, mean over the tokens, a linear head.

    Args:
        sizes: dict. Sizes as in `RunConfig`, and `dropout`.
    """

    def __init__(self, sizes: dict):
        super().__init__()
        width = sizes["hidden_dim"]
        self.tokens = nn.Embedding(sizes["vocabulary_size"], width, padding_idx=0)
        self.positions = nn.Embedding(sizes["max_length"], width)
        self.dropout = nn.Dropout(sizes["dropout"])
        layer = nn.TransformerEncoderLayer(
            width,
            sizes["num_heads"],
            sizes["intermediate_dim"],
            sizes["dropout"],
            batch_first=True,
        )
        # Nested tensors are a prototype that warns, and win nothing where texts have one length.
        self.encoder = nn.TransformerEncoder(layer, sizes["num_layers"], enable_nested_tensor=False)
        self.head = nn.Linear(width, sizes["num_classes"])

    def forward(self, ids):
        real = ids != 0
        places = torch.arange(ids.shape[1], device=ids.device)
        tokens = self.dropout(self.tokens(ids) + self.positions(places))
        encoded = self.encoder(tokens, src_key_padding_mask=~real)
        weights = real.unsqueeze(-1).to(encoded.dtype)
        return self.head((encoded * weights).sum(1) / weights.sum(1).clamp(min=1))


class LSTMClassifier(nn.Module):
    """Token embeddings, `nn.LSTM`, its last states, a relu layer and a linear head.

    Args:
        sizes: dict. Sizes as in `RunConfig`, and `dropout`.
        packed: bool. Whether padding is left out by a packed sequence. Without it the forward
            direction reads on into the padding, as most scripts do.
    """

    def __init__(self, sizes: dict, packed: bool = False):
        super().__init__()
        self.packed = packed
        self.tokens = nn.Embedding(sizes["vocabulary_size"], sizes["hidden_dim"], padding_idx=0)
        self.dropout = nn.Dropout(sizes["dropout"])
        self.lstm = nn.LSTM(
            sizes["hidden_dim"],
            sizes["lstm_units"],
            batch_first=True,
            bidirectional=sizes["bidirectional"],
        )
        states = sizes["lstm_units"] * (1 + sizes["bidirectional"])
        self.dense = nn.Linear(states, sizes["dense_dim"])
        self.head = nn.Linear(sizes["dense_dim"], sizes["num_classes"])

    def forward(self, ids):
        tokens = self.dropout(self.tokens(ids))
        if self.packed:
            lengths = (ids != 0).sum(1).cpu()
            tokens = nn.utils.rnn.pack_padded_sequence(
                tokens, lengths, batch_first=True, enforce_sorted=False
            )
        _, (last, _) = self.lstm(tokens)
        text = torch.cat(list(last), dim=1)
        return self.head(self.dropout(torch.relu(self.dense(text))))
