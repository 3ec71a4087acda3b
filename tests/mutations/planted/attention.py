"""Bugs of attention: scale, precision, and who sees whom."""

from tests.mutations.planted.mutation import LAYERS, POSITION_TESTS, TESTS, Mutation

FILE = f"{LAYERS}/attention.py"
VISIBLE = f"{LAYERS}/visible_keys.py"
BY_FORMULA = f"{TESTS}/test_attention.py"
OPTIONS = f"{TESTS}/test_attention_options.py"
PRECISION = f"{POSITION_TESTS}/test_precision.py"

ATTENTION = [
    Mutation(
        "logits divided by d",
        FILE,
        "unscaled logits.\n        scale = 1.0 / math.sqrt(queries.shape[-1])",
        "unscaled logits.\n        scale = 1.0 / queries.shape[-1]",
        BY_FORMULA,
    ),
    Mutation(
        "logits divided by the root of the width after rotation",
        FILE,
        """        scale = 1.0 / math.sqrt(queries.shape[-1])
        queries, keys = self.position.rotate(queries, keys, sight.tables)
""",
        """        queries, keys = self.position.rotate(queries, keys, sight.tables)
        scale = 1.0 / math.sqrt(queries.shape[-1])
""",
        BY_FORMULA,
    ),
    Mutation(
        "logits scaled after the product",
        FILE,
        """        queries = ops.transpose(queries * scale, (0, 2, 1, 3))
        logits = ops.cast(ops.matmul(queries, ops.transpose(keys, (0, 2, 3, 1))), "float32")
""",
        """        queries = ops.transpose(queries, (0, 2, 1, 3))
        logits = ops.cast(ops.matmul(queries, ops.transpose(keys, (0, 2, 3, 1))), "float32")
        logits = logits * scale
""",
        BY_FORMULA,
    ),
    Mutation(
        "softmax in the compute dtype",
        FILE,
        "softmax(self._logits(queries, keys, sight), axis=-1)",
        "softmax(ops.cast(self._logits(queries, keys, sight), self.compute_dtype), axis=-1)",
        PRECISION,
    ),
    Mutation(
        "bias added in the compute dtype",
        FILE,
        "else logits + bias",
        "else logits + ops.cast(ops.cast(bias, self.compute_dtype), 'float32')",
        PRECISION,
    ),
    Mutation(
        "positions in the compute dtype",
        FILE,
        "            queries.positions, keys.positions, head_dim, same_text",
        "            *(\n"
        "                ops.cast(ops.cast(each.positions, self.compute_dtype), 'float32')\n"
        "                for each in (queries, keys)\n"
        "            ), head_dim, same_text",
        PRECISION,
    ),
    Mutation(
        "closed keys at minus infinity",
        FILE,
        "CLOSED = -1e30",
        'CLOSED = float("-inf")',
        BY_FORMULA,
    ),
    Mutation(
        "attention drops the mask",
        FILE,
        "Tokens.of(inputs, positions, mask, segment_ids)",
        "Tokens.of(inputs, positions, None, segment_ids)",
        BY_FORMULA,
    ),
    Mutation(
        "the mask of the input wins over the given one",
        FILE,
        "mask = inputs_mask if mask is None else mask",
        "mask = mask if inputs_mask is None else inputs_mask",
        f"{TESTS}/test_drop_in.py",
    ),
    Mutation(
        "segments ignored",
        VISIBLE,
        "conditions.append(same[:, None])",
        "pass",
        BY_FORMULA,
    ),
    Mutation(
        "causal attention does not see itself",
        VISIBLE,
        "_differences(queries.positions, keys.positions) <= 0",
        "_differences(queries.positions, keys.positions) < 0",
        OPTIONS,
    ),
    Mutation(
        "padded keys counted in the scaling by ln(n)",
        FILE,
        "        if visible is None:\n",
        "        if True:\n",
        OPTIONS,
    ),
    Mutation(
        "biases not scaled by ln(n)",
        FILE,
        """        logits = logits if bias is None else logits + bias
        if self.log_n_scaling is not None:
            logits = logits * self._log_n(logits, sight.visible)
""",
        """        if self.log_n_scaling is not None:
            logits = logits * self._log_n(logits, sight.visible)
        logits = logits if bias is None else logits + bias
""",
        OPTIONS,
    ),
    Mutation(
        "the values of an encoding forgotten",
        FILE,
        "mixed if added is None else mixed + ops.cast(added, self.compute_dtype)",
        "mixed",
        f"{POSITION_TESTS}/test_shaw.py",
    ),
    Mutation(
        "the bias made of queries that are turned already",
        FILE,
        "self.position.bias(queries, keys, sight.tables)",
        "self.position.bias(*self.position.rotate(queries, keys, sight.tables), sight.tables)",
        BY_FORMULA,
    ),
    Mutation(
        "tokens with padding between them taken for neighbours",
        f"{LAYERS}/tokens.py",
        "plain = counted and mask is None",
        "plain = counted",
        f"{TESTS}/test_padding_and_packing.py",
    ),
    Mutation(
        "attention forgets in its config that it is causal",
        FILE,
        '            "causal": self.causal,\n',
        "",
        f"{TESTS}/test_round_trip.py",
    ),
    Mutation(
        "float16 fused where XLA refuses it",
        f"{LAYERS}/fused_attention.py",
        'return dtype != "float16" or has_gpu()',
        "return True",
        f"{TESTS}/test_fused_attention.py::test_float16_is_fused_on_a_gpu_alone",
    ),
]
