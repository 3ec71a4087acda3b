import pytest
from tensorflow.core.framework import types_pb2
from tensorflow.core.protobuf import saved_model_pb2

from keras_pe.serving.graph_gate import check_servable
from keras_pe.serving.tf_text_ops import TF_TEXT_OPS


@pytest.fixture
def saved():
    """A SavedModel of a main graph that calls one function."""
    saved = saved_model_pb2.SavedModel()
    graph = saved.meta_graphs.add()
    graph.graph_def.library.function.add().signature.name = "answer"
    graph.graph_def.node.add(name="call", op="answer")
    return saved


def _check(saved, folder):
    (folder / "saved_model.pb").write_bytes(saved.SerializeToString())
    check_servable(folder)


def _function(saved):
    return saved.meta_graphs[0].graph_def.library.function[0]


@pytest.mark.parametrize(
    "op", ["MatMul", "While", "TensorListStack", "StatefulPartitionedCall", *sorted(TF_TEXT_OPS)]
)
def test_what_servers_have_passes(op, saved, tmp_path):
    saved.meta_graphs[0].graph_def.node.add(name="x", op=op)
    _function(saved).node_def.add(name="x", op=op)

    _check(saved, tmp_path)


def test_the_list_holds_the_35_ops_of_tf_text_2_12_1():
    assert len(TF_TEXT_OPS) == 35


MISSING = [
    "PyFunc",
    "PyFuncStateless",
    "EagerPyFunc",
    "CudnnRNN",
    "CudnnRNNV3",
    "XlaLaunch",
    "TFText>RoundRobinTrim",
    "TFText>Utf8Binarize",
    "NobodysOp",
]


@pytest.mark.parametrize("op", MISSING)
def test_what_servers_lack_is_refused_in_the_main_graph(op, saved, tmp_path):
    saved.meta_graphs[0].graph_def.node.add(name="x", op=op)

    with pytest.raises(ValueError, match=f"stock TensorFlow Serving.*op {op} in the main graph"):
        _check(saved, tmp_path)


@pytest.mark.parametrize("op", MISSING)
def test_what_servers_lack_is_refused_in_a_function(op, saved, tmp_path):
    _function(saved).node_def.add(name="x", op=op)

    with pytest.raises(ValueError, match=f"op {op} in function answer"):
        _check(saved, tmp_path)


def test_a_function_that_must_be_compiled_is_refused(saved, tmp_path):
    _function(saved).attr["_XlaMustCompile"].b = False
    _check(saved, tmp_path)
    _function(saved).attr["_XlaMustCompile"].b = True

    with pytest.raises(ValueError, match="_XlaMustCompile on function answer"):
        _check(saved, tmp_path)


def test_a_call_that_must_be_compiled_is_refused(saved, tmp_path):
    saved.meta_graphs[0].graph_def.node[0].attr["_XlaMustCompile"].b = True

    with pytest.raises(ValueError, match="_XlaMustCompile on call in the main graph"):
        _check(saved, tmp_path)


@pytest.mark.parametrize("dtype", ["DT_HALF", "DT_BFLOAT16", "DT_INVALID"])
def test_an_output_that_rest_cannot_send_is_refused(dtype, saved, tmp_path):
    signature = saved.meta_graphs[0].signature_def["serving_default"]
    signature.outputs["label"].dtype = types_pb2.DT_STRING
    signature.outputs["scores"].dtype = types_pb2.DataType.Value(dtype)

    with pytest.raises(ValueError, match=f"Received: output scores of serving_default as {dtype}"):
        _check(saved, tmp_path)


def test_the_signature_that_initialises_tables_has_no_type(saved, tmp_path):
    signature = saved.meta_graphs[0].signature_def["__saved_model_init_op"]
    signature.outputs["__saved_model_init_op"].dtype = types_pb2.DT_INVALID

    _check(saved, tmp_path)


def test_all_problems_are_named_at_once(saved, tmp_path):
    for op in ("NobodysOp", "PyFunc"):
        _function(saved).node_def.add(name=op, op=op)

    with pytest.raises(ValueError, match="op NobodysOp in function answer; op PyFunc in function"):
        _check(saved, tmp_path)
