"""Bugs that the tests of the layers must notice, each planted in a copy of the package."""

from dataclasses import dataclass

LAYERS = "keras_pe/layers"
POSITION = "keras_pe/layers/position"
SOURCE = "keras_pe/layers/position_source"


@dataclass(frozen=True)
class Mutation:
    """One planted bug.

    Args:
        bug: str. What is wrong, in a few words: the id of the test.
        file: str. Path of the file, from the root.
        old: str. Text that stands in the file exactly once.
        new: str. What takes its place.
        tests: str. Test files, and options of pytest, that must fail.
    """

    bug: str
    file: str
    old: str
    new: str
    tests: str


PLANTED = [
    Mutation(
        "the scale is 1 / d",
        f"{LAYERS}/attention.py",
        "scale = 1.0 / math.sqrt(queries.shape[-1])",
        "scale = 1.0 / queries.shape[-1]",
        "tests/layers/test_attention.py",
    ),
    Mutation(
        "attention does not close padding",
        f"{LAYERS}/attention.py",
        "return logits if sight.visible is None else ops.where(sight.visible, logits, CLOSED)",
        "return logits",
        "tests/layers/test_attention.py",
    ),
    Mutation(
        "attention gives the bias rotated queries",
        f"{LAYERS}/attention.py",
        "bias = self.position.bias(queries, keys, sight.tables)",
        "bias = self.position.bias(*self.position.rotate(queries, keys, sight.tables), "
        "sight.tables)",
        "tests/layers/position/test_xpos.py tests/layers/position/test_disentangled.py "
        "tests/layers/test_attention.py tests/layers/position/test_base.py",
    ),
    Mutation(
        "a bias is rounded to the compute dtype",
        f"{LAYERS}/attention.py",
        "logits = logits if bias is None else logits + bias",
        "logits = logits if bias is None else logits + ops.cast(ops.cast(bias, "
        "self.compute_dtype), 'float32')",
        "tests/layers/position/test_precision.py",
    ),
    Mutation(
        "values are not mixed",
        f"{LAYERS}/attention.py",
        "mixed = mixed if added is None else mixed + ops.cast(added, self.compute_dtype)",
        "mixed = mixed",
        "tests/layers/position/test_base.py tests/layers/position/test_shaw.py",
    ),
    Mutation(
        "ln(n) counts padded keys",
        f"{LAYERS}/attention.py",
        'seen = ops.sum(ops.cast(visible, "float32"), axis=-1, keepdims=True)',
        'seen = ops.sum(ops.ones_like(ops.cast(visible, "float32")), axis=-1, keepdims=True)',
        "tests/layers/test_attention_options.py",
    ),
    Mutation(
        "log_n_scaling is lost in get_config",
        f"{LAYERS}/attention.py",
        '            "log_n_scaling": self.log_n_scaling,\n',
        "",
        "tests/layers/test_round_trip.py",
    ),
    Mutation(
        "a token sees later ones only",
        f"{LAYERS}/visible_keys.py",
        "positions[:, None, :] <= positions[:, :, None]",
        "positions[:, None, :] >= positions[:, :, None]",
        "tests/layers/test_attention_options.py",
    ),
    Mutation(
        "texts of a packed row see each other",
        f"{LAYERS}/visible_keys.py",
        "        conditions.append(same[:, None])",
        "        del same",
        "tests/models/test_padding_contract.py -k packed",
    ),
    Mutation(
        "blocks get no mask",
        f"{LAYERS}/encoder.py",
        'where = {"positions": positions, "mask": mask, "segment_ids": segment_ids}',
        'where = {"positions": positions, "segment_ids": segment_ids}',
        "tests/layers/test_encoder.py tests/models/test_padding_contract.py",
    ),
    Mutation(
        "padding is moved and not moved back",
        f"{LAYERS}/encoder.py",
        "return tokens if restore is None else restore(tokens)",
        "return tokens",
        "tests/layers/test_encoder.py tests/layers/test_right_padding.py "
        "tests/models/test_padding_contract.py",
    ),
    Mutation(
        "the rows of a batch are moved alike",
        f"{LAYERS}/right_padding.py",
        'first + ops.cast(order, "int32")',
        'ops.cast(order, "int32")',
        "tests/layers/test_right_padding.py",
    ),
    Mutation(
        "pooling counts padding",
        f"{LAYERS}/pooling/mean.py",
        "ops.maximum(ops.sum(kept, axis=1), 1.0)",
        "ops.maximum(ops.sum(ops.ones_like(kept), axis=1), 1.0)",
        "tests/layers/test_pooling.py",
    ),
    Mutation(
        "an encoding loses the mask",
        f"{POSITION}/base.py",
        "        self.supports_masking = True\n",
        "",
        "tests/layers/test_drop_in.py",
    ),
    Mutation(
        "positions are rounded to the compute dtype",
        f"{SOURCE}/counted.py",
        '        positions = ops.cast(positions, "float32")\n',
        "        positions = ops.cast(ops.cast(positions, 'bfloat16'), \"float32\")\n",
        "tests/layers/position_source/test_base_source.py",
    ),
    Mutation(
        "an encoding lets Keras round its positions",
        f"{POSITION}/base.py",
        "super().__init__(autocast=False, **kwargs)",
        "super().__init__(**kwargs)",
        "tests/layers/position/test_precision.py",
    ),
    Mutation(
        "the sum is rounded before it is added",
        f"{POSITION}/base.py",
        'self.add(keras.ops.cast(embeddings, "float32"), positions)',
        "self.add(keras.ops.cast(keras.ops.cast(embeddings, 'bfloat16'), \"float32\"), positions)",
        "tests/layers/position/test_sinusoidal.py tests/layers/position/test_precision.py",
    ),
    Mutation(
        "positions count from 1",
        f"{SOURCE}/counted.py",
        "axis=1) - 1.0",
        "axis=1)",
        "tests/layers/position_source/test_base_source.py",
    ),
    Mutation(
        "positions go on in the next text of a row",
        f"{SOURCE}/counted.py",
        "        before = before - _at_segment_start(before, mask, segment_ids)\n",
        "        pass\n",
        "tests/layers/position_source/test_base_source.py",
    ),
    Mutation(
        "the frequencies of tensor2tensor are those of the paper",
        f"{POSITION}/sinusoidal.py",
        'steps = max(count - 1, 1) if self.frequencies == "tensor2tensor" else dim / 2',
        "steps = dim / 2",
        "tests/layers/position/test_sinusoidal.py",
    ),
    Mutation(
        "a text in the table's reach is squeezed",
        f"{POSITION}/learned.py",
        "squeezed = ops.where(last > end, positions * (end / ops.maximum(last, 1.0)), positions)",
        "squeezed = positions * (end / ops.maximum(last, 1.0))",
        "tests/layers/position/test_learned.py tests/layers/position/test_learned_beyond.py",
    ),
    Mutation(
        "beyond the table stands its last row, silently",
        f"{POSITION}/learned.py",
        'ops.where(within_reach, found, float("nan"))',
        "found",
        "tests/layers/position/test_learned_beyond.py",
    ),
    Mutation(
        "a convolution reaches over padding",
        f"{POSITION}/convolutional.py",
        "ops.where(same_text[..., None], neighbours, 0.0)",
        "neighbours",
        "tests/layers/position/test_convolutional.py",
    ),
    Mutation(
        "rotary turns queries only",
        f"{POSITION}/rotary.py",
        "turn(keys, *of_keys, self.layout)",
        "keys",
        "tests/layers/position/test_rotary.py",
    ),
    Mutation(
        "the pairs are those of the other layout",
        f"{POSITION}/rotation.py",
        '    if layout == "half":\n        return ops.roll',
        '    if layout != "half":\n        return ops.roll',
        "tests/layers/position/test_rotary.py",
    ),
    Mutation(
        "the attention factor is lost",
        f"{POSITION}/rotation.py",
        "    if size != 1.0:\n        cosines, sines = cosines * size, sines * size\n",
        "",
        "tests/layers/position/test_rotary.py tests/layers/position/test_rotary_scaling.py "
        "tests/layers/position/test_rotary_lengths.py",
    ),
    Mutation(
        "the ramp of YaRN is inverted",
        f"{POSITION}/rotary_scaling/yarn.py",
        "plain / self.factor * ramp + plain * (1.0 - ramp)",
        "plain * ramp + plain / self.factor * (1.0 - ramp)",
        "tests/layers/position/test_rotary_scaling.py",
    ),
    Mutation(
        "dynamic NTK stretches short texts too",
        f"{POSITION}/rotary_scaling/dynamic_ntk.py",
        "ops.maximum(length - float(self.original_length), 0.0)",
        "length - float(self.original_length)",
        "tests/layers/position/test_rotary_scaling.py tests/layers/position/test_rotary_lengths.py",
    ),
    Mutation(
        "a polar delta is that of the queries too",
        f"{POSITION}/polar.py",
        "of_queries = self._angles(query_positions, head_dim)",
        "of_queries = self._angles(query_positions, head_dim) + delta",
        "tests/layers/position/test_polar.py",
    ),
    Mutation(
        "the decay of xPos grows",
        f"{POSITION}/xpos.py",
        "(query_positions - middle) / self.scale_base",
        "(middle - query_positions) / self.scale_base",
        "tests/layers/position/test_xpos.py",
    ),
    Mutation(
        "the distance has a sign",
        f"{POSITION}/directed_bias.py",
        "return ops.abs(key_positions[:, None, None, :] - query_positions[:, None, :, None])",
        "return key_positions[:, None, None, :] - query_positions[:, None, :, None]",
        "tests/layers/position/test_alibi.py",
    ),
    Mutation(
        "all heads look left",
        f"{POSITION}/directed_bias.py",
        "np.where(np.arange(num_heads) % 2, -1.0, 1.0)",
        "np.where(np.arange(num_heads) % 2, 1.0, 1.0)",
        "tests/layers/position/test_alibi.py",
    ),
    Mutation(
        "closed keys get minus infinity",
        f"{POSITION}/directed_bias.py",
        "CLOSED = -1e9",
        "CLOSED = -float('inf')",
        "tests/layers/position/test_alibi.py",
    ),
    Mutation(
        "slopes of odd numbers of heads come from the wrong end",
        f"{POSITION}/alibi.py",
        "range(1, 2 * below, 2)",
        "range(2, 2 * below + 1, 2)",
        "tests/layers/position/test_alibi.py",
    ),
    Mutation(
        "buckets of the right are those of the left",
        f"{POSITION}/t5.py",
        "ops.where(distances >= 1, float(self._per_side), 0.0)",
        "ops.where(distances <= -1, float(self._per_side), 0.0)",
        "tests/layers/position/test_t5.py",
    ),
    Mutation(
        "the last bucket starts too early",
        f"{POSITION}/t5.py",
        "math.log(self.max_distance / own)",
        "math.log(self.max_distance / own / 2)",
        "tests/layers/position/test_t5.py",
    ),
    Mutation(
        "distances are shifted by one",
        f"{POSITION}/skew.py",
        "flat[..., length - 1 : 2 * length * length - 1]",
        "flat[..., length : 2 * length * length]",
        "tests/layers/position/test_t5.py",
    ),
    Mutation(
        "drawn positions count as consecutive",
        f"{LAYERS}/encoder.py",
        "counted and type(self.position_source) is PositionSource",
        "counted",
        "tests/layers/test_encoder.py",
    ),
    Mutation(
        "FIRE forgets how far the key is",
        f"{POSITION}/fire.py",
        "ops.maximum(threshold, ops.maximum(queries, keys))",
        "ops.maximum(threshold, queries)",
        "tests/layers/position/test_fire.py",
    ),
    Mutation(
        "KERPLE gives nan gradients at distance 0",
        f"{POSITION}/kerple.py",
        "ops.log(ops.where(distance > 0, distance, 1.0))",
        "ops.log(distance)",
        "tests/layers/position/test_kerple.py",
    ),
    Mutation(
        "Sandwich counts the first frequency from 0",
        f"{POSITION}/sandwich.py",
        "np.arange(1, self.encoding_dim // 2 + 1)",
        "np.arange(self.encoding_dim // 2)",
        "tests/layers/position/test_sandwich.py",
    ),
    Mutation(
        "Shaw forgets the values",
        f"{POSITION}/shaw.py",
        'return tables.mix(weights, ops.cast(self.value_table, "float32"))',
        "return None",
        "tests/layers/position/test_shaw.py",
    ),
    Mutation(
        "the distance bias of Transformer-XL is not added",
        f"{POSITION}/transformer_xl.py",
        "looking = queries + distance",
        "looking = queries",
        "tests/layers/position/test_transformer_xl.py",
    ),
    Mutation(
        "DeBERTa reads the keys' side untransposed",
        f"{POSITION}/disentangled.py",
        "ops.transpose(back, (0, 1, 3, 2))",
        "back",
        "tests/layers/position/test_disentangled.py",
    ),
    Mutation(
        "CoPE counts keys that may not be seen",
        f"{POSITION}/cope.py",
        "gates if visible is None else ops.where(visible, gates, 0.0)",
        "gates",
        "tests/layers/position/test_cope.py tests/layers/position/test_content_relative.py",
    ),
    Mutation(
        "a token forgets itself",
        f"{POSITION}/forgetting.py",
        "both = tokens <= places, tokens < places",
        "both = tokens <= places, tokens <= places",
        "tests/layers/position/test_forgetting.py",
    ),
    Mutation(
        "all rows draw the same positions",
        f"{SOURCE}/randomized.py",
        "keras.random.uniform((batch_size, self.max_position), seed=self.seed_generator)",
        "keras.random.uniform((1, self.max_position), seed=self.seed_generator) + "
        "ops.zeros((batch_size, 1))",
        "tests/layers/position_source/test_transforms.py",
    ),
    Mutation(
        "positions are drawn at inference",
        f"{SOURCE}/randomized.py",
        'if training or self.inference == "random":',
        "if True:",
        "tests/layers/position_source/test_transforms.py",
    ),
    Mutation(
        "a shift is drawn at inference",
        f"{SOURCE}/shifted.py",
        "        if not training:\n            return positions\n",
        "",
        "tests/layers/position_source/test_transforms.py",
    ),
    Mutation(
        "the middle of a text counts its padding",
        f"{SOURCE}/transform.py",
        '        positions = ops.where(ops.cast(mask, "bool"), positions, 0.0)\n',
        "        positions = positions + 1.0\n",
        "tests/layers/position_source/test_transforms.py",
    ),
    Mutation(
        "short texts are squeezed",
        f"{SOURCE}/interpolated.py",
        "return ops.where(last > end, positions * (end / ops.maximum(last, 1.0)), positions)",
        "return positions * (end / ops.maximum(last, 1.0))",
        "tests/layers/position_source/test_transforms.py",
    ),
]
